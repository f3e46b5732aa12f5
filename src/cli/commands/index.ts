import { type CAC, cac } from 'cac'
import { bankCommands } from './bank.ts'
import { commandsByHand } from './by-hand.ts'
import { importCommands } from './imports.ts'
import { operatingCommands } from './operating.ts'
import { serviceCommands } from './service.ts'

/**
 * The command line with every command declared and none run. What a command runs is loaded when it runs: all of the
 * program takes seconds and 200 MB.
 */
export function declareCommands(): CAC {
  const cli = cac('chenhui')
  serviceCommands(cli)
  bankCommands(cli)
  importCommands(cli)
  commandsByHand(cli)
  operatingCommands(cli)
  cli.help()
  return cli
}
