import { takeLabelled } from '../../../bot/grammar/labelled.ts'
import type { Doubt, Reading } from '../../../bot/grammar/reading.ts'
import { readSpan } from '../../../bot/grammar/span.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Way } from '../rules.ts'

/** A list in one line, as its form would send it. */
export interface ListWords {
  readonly name: string
  readonly said?: string
  readonly audience?: string
  readonly way?: Way
  readonly perDay?: string
  readonly endsOn?: string | null
  readonly product?: string
  readonly talkingPoints?: string
}

/** Says that the clients are those of the workbook that was imported last. */
export const IMPORTED = { zh: '导入的表', en: 'imported' } as const

const LABELS = {
  said: /^(?:客群|segment)$/i,
  audience: /^(?:给|分给|for)$/i,
  way: /^(?:按|by)$/i,
  perDay: /^(?:每天|每日|daily)$/i,
  endsOn: /^(?:到|至|截至|until)$/i,
  product: /^(?:产品|product)$/i,
  talkingPoints: /^(?:话术|say|saying)$/i,
} as const

const WAY_WORDS: readonly (readonly [RegExp, Way])[] = [
  [/^(?:归属|主办|经理|客户经理|owners?)$/i, 'owner'],
  [/^(?:区域|地区|regions?)$/i, 'region'],
  [/^(?:平均|均分|平分|evenly|even)$/i, 'evenly'],
  [/^(?:负荷|工作量|忙闲|load)$/i, 'load'],
  [/^(?:表格|表|列|工号列|sheet|column)$/i, 'sheet'],
]

/** 给 一队 平均: how it is shared out says so without 按 too. */
const WAY_ALONE = /((?:^|\s)(?!按|by)[^\s]+\s+)(平均|均分|平分|evenly)(?=\s|$)/i

/** `春茶 客群 沉睡户 给 一队 按 平均 每天 10 到 12/15 产品 结算卡 话术 上门问候`: talking points come last. */
export function readList(rest: string, { today, workdays }: Moment): Reading<ListWords> {
  // A word stands apart from what it is about, or not: 按平均, 给一队.
  const apart = rest
    .replace(/(^|\s)(客群|分给|给|按|每天|每日|到|至|产品|话术)(?=[^\s:：])/gu, '$1$2 ')
    .replace(WAY_ALONE, '$1按 $2')
  const { head, values } = takeLabelled(apart, LABELS, 'talkingPoints')
  if (!head) return { kind: 'no' }
  const { way: wayWord, endsOn: until, perDay, ...words } = values
  const way = wayWord === undefined ? undefined : WAY_WORDS.find(([is]) => is.test(wayWord))?.[1]
  const span = until === undefined ? undefined : readSpan(until, today, workdays)
  if (wayWord !== undefined && !way) return { kind: 'no' }
  const input: ListWords = {
    ...words,
    name: head,
    ...(way && { way }),
    // What names no day is told apart where the input is read.
    ...(until !== undefined && { endsOn: span?.until ?? until }),
    ...(perDay !== undefined && { perDay: perDay.replace(/\s*[件个户]$/, '') }),
  }
  const doubts: Doubt[] = []
  const ask = (slot: keyof ListWords, zh: string, en: string) =>
    doubts.push({ question: { zh, en }, slots: [slot], expects: 'text' })
  // With something left to ask, from where the clients come is asked first; words of a workbook are none of these.
  if (!words.said && !words.talkingPoints && way !== 'sheet') {
    ask(
      'said',
      `哪些客户？写客群名称或条件，比如 B类 60天未联系；用刚导入的客户表就回"${IMPORTED.zh}"。`,
      `Which clients? A segment or conditions, such as tier B not contacted for 60 days; for the workbook imported last say "${IMPORTED.en}".`,
    )
  }
  if (!words.talkingPoints) {
    ask('talkingPoints', '话术怎么说？写一句。', 'What should managers say? One sentence.')
  }
  const [first, ...more] = doubts
  return first ? { kind: 'asks', input, doubts: [first, ...more] } : { kind: 'understood', input }
}
