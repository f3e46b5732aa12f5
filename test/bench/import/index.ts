import { encryptRows } from '../../../src/infra/database/encryption/encrypt-rows.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { bankOn } from '../../support/bank.ts'
import { KEYED } from '../../support/keyed.ts'
import { createDatabase } from '../../support/postgres.ts'
import type { Bench } from '../row.ts'
import { withServer } from '../server.ts'
import { fillBank, openTasks } from './book.ts'
import { booksBench, embeddedBench } from './books.ts'
import { feedBench } from './feed.ts'
import { searchBench } from './search.ts'
import { talksBench } from './talks.ts'

/** A nightly feed, a large book by chat while others work, books with past talks, a book on the embedded database, and search. */
export const importBench: Bench = ({ quick }) =>
  withServer(async (server, folder) => {
    const clients = quick ? 50_000 : 1_000_000
    const template = await createDatabase(server, 'template0')
    const database = await openPostgres(template, KEYED)
    await (await bankOn(database, [])).close()
    const filling = await openPostgres(template, KEYED)
    await fillBank(filling, clients)
    await openTasks(filling)
    const copy = () => createDatabase(server, new URL(template).pathname.slice(1))
    await filling.close()
    // By hand the numbers are found in clear.
    const byHand = await copy()
    await encryptAnew(template)
    return [
      ...(await feedBench(await copy(), byHand, folder)),
      ...(await booksBench(await copy(), quick ? 5000 : 100_000, folder)),
      ...(await talksBench(await copy(), quick ? 500 : 2000, folder)),
      ...(await embeddedBench(quick ? 1000 : 10_000, folder)),
      ...(await searchBench(await copy(), quick ? 50 : 300)),
    ]
  })

/** What was filled in by SQL is in clear, as an older version left it. */
async function encryptAnew(url: string): Promise<void> {
  const database = await openPostgres(url, KEYED)
  await database.prisma.setting.deleteMany({ where: { key: 'encrypted' } })
  await encryptRows(database)
  await database.prisma.$executeRaw`vacuum analyze client`
  await database.prisma.$executeRaw`vacuum analyze client_phone`
  await database.close()
}
