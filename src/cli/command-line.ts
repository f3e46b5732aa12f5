import { existsSync } from 'node:fs'
import { cac } from 'cac'
import { z } from 'zod'
import { type Config, ConfigFault, misspelt, readConfig } from '../config.ts'
import { KeyFault } from '../features/risk/key.ts'
import { FactFault } from '../features/tier-rules/classify.ts'
import { BackupFault } from '../infra/database/backup/format.ts'
import { FolderFault } from '../infra/database/folder/folder-fault.ts'
import { FolderInUse } from '../infra/database/folder/folder-lock.ts'
import { DatabaseFault } from '../infra/database/index.ts'
import { MigrationFault } from '../infra/database/migrate.ts'
import { PortInUse } from '../infra/web.ts'
import { openBank, writeTemplate } from './bank/open-bank.ts'
import { demo } from './demo/demo.ts'
import { doctor } from './doctor.ts'
import { Fault } from './fault.ts'
import { feedToken, importFeed } from './import/feeds.ts'
import { type ImportOptions, importByHand, undoByHand } from './import/import-book.ts'
import { openService } from './open.ts'
import { backup, exportTo, restore } from './operate/backup.ts'
import { outbox } from './operate/outbox.ts'
import { writePersonFile } from './operate/person-file.ts'
import { sessions } from './operate/sessions.ts'
import { setAside } from './operate/set-aside.ts'
import { verifyAudit } from './operate/verify-audit.ts'
import { printLines } from './parse-lines.ts'
import { enrolByHand, leaveByHand } from './posts.ts'
import { printParsed, printTier } from './pure.ts'
import { pushByHand, retierByHand, say } from './scripts.ts'
import { start } from './start.ts'

const cli = cac('chenhui')

cli.command('start', 'run the service').action(() => start(config()))
cli.command('demo', 'try it out on a made-up bank, in the browser').action(() => demo(config()))
cli
  .command('say <text>', 'say something as a member of staff')
  .option('--as <code>', 'staff code')
  .option('--file <path>', 'a file to send along')
  .option('--save <folder>', 'save the files and pictures of the answer')
  .option('--json', 'print the cards as JSON')
  .option('--now <time>', 'pretend that it is this ISO time')
  .action((text: unknown, options: Record<string, unknown>) =>
    say(config(), {
      text: String(text),
      as: z.string('--as 后面要写工号。 --as needs a staff code.').parse(options['as']),
      json: options['json'] === true,
      file: options['file'] ? String(options['file']) : null,
      save: options['save'] ? String(options['save']) : null,
      now: timeOf(options['now']),
    }),
  )
cli
  .command('parse [text]', 'print what would be understood')
  .option(
    '--lines',
    'or parse -: of lines of {"text", "now", "names"} from standard input, an answer a line',
  )
  .option('--now <time>', 'pretend that it is this ISO time')
  .option('--json', 'as JSON (there is no other way)')
  .action((text: unknown, options: Record<string, unknown>) => {
    const now = timeOf(options['now']) ?? new Date()
    if (options['lines'] === true) return printLines(config(), process.stdin, now)
    if (text !== undefined) return printParsed(config(), String(text), now)
    throw new Fault(
      '请写一句话：npx chenhui parse "1 没接"；或用 - 从标准输入逐行读。',
      'Write a line: npx chenhui parse "1 no answer"; or - to read lines from standard input.',
    )
  })
cli
  .command('tier', 'classify facts by the shipped standards')
  .option('--facts <file>', 'a JSON file, or - for standard input')
  .option('--json', 'as JSON (there is no other way)')
  .action((options: Record<string, unknown>) => printTier(String(options['facts'] ?? '-')))
cli
  .command('push', "push a day's morning lists by hand")
  .option('--now <time>', 'pretend that it is this ISO time')
  .option('--dry-run', 'only count')
  .action((options: Record<string, unknown>) =>
    pushByHand(config(), {
      now: timeOf(options['now']),
      dryRun: options['dryRun'] === true,
    }),
  )
cli
  .command('retier', 'decide every tier by hand, as the nightly run does')
  .option('--now <time>', 'pretend that it is this ISO time')
  .action((options: Record<string, unknown>) =>
    retierByHand(config(), { now: timeOf(options['now']) }),
  )
cli
  .command('outbox <act> [id]', 'messages that failed for good: list, redrive, drop')
  .action((act: unknown, id: unknown) => outbox(config(), String(act), id ? String(id) : null))
cli
  .command('sessions <act> [code]', 'who is logged in on the pages: list, end, reset-factor')
  .action((act: unknown, code: unknown) =>
    sessions(config(), String(act), code ? String(code) : null),
  )
cli
  .command('set-aside <act> [reference]', 'events that ended the process: list, retry')
  .action((act: unknown, which: unknown) =>
    setAside(config(), String(act), which ? String(which) : null),
  )
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
  .command('verify-audit', 'hold the audit trail against the seals of its days')
  .action(() => verifyAudit(config()))
cli
  .command(
    'open [workbook]',
    'open the bank: units, people and lines of a workbook or a folder of .csv',
  )
  .option('--template <file>', 'write a workbook to fill in')
  .option('--from <source>', "wecom: WeCom's contact list in place of a workbook")
  .option('--yes', 'write without asking')
  .option('--trial', 'to try the service out: the chat in the browser may speak as anybody')
  .option('--leaving <number>', 'how many are let go, where they are many')
  .option('--json', 'print what is different as JSON')
  .action((workbook: unknown, options: Record<string, unknown>) => open(workbook, options))
cli
  .command(
    'import-accounts <file>',
    'join WeCom accounts to staff by the contact list; shows what would change first',
  )
  .option('--as <code>', 'as this head, and as far as they may')
  .option('--yes', 'write without asking')
  .option('--rejects <path>', 'save the rows that are not used as a workbook')
  .option('--json', 'print what it came to as JSON')
  .action((file: unknown, options: Record<string, unknown>) =>
    importBook('accounts', file, options),
  )
cli
  .command('undo-import', 'take back the last import that was done on the server')
  .option('--yes', 'without asking')
  .action((options: Record<string, unknown>) =>
    undoByHand(config(), { yes: options['yes'] === true }),
  )
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
  .action(async (file: unknown, options: Record<string, unknown>) => {
    if (!options['feed']) return importBook('clients', file, options)
    const well = await importFeed(config(), String(options['feed']), String(file), {
      day: options['day'] ? String(options['day']) : null,
      mode: options['full'] ? 'full' : options['changes'] ? 'changes' : null,
      now: timeOf(options['now']),
      ...{ yes: options['yes'] === true, json: options['json'] === true },
    })
    if (!well) process.exitCode = 1
  })
cli
  .command('enrol <code>', 'print a binding code for a staff code, also for heads and departments')
  .action((code: unknown) => enrolByHand(config(), String(code)))
cli
  .command('left <code>', 'end the accounts of a head or of a department who left')
  .action((code: unknown) => leaveByHand(config(), String(code)))
cli
  .command('feed-token <act> <feed>', 'make or end what lets a core system send a feed')
  .action((act: unknown, feed: unknown) => feedToken(config(), String(act), String(feed)))
cli
  .command('person-file <number>', 'all that is held of one person, at their request')
  .option('--out <folder>', 'the new folder that it is written to')
  .action((number: unknown, options: Record<string, unknown>) =>
    writePersonFile(
      config(),
      String(number),
      z.string('--out 后面要写文件夹。 --out needs a folder.').parse(options['out']),
    ),
  )
cli.command('migrate', 'bring the database up to date').action(async () => {
  const database = await openService(config())
  await database.close()
  console.log('数据库已是最新。 The database is up to date.')
})
cli.command('doctor', 'say what to mend').action(async () => {
  if (!(await doctor(config()))) process.exitCode = 1
})
cli.help()

async function open(workbook: unknown, options: Record<string, unknown>): Promise<void> {
  if (options['template'] !== undefined) return writeTemplate(String(options['template']))
  const from = options['from']
  if (from !== undefined && (from !== 'wecom' || workbook !== undefined)) {
    throw new Fault(
      '--from 后面只能是 wecom，并且不再写表格文件。',
      '--from takes wecom alone, and no workbook beside it.',
    )
  }
  if (workbook === undefined && from === undefined) {
    throw new Fault(
      '请写表格文件：npx chenhui open 文件.xlsx；还没有就先 npx chenhui open --template 文件.xlsx。',
      'Name a workbook: npx chenhui open bank.xlsx; npx chenhui open --template bank.xlsx writes one to fill in.',
    )
  }
  const leaving = options['leaving']
  await openBank(config(), {
    workbook: from === undefined ? String(workbook) : null,
    yes: options['yes'] === true,
    json: options['json'] === true,
    trial: options['trial'] === true,
    leaving: leaving === undefined ? null : z.coerce.number().int().parse(leaving),
  })
}

/** The environment, with `.env` where there is one. */
function config(): Config {
  if (existsSync('.env')) {
    try {
      process.loadEnvFile('.env')
    } catch {
      throw new Fault('读不了 .env 文件，请检查权限和内容。', 'Cannot read the file .env.')
    }
  }
  for (const sentence of misspelt(Object.keys(process.env))) console.error(sentence)
  return readConfig(process.env)
}

async function importBook(
  kind: ImportOptions['kind'],
  file: unknown,
  options: Record<string, unknown>,
): Promise<void> {
  const said = (name: string) => (options[name] === undefined ? null : String(options[name]))
  const well = await importByHand(config(), {
    ...{ kind, file: String(file), as: said('as'), rejects: said('rejects') },
    ...{ yes: options['yes'] === true, json: options['json'] === true },
  })
  if (!well) process.exitCode = 1
}

/** A moment given on the command line; null when none is. */
function timeOf(given: unknown): Date | null {
  if (given === undefined) return null
  const time = new Date(String(given))
  if (Number.isNaN(time.getTime())) {
    throw new Fault(
      `"${given}" 不是 ISO 时间。`,
      `"${given}" is no ISO time, such as 2026-11-23T08:07:00+08:00.`,
    )
  }
  return time
}

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
]

try {
  // A dash alone is a value, the standard input, and no option.
  const words = process.argv.flatMap((word, index, all) => {
    if (word === '-' && all[index - 1] === '--facts') return []
    if (word === '-' && all[index - 1] === 'parse') return '--lines'
    return word === '--facts' && all[index + 1] === '-' ? '--facts=-' : word
  })
  cli.parse(words, { run: false })
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
