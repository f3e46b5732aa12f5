import type { CAC } from 'cac'
import { z } from 'zod'
import { backup, exportTo, restore } from '../operate/backup.ts'
import { outbox } from '../operate/outbox.ts'
import { writePersonFile } from '../operate/person-file.ts'
import { rotateKey, rotateNegativeKey, wrapKeys } from '../operate/rotate-key.ts'
import { sessions } from '../operate/sessions.ts'
import { setAside } from '../operate/set-aside.ts'
import { trace } from '../operate/trace.ts'
import { verifyAudit } from '../operate/verify-audit.ts'
import { config } from './environment.ts'
import { type Options, textOf } from './options.ts'

/** What operators do: messages and sessions, copies of the data, what is held of somebody. */
export function operatingCommands(cli: CAC): void {
  cli
    .command('outbox <act> [id]', 'messages that failed for good: list, redrive, drop')
    .action((act: unknown, id: unknown) => outbox(config(), String(act), textOf(id)))
  cli
    .command('sessions <act> [code]', 'who is logged in on the pages: list, end, reset-factor')
    .action((act: unknown, code: unknown) => sessions(config(), String(act), textOf(code)))
  cli
    .command('set-aside <act> [reference]', 'events that ended the process: list, retry')
    .action((act: unknown, which: unknown) => setAside(config(), String(act), textOf(which)))
  cli
    .command('trace <reference>', 'what became of an event: command, messages, attempts')
    .action((which: unknown) => trace(config(), String(which)))
  cli
    .command('backup <file>', 'write all data into a file, while the service runs')
    .action((file: unknown) => backup(config(), String(file)))
  cli
    .command('restore <file>', 'fill an empty database with a backup')
    .action((file: unknown) => restore(config(), String(file)))
  cli
    .command('export <url>', 'fill an empty PostgreSQL with all data, to move there')
    .action((url: unknown) => exportTo(config(), String(url)))
  cli
    .command('rotate-key', 'encrypt everything with a new key, while the service runs')
    .option('--hashes', 'what numbers are found by, too; nothing may serve meanwhile')
    .option('--to <file>', 'change DATA_KEY to the one in this file, and nothing else')
    .option(
      '--negative-list <file>',
      'change NEGATIVE_LIST_KEY to the one in this file, and nothing else',
    )
    .action((options: Options) => {
      const { to, negativeList, hashes } = options
      if (typeof to === 'string') return wrapKeys(config(), to)
      if (typeof negativeList === 'string') return rotateNegativeKey(config(), negativeList)
      return rotateKey(config(), hashes === true)
    })
  cli
    .command('verify-audit', 'hold the audit trail against the seals of its days')
    .action(() => verifyAudit(config()))
  cli
    .command('person-file <number>', 'all that is held of one person, at their request')
    .option('--out <folder>', 'the new folder that it is written to')
    .action((number: unknown, options: Options) =>
      writePersonFile(
        config(),
        String(number),
        z.string('--out 后面要写文件夹。 --out needs a folder.').parse(options['out']),
      ),
    )
}
