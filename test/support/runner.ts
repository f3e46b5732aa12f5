import { COMMANDS, clientsSaid } from '../../src/app-features.ts'
import type { Command } from '../../src/bot/command.ts'
import { createRunner } from '../../src/bot/inbox/run.ts'
import { NO_METER } from '../../src/bot/operations/meter.ts'
import type { Services } from '../../src/bot/services.ts'
import { createConsoleChannel } from '../../src/channels/console/index.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { createLog, type Log } from '../../src/infra/log.ts'

/** The real runner of a services on a database, with commands of a test's own besides all others. */
export function runnerOn(
  services: Services,
  database: Database = services.database,
  own: readonly Command[] = [],
  log: Log = createLog('silent'),
) {
  const console = createConsoleChannel({ buttons: true, forms: true })
  return createRunner({
    database,
    listener: { hear: async () => null },
    secondReader: null,
    commands: [...COMMANDS, ...own],
    channelOf: () => console,
    spool: null,
    moment: services.moment,
    refreshMoment: async () => {},
    publicUrl: services.publicUrl,
    bank: services.bank,
    reactions: [],
    clientEntered: async () => {},
    dayNotes: async () => new Map(),
    clientsSaid,
    log,
    wakeWork: () => {},
    wake: () => {},
    meter: NO_METER,
  })
}
