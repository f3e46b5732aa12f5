import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { bankOn } from '../../support/bank.ts'
import { KEYED } from '../../support/keyed.ts'
import { type Bench, row } from '../row.ts'
import { withServer } from '../server.ts'
import { answers } from './answers.ts'
import { changeFacts, fillBook } from './book.ts'
import { oneDecision } from './decision.ts'
import { inOwnProcess, nights } from './nights.ts'

/** For a night's process on a machine of any size. */
const NIGHT_MEGABYTES = 300

/** Re-tiering a whole book against what else one could do, and what it leaves of the commands. */
export const tiersBench: Bench = ({ quick }) =>
  withServer(async (url) => {
    const database = await openPostgres(url, KEYED)
    const bank = await bankOn(database, [])
    const clients = quick ? 50_000 : 1_000_000
    await fillBook(database, clients)
    await inOwnProcess(url)
    await database.wholeBook.$executeRawUnsafe('vacuum analyze')
    await changeFacts(database, 99)
    const night = await inOwnProcess(url)
    const rows = [
      row(
        `most memory of a process on a night of ${clients} clients`,
        [night, 'MB'],
        ['limit', NIGHT_MEGABYTES],
        1,
      ),
      ...(await nights(database, url, clients, quick ? 3 : 5)),
      ...(await answers(bank, clients, quick ? 100 : 400)),
      await oneDecision(database),
    ]
    await bank.close()
    return rows
  })
