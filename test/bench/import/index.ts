import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { bankOn } from '../../support/bank.ts'
import { createDatabase } from '../../support/postgres.ts'
import type { Bench } from '../row.ts'
import { withServer } from '../server.ts'
import { fillBank, openTasks } from './book.ts'
import { booksBench, embeddedBench } from './books.ts'
import { feedBench } from './feed.ts'
import { searchBench } from './search.ts'

/** A nightly feed, a large book by chat while others work, a book on the embedded database, and search. */
export const importBench: Bench = ({ quick }) =>
  withServer(async (server, folder) => {
    const clients = quick ? 50_000 : 1_000_000
    const template = await createDatabase(server, 'template0')
    const database = await openPostgres(template)
    await (await bankOn(database, [])).close()
    const filling = await openPostgres(template)
    await fillBank(filling, clients)
    await openTasks(filling)
    await filling.close()
    const copy = () => createDatabase(server, new URL(template).pathname.slice(1))
    return [
      ...(await feedBench(await copy(), await copy(), folder)),
      ...(await booksBench(await copy(), quick ? 5000 : 100_000, folder)),
      ...(await embeddedBench(quick ? 1000 : 10_000, folder)),
      ...(await searchBench(await copy(), quick ? 50 : 300)),
    ]
  })
