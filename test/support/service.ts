import { createApp } from '../../src/app.ts'
import { webChatOf } from '../../src/cli/channels.ts'
import { type Config, readConfig } from '../../src/config.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { createLog } from '../../src/infra/log.ts'

/** The service on a free port, with the chat in the browser. */
export async function startService(
  database: Database,
  settings: Record<string, string> = {},
  clock: () => Date = () => new Date(),
) {
  const config: Config = {
    // Lists are pushed where a test says so, and not at the hour at which it happens to run.
    ...readConfig({
      ...{ LOG_LEVEL: 'silent', MORNING_SPREAD_SECONDS: '0', MORNING_AT: '23:59', ...settings },
    }),
    PORT: 0,
  }
  const web = webChatOf(config, database)
  const mounts = [{ path: '/chat', routes: web.routes }]
  const app = await createApp(config, {
    database,
    log: createLog('silent'),
    channels: [web],
    mounts,
    clock,
  })
  const { port } = await app.start()
  return { app, url: `http://127.0.0.1:${port}` }
}
