import type { CAC } from 'cac'
import type { ImportOptions } from '../import/import-book.ts'
import { config } from './environment.ts'
import { type Options, textOf, timeOf } from './options.ts'

/** Books, lists and feeds that come in on the server. */
export function importCommands(cli: CAC): void {
  cli
    .command('import <file>', 'import a book of clients; shows what would change before it writes')
    .option(
      '--feed <name>',
      'it is a file or a folder of the core system: facilities, facts or clients',
    )
    .option('--day <day>', 'of a feed: the business day that it is of')
    .option('--full', 'of a feed: it is all that there is, and what it does not name ends')
    .option('--changes', 'of a feed: it is a part')
    .option('--now <time>', 'of a feed: pretend that it is this ISO time')
    .option('--as <code>', 'as this member of staff, and as far as they may')
    .option('--yes', 'write without asking')
    .option('--rejects <path>', 'save the rows that are not used as a workbook')
    .option('--json', 'print what it came to as JSON')
    .action((file: unknown, options: Options) =>
      options['feed']
        ? loadFeed(String(options['feed']), String(file), options)
        : importBook('clients', String(file), options),
    )
  cli
    .command(
      'import-accounts <file>',
      'join WeCom accounts to staff by the contact list; shows what would change first',
    )
    .option('--as <code>', 'as this head, and as far as they may')
    .option('--yes', 'write without asking')
    .option('--rejects <path>', 'save the rows that are not used as a workbook')
    .option('--json', 'print what it came to as JSON')
    .action((file: unknown, options: Options) => importBook('accounts', String(file), options))
  cli
    .command('undo-import', 'take back the last import that was done on the server')
    .option('--yes', 'without asking')
    .action(async (options: Options) => {
      const { undoByHand } = await import('../import/import-book.ts')
      await undoByHand(config(), { yes: options['yes'] === true })
    })
  cli
    .command('feed-token <act> <feed>', 'make or end what lets a core system send a feed')
    .action(async (act: unknown, feed: unknown) => {
      const { feedToken } = await import('../import/feeds.ts')
      await feedToken(config(), String(act), String(feed))
    })
}

async function loadFeed(feed: string, file: string, options: Options): Promise<void> {
  const { importFeed } = await import('../import/feeds.ts')
  const well = await importFeed(config(), feed, file, {
    day: textOf(options['day']),
    mode: options['full'] ? 'full' : options['changes'] ? 'changes' : null,
    now: timeOf(options['now']),
    ...{ yes: options['yes'] === true, json: options['json'] === true },
  })
  if (!well) process.exitCode = 1
}

async function importBook(
  kind: ImportOptions['kind'],
  file: string,
  options: Options,
): Promise<void> {
  const { importByHand } = await import('../import/import-book.ts')
  const well = await importByHand(config(), {
    ...{ kind, file, as: textOf(options['as']), rejects: textOf(options['rejects']) },
    ...{ yes: options['yes'] === true, json: options['json'] === true },
  })
  if (!well) process.exitCode = 1
}
