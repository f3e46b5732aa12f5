/**
 * A process of its own that goes on with what is imported, and ends at once, as by `kill -9`, when all of its
 * so-manieth transaction is written and it is not committed; 0: it ends when there is nothing left to do.
 */
import { createApp } from '../../../src/app.ts'
import { readConfig } from '../../../src/config.ts'
import { nextImport } from '../../../src/features/import/store.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { openPglite } from '../../../src/infra/database/pglite.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { createLog } from '../../../src/infra/log.ts'
import { MONDAY } from '../../support/bank.ts'
import { KEYED } from '../../support/keyed.ts'

const [where = '', ordinal = '0'] = process.argv.slice(2)
const opened = where.startsWith('postgres')
  ? await openPostgres(where, KEYED)
  : await openPglite(where, { ...KEYED, flush: false })
/** Transactions until the end; those of the start do not count. */
let left = 0
const database: Database = {
  ...opened,
  transaction: (work) =>
    opened.transaction(async (tx) => {
      const result = await work(tx)
      left -= 1
      if (left !== 0) return result
      process.kill(process.pid, 'SIGKILL')
      return new Promise(() => {})
    }),
}
// The lease of the one that was killed has lapsed.
await database.prisma.$executeRaw`delete from lease`
const app = await createApp(readConfig({ LOG_LEVEL: 'silent' }), {
  database,
  log: createLog('warn'),
  channels: [],
  clock: () => new Date(MONDAY),
})
left = Number(ordinal)
// What a busy machine makes fail is taken up again at the next ring.
do {
  app.working.wake()
  await app.working.settled()
} while (await nextImport(database.prisma))
await app.stop()
process.exit(0)
