/** Loads a feed of facts in a process of its own, and sends what came of it. */
import { createReadStream } from 'node:fs'
import { createApp } from '../../../src/app.ts'
import { readConfig } from '../../../src/config.ts'
import { loadFeed } from '../../../src/features/feeds/load-feed.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { createLog } from '../../../src/infra/log.ts'
import { KEYED } from '../../support/keyed.ts'
import { NOW, TODAY } from './book.ts'

const [url = '', file = ''] = process.argv.slice(2)
const database = await openPostgres(url, KEYED)
const app = await createApp(readConfig({ LOG_LEVEL: 'silent' }), {
  database,
  log: createLog('silent'),
  channels: [],
  clock: () => new Date(NOW),
})
const began = performance.now()
const report = await loadFeed(app.services, {
  ...{ feed: 'facts', name: `facts-${TODAY}-changes.csv`, bytes: createReadStream(file) },
  ...{ said: {}, yes: false, share: null },
})
const ms = performance.now() - began
const megabytes = process.resourceUsage().maxRSS / 1024
await app.stop()
process.send?.({ ms, megabytes, ...report }, () => process.exit(0))
