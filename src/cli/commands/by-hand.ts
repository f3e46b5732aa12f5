import type { CAC } from 'cac'
import { Fault } from '../fault.ts'
import { config } from './environment.ts'
import { type Options, textOf, timeOf } from './options.ts'

/** What people say and what the service does by itself, done by hand: to look at it, and for scripts. */
export function commandsByHand(cli: CAC): void {
  cli
    .command('say <code> <text>', 'say something as the member of staff with this code')
    .option('--file <path>', 'a file to send along')
    .option('--save <folder>', 'save the files and pictures of the answer')
    .option('--json', 'print the cards as JSON')
    .option('--now <time>', 'pretend that it is this ISO time')
    .action(async (code: unknown, text: unknown, options: Options) => {
      const { say } = await import('../by-hand/scripts.ts')
      await say(config(), {
        text: String(text),
        as: String(code),
        json: options['json'] === true,
        file: textOf(options['file']),
        save: textOf(options['save']),
        now: timeOf(options['now']),
      })
    })
  cli
    .command('parse [text]', 'print what would be understood')
    .option(
      '--lines',
      'or parse -: of lines of {"text", "now", "names"} from standard input, an answer a line',
    )
    .option('--now <time>', 'pretend that it is this ISO time')
    .option('--json', 'as JSON (there is no other way)')
    .action(async (text: unknown, options: Options) => {
      const now = timeOf(options['now']) ?? new Date()
      if (options['lines'] === true) {
        const { printLines } = await import('../by-hand/parse-lines.ts')
        return printLines(config(), process.stdin, now)
      }
      if (text !== undefined) {
        const { printParsed } = await import('../by-hand/print-parsed.ts')
        return printParsed(config(), String(text), now)
      }
      throw new Fault(
        '请写一句话：npx chenhui parse "1 没接"；或用 - 从标准输入逐行读。',
        'Write a line: npx chenhui parse "1 no answer"; or - to read lines from standard input.',
      )
    })
  cli
    .command('tier', 'classify facts by the shipped standards')
    .option('--facts <file>', 'a JSON file, or - for standard input')
    .option('--json', 'as JSON (there is no other way)')
    .action(async (options: Options) => {
      const { printTier } = await import('../by-hand/print-tier.ts')
      printTier(textOf(options['facts']) ?? '-')
    })
  cli
    .command('push', "push a day's morning lists by hand")
    .option('--now <time>', 'pretend that it is this ISO time')
    .option('--dry-run', 'only count')
    .action(async (options: Options) => {
      const { pushByHand } = await import('../by-hand/scripts.ts')
      await pushByHand(config(), {
        now: timeOf(options['now']),
        dryRun: options['dryRun'] === true,
      })
    })
  cli
    .command('retier', 'decide every tier by hand, as the nightly run does')
    .option('--now <time>', 'pretend that it is this ISO time')
    .action(async (options: Options) => {
      const { retierByHand } = await import('../by-hand/retier.ts')
      await retierByHand(config(), { now: timeOf(options['now']) })
    })
}

/** The words as typed, so that a dash alone is a value, the standard input, and no option. */
export const withDashes = (words: readonly string[]): string[] =>
  words.flatMap((word, index, all) => {
    if (word === '-' && all[index - 1] === '--facts') return []
    if (word === '-' && all[index - 1] === 'parse') return '--lines'
    return word === '--facts' && all[index + 1] === '-' ? '--facts=-' : word
  })
