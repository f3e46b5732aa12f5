import type { CAC } from 'cac'
import { config } from './environment.ts'

/** The service itself, to run and to try out. */
export function serviceCommands(cli: CAC): void {
  cli.command('start', 'run the service').action(async () => {
    const { start } = await import('../start.ts')
    await start(config())
  })
  cli.command('demo', 'try it out on a made-up bank, in the browser').action(async () => {
    const { demo } = await import('../demo/demo.ts')
    await demo(config())
  })
  cli.command('migrate', 'bring the database up to date').action(async () => {
    const { openService } = await import('../open.ts')
    const database = await openService(config())
    await database.close()
    console.log('数据库已是最新。 The database is up to date.')
  })
  cli.command('doctor', 'say what to mend').action(async () => {
    const { doctor } = await import('../doctor.ts')
    if (!(await doctor(config()))) process.exitCode = 1
  })
}
