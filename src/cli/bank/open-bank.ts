import { createInterface } from 'node:readline/promises'
import { momentAt } from '../../bot/moment.ts'
import { tell } from '../../bot/outbox/enqueue.ts'
import { CHANNELS } from '../../channels/index.ts'
import type { Config } from '../../config.ts'
import { chineseWorkdays } from '../../core/calendar/workdays.ts'
import { followCatalogue, installCatalogue } from '../../features/catalogue/store.ts'
import { CHANNELS as ACCOUNTS, type Reach } from '../../features/people/post/store.ts'
import { SHIPPED_KINDS } from '../../features/playbook/shipped-outcomes.ts'
import {
  awaitingLines,
  differenceLines,
  faultLine,
} from '../../features/roster/difference/difference-lines.ts'
import {
  applyPlan,
  isDone,
  type Plan,
  planOf,
  type Source,
  sheetsSource,
} from '../../features/roster/open-roster.ts'
import { rosterTemplate } from '../../features/roster/template.ts'
import type { Database } from '../../infra/database/index.ts'
import { Fault } from '../fault.ts'
import { demoSince, openService } from '../open.ts'
import { markTrial } from '../operate/trial.ts'
import { tablesAt, writeNew } from './tables.ts'
import { contactsSource, wecomContacts } from './wecom-contacts.ts'

export interface Opening {
  /** A workbook, or a folder of text tables; null: WeCom's contact list. */
  readonly workbook: string | null
  /** Written without asking. */
  readonly yes: boolean
  readonly json: boolean
  /** To try the service out: said when the bank is opened, and at no other time. */
  readonly trial: boolean
  /** How many are let go, where they are many; null: not said. */
  readonly leaving: number | null
}

/** Above this share of the people, and this many, whoever lets them go says how many they are. */
const MANY = { share: 0.1, people: 3 }

/** Writes a workbook to fill in. */
export async function writeTemplate(file: string): Promise<void> {
  await writeNew(file, await rosterTemplate())
  console.log(
    `已写好样表 ${file}：填三张表，再运行 npx chenhui open ${file}。\n` +
      `${file} is there: fill in its three sheets, then run npx chenhui open ${file}.`,
  )
}

/** Brings units, people and lines of a workbook into the bank: shows what would change, asks, writes. */
export async function openBank(config: Config, opening: Opening): Promise<void> {
  const { workbook } = opening
  const sheets = workbook === null ? null : await tablesAt(workbook)
  const contacts = workbook === null ? await wecomContacts(config) : null
  const database = await openService(config)
  try {
    if (sheets) await openWith(config, database, sheetsSource(sheets), opening)
    if (contacts) {
      const source = await contactsSource(database, contacts, opening)
      await openWith(config, database, source, opening)
    }
  } finally {
    await database.close()
  }
}

async function openWith(
  config: Config,
  database: Database,
  source: Source,
  opening: Opening,
): Promise<void> {
  if (await demoSince(database.prisma)) {
    throw new Fault(
      '这个数据库里是演示数据，不会写进去；请换一个 DATA_DIR 或 DATABASE_URL。',
      'This database holds the demo bank; set another DATA_DIR or DATABASE_URL.',
    )
  }
  const plan = await database.transaction(async (tx) => {
    await installCatalogue(tx)
    return planOf(tx, source, new Date())
  })
  if (plan.empty) {
    throw new Fault(
      '表里没有可以导入的行（"示例"开头的行不算）。请填好"机构"和"人员"两张表。',
      'There is no row to be read (those that begin with 示例 only show how). Fill in the sheets of units and people.',
    )
  }
  if (opening.trial && !plan.opening) {
    throw new Fault(
      '行已经开了，不能再改成试用；试用请换一个空的 DATA_DIR 或 DATABASE_URL。',
      'The bank is open already; for a trial take another, empty DATA_DIR or DATABASE_URL.',
    )
  }
  if (opening.trial) checkNoAccounts(plan)
  if (!opening.json) print(plan)
  if (plan.faults.length > 0) {
    if (opening.json) printJson(plan, false)
    throw new Fault(
      `有 ${plan.faults.length} 处要改，什么都没有写入。改好后再运行一次。`,
      `Faults: ${plan.faults.length}. Nothing was written; mend them and run it again.`,
    )
  }
  if (isDone(plan)) {
    if (opening.json) return printJson(plan, false)
    return console.log('没有要改的。 Nothing is to be changed.')
  }
  const agreed = opening.yes || (process.stdin.isTTY && !opening.json && (await asked(plan)))
  if (!agreed) {
    if (opening.json) printJson(plan, false)
    throw new Fault(
      '没有写入。确定要写入，请加 --yes。',
      'Nothing was written. Say --yes to write it.',
    )
  }
  checkLeaving(plan, opening.leaving)
  await write(config, database, source, plan, opening.trial)
  if (opening.json) return printJson(plan, true)
  console.log('已写入。 Written.')
}

/** Writes what was shown, and nothing else: what another run changed meanwhile is to be looked at first. */
async function write(
  config: Config,
  database: Database,
  source: Source,
  shown: Plan,
  trial: boolean,
) {
  await database.transaction(async (tx) => {
    const catalogue = (await followCatalogue(tx)).now()
    const at = momentAt(new Date(), config.TIMEZONE, chineseWorkdays(), catalogue, SHIPPED_KINDS)
    const plan = await planOf(tx, source, at.now)
    if (plan.mark !== shown.mark) {
      throw new Fault(
        '刚才有别人改了机构或人员，没有写入。请再运行一次，看新的差异。',
        'Somebody else changed units or people just now, so nothing was written. Run it again and look at what is different.',
      )
    }
    if (trial) await markTrial(tx, at.now, config.TIMEZONE)
    await applyPlan(tx, plan, {
      at,
      reaches: reachesOf(config),
      tell: async (staffId, compose) => void (await tell(tx, staffId, compose, at.now)),
    })
  })
}

/** Where the bot may begin a conversation: in channels that are configured and reach anybody. */
const reachesOf = (config: Config): Reach[] =>
  ACCOUNTS.map((account) => {
    const plugin = CHANNELS.find(({ name }) => name === account.channel)
    const reachable = plugin?.reachesAnybody && plugin.configured(config)?.connects
    return { ...account, reachable: reachable ?? false }
  })

function leavingOf({ difference, onFile }: Plan): number {
  const leaving = difference.people.changes.filter(({ after }) => after === null).length
  const here = onFile.people.filter(({ active }) => active).length
  return leaving > MANY.people && leaving > here * MANY.share ? leaving : 0
}

/** In a trial everybody is spoken for in the browser, which ends where somebody has an account of their own. */
function checkNoAccounts({ wanted }: Plan): void {
  const known = wanted.people.filter(({ slack, wecom }) => slack !== null || wecom !== null).length
  if (known === 0) return
  throw new Fault(
    `试用的行里人人都在浏览器聊天里扮演，不能带聊天账号；表里有 ${known} 人填了 Slack 或企业微信账号，没有写入。请清空这两列再试。`,
    `In a bank on trial everybody is spoken for in the browser, so nobody has an account; the workbook gives a Slack or WeCom account for ${known} people, and nothing was written. Empty those two columns and run it again.`,
  )
}

/** A workbook of one branch must not let go of all others by a slip. */
function checkLeaving(plan: Plan, said: number | null): void {
  const leaving = leavingOf(plan)
  if (leaving === 0 || said === leaving) return
  throw new Fault(
    `表里没有的 ${leaving} 人会按离职处理，没有写入。确实如此请加 --leaving ${leaving}；否则请把他们补进表里。`,
    `${leaving} people are not in the workbook and would be let go; nothing was written. Say --leaving ${leaving} if that is right, or add them to the workbook.`,
  )
}

async function asked(plan: Plan): Promise<boolean> {
  const console = createInterface({ input: process.stdin, output: process.stdout })
  const leaving = leavingOf(plan)
  const question =
    leaving > 0
      ? `要写入吗？有 ${leaving} 人离职，请输入人数 ${leaving}。 ${leaving} people leave: type the number to write: `
      : '要写入吗？ Write it? (yes/no) '
  const answer = (await console.question(question)).trim().toLowerCase()
  console.close()
  if (leaving > 0) return answer === String(leaving)
  return /^(?:y|yes|是|好|确认)$/.test(answer)
}

function print({ difference, awaiting, faults, notes, onFile, opening }: Plan): void {
  const owning = new Map(onFile.people.map(({ code, clients }) => [code, clients]))
  const shown = faults.length > 0 ? [] : awaiting
  const [fresh, before] = [
    shown.filter((each) => !each.before),
    shown.filter((each) => each.before),
  ]
  const sections = [
    ...(faults.length > 0 ? faults.map(faultLine) : differenceLines(difference, owning)),
    ...(fresh.length > 0 ? ['要请第二人确认 to be confirmed by a second person:'] : []),
    ...awaitingLines(fresh.map(({ change }) => change)),
    ...(before.length > 0 ? ['已在等第二人确认 waits for a second person:'] : []),
    ...awaitingLines(before.map(({ change }) => change)),
    ...notes.map(({ zh, en }) => `! ${zh} ${en}`),
    ...(opening && faults.length === 0
      ? [
          '第一次导入：岗位直接生效，写入审计。 The first workbook: posts hold at once, and it stands in the audit.',
        ]
      : []),
  ]
  console.log(sections.join('\n'))
}

function printJson({ difference, awaiting, faults, notes, opening }: Plan, written: boolean): void {
  console.log(JSON.stringify({ written, opening, faults, difference, awaiting, notes }))
}
