import type { CAC } from 'cac'
import { z } from 'zod'
import { Fault } from '../fault.ts'
import { config } from './environment.ts'
import { type Options, textOf } from './options.ts'

/** Units, people and lines of the bank. */
export function bankCommands(cli: CAC): void {
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
    .action((workbook: unknown, options: Options) => open(textOf(workbook), options))
  cli
    .command(
      'enrol <code>',
      'a binding code for a staff code, also for heads and departments: mailed where mail is set up, else printed',
    )
    .action(async (code: unknown) => {
      const { enrolByHand } = await import('../posts.ts')
      await enrolByHand(config(), String(code))
    })
  cli
    .command('left <code>', 'end the accounts of a head or of a department who left')
    .action(async (code: unknown) => {
      const { leaveByHand } = await import('../posts.ts')
      await leaveByHand(config(), String(code))
    })
}

async function open(workbook: string | null, options: Options): Promise<void> {
  const template = textOf(options['template'])
  const { openBank, writeTemplate } = await import('../bank/open-bank.ts')
  if (template !== null) return writeTemplate(template)
  const from = textOf(options['from'])
  if (from !== null && (from !== 'wecom' || workbook !== null)) {
    throw new Fault(
      '--from 后面只能是 wecom，并且不再写表格文件。',
      '--from takes wecom alone, and no workbook beside it.',
    )
  }
  if (workbook === null && from === null) {
    throw new Fault(
      '请写表格文件：npx chenhui open 文件.xlsx；还没有就先 npx chenhui open --template 文件.xlsx。',
      'Name a workbook: npx chenhui open bank.xlsx; npx chenhui open --template bank.xlsx writes one to fill in.',
    )
  }
  const leaving = options['leaving']
  await openBank(config(), {
    workbook,
    yes: options['yes'] === true,
    json: options['json'] === true,
    trial: options['trial'] === true,
    leaving: leaving === undefined ? null : z.coerce.number().int().parse(leaving),
  })
}
