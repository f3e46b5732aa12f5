import type { CAC } from 'cac'
import { demo } from '../demo/demo.ts'
import { doctor } from '../doctor.ts'
import { openService } from '../open.ts'
import { start } from '../start.ts'
import { config } from './environment.ts'

/** The service itself, to run and to try out. */
export function serviceCommands(cli: CAC): void {
  cli.command('start', 'run the service').action(() => start(config()))
  cli.command('demo', 'try it out on a made-up bank, in the browser').action(() => demo(config()))
  cli.command('migrate', 'bring the database up to date').action(async () => {
    const database = await openService(config())
    await database.close()
    console.log('数据库已是最新。 The database is up to date.')
  })
  cli.command('doctor', 'say what to mend').action(async () => {
    if (!(await doctor(config()))) process.exitCode = 1
  })
}
