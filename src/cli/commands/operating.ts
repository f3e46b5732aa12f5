import type { CAC } from 'cac'
import { z } from 'zod'
import { config } from './environment.ts'
import { type Options, textOf } from './options.ts'

/** What operators do: messages and sessions, copies of the data, what is held of somebody. */
export function operatingCommands(cli: CAC): void {
  cli
    .command('outbox <act> [id]', 'messages that failed for good: list, redrive, drop')
    .action(async (act: unknown, id: unknown) => {
      const { outbox } = await import('../operate/outbox.ts')
      await outbox(config(), String(act), textOf(id))
    })
  cli
    .command('sessions <act> [code]', 'who is logged in on the pages: list, end, reset-factor')
    .action(async (act: unknown, code: unknown) => {
      const { sessions } = await import('../operate/sessions.ts')
      await sessions(config(), String(act), textOf(code))
    })
  cli
    .command('set-aside <act> [reference]', 'events that ended the process: list, retry')
    .action(async (act: unknown, which: unknown) => {
      const { setAside } = await import('../operate/set-aside.ts')
      await setAside(config(), String(act), textOf(which))
    })
  cli
    .command('trace <reference>', 'what became of an event: command, messages, attempts')
    .action(async (which: unknown) => {
      const { trace } = await import('../operate/trace.ts')
      await trace(config(), String(which))
    })
  cli
    .command('backup <file>', 'write all data into a file, while the service runs')
    .action(async (file: unknown) => {
      const { backup } = await import('../operate/backup.ts')
      await backup(config(), String(file))
    })
  cli
    .command('restore <file>', 'fill an empty database with a backup')
    .action(async (file: unknown) => {
      const { restore } = await import('../operate/backup.ts')
      await restore(config(), String(file))
    })
  cli
    .command('export <url>', 'fill an empty PostgreSQL with all data, to move there')
    .action(async (url: unknown) => {
      const { exportTo } = await import('../operate/backup.ts')
      await exportTo(config(), String(url))
    })
  cli
    .command('rotate-key', 'encrypt everything with a new key, while the service runs')
    .option('--hashes', 'what numbers are found by, too; nothing may serve meanwhile')
    .option('--to <file>', 'change DATA_KEY to the one in this file, and nothing else')
    .option(
      '--negative-list <file>',
      'change NEGATIVE_LIST_KEY to the one in this file, and nothing else',
    )
    .action(async (options: Options) => {
      const { to, negativeList, hashes } = options
      const { rotateKey, rotateNegativeKey, wrapKeys } = await import('../operate/rotate-key.ts')
      if (typeof to === 'string') return wrapKeys(config(), to)
      if (typeof negativeList === 'string') return rotateNegativeKey(config(), negativeList)
      return rotateKey(config(), hashes === true)
    })
  cli
    .command('verify-audit', 'hold the audit trail against the seals of its days')
    .action(async () => {
      const { verifyAudit } = await import('../operate/verify-audit.ts')
      await verifyAudit(config())
    })
  cli
    .command('person-file <number>', 'all that is held of one person, at their request')
    .option('--out <folder>', 'the new folder that it is written to')
    .action(async (number: unknown, options: Options) => {
      const folder = z.string('--out 后面要写文件夹。 --out needs a folder.').parse(options['out'])
      const { writePersonFile } = await import('../operate/person-file.ts')
      await writePersonFile(config(), String(number), folder)
    })
}
