import { z } from 'zod'
import { ConfigFault } from '../config.ts'
import { StartRefusal } from '../core/chat.ts'
import { KeyFault } from '../features/risk/key.ts'
import { FactFault } from '../features/tier-rules/classify.ts'
import { BackupFault } from '../infra/database/backup/format.ts'
import { DatabaseFault } from '../infra/database/fault.ts'
import { FolderFault } from '../infra/database/folder/folder-fault.ts'
import { FolderInUse } from '../infra/database/folder/folder-lock.ts'
import { MigrationFault } from '../infra/database/migrate.ts'
import { PortInUse } from '../infra/web.ts'
import { withDashes } from './commands/by-hand.ts'
import { declareCommands } from './commands/index.ts'
import { Fault } from './fault.ts'

const EXPECTED = [
  BackupFault,
  Fault,
  ConfigFault,
  FactFault,
  KeyFault,
  DatabaseFault,
  FolderFault,
  FolderInUse,
  MigrationFault,
  PortInUse,
  StartRefusal,
]

const cli = declareCommands()

try {
  cli.parse(withDashes(process.argv), { run: false })
  if (!cli.matchedCommand && !cli.options['help']) {
    cli.outputHelp()
    process.exitCode = 1
  }
  await cli.runMatchedCommand()
} catch (error) {
  const expected = EXPECTED.some((kind) => error instanceof kind) || error instanceof z.ZodError
  const cacFault = error instanceof Error && error.name === 'CACError'
  console.error(expected || cacFault ? sentence(error) : error)
  process.exit(1)
}

function sentence(error: unknown): string {
  if (error instanceof z.ZodError) return error.issues.map((issue) => issue.message).join('\n')
  return error instanceof Error ? error.message : String(error)
}
