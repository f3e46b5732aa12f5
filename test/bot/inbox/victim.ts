/**
 * A process of its own that answers what was left, and ends at once, as by `kill -9`, when it answers
 * the one that says 致命.
 */

import { z } from 'zod'
import { createApp } from '../../../src/app.ts'
import { query } from '../../../src/bot/command.ts'
import { wholeLine } from '../../../src/bot/grammar/reading.ts'
import { everyone, may } from '../../../src/bot/policy.ts'
import { createConsoleChannel } from '../../../src/channels/console/index.ts'
import { readConfig } from '../../../src/config.ts'
import { openPglite } from '../../../src/infra/database/pglite.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { createLog } from '../../../src/infra/log.ts'
import { KEYED } from '../../support/keyed.ts'
import { runnerOn } from '../../support/runner.ts'

const deadly = query<unknown, null>({
  name: 'deadly',
  may: may(everyone('self')),
  help: { usage: { zh: '致命', en: 'deadly' }, purpose: { zh: '结束进程', en: 'end' } },
  phrases: { words: ['致命'], read: wholeLine({}) },
  input: z.unknown(),
  async load() {
    process.kill(process.pid, 'SIGKILL')
    return new Promise(() => {})
  },
  reply: () => ({ title: '', subject: null, blocks: [] }) as never,
})

const [where = ''] = process.argv.slice(2)
const database = where.startsWith('postgres')
  ? await openPostgres(where, KEYED)
  : await openPglite(where, { ...KEYED, flush: false })
const app = await createApp(readConfig({ LOG_LEVEL: 'silent' }), {
  database,
  log: createLog('silent'),
  channels: [createConsoleChannel()],
})
await runnerOn(app.services, database, [deadly]).resume()
await database.close()
process.exit(0)
