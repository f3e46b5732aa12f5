import { type Text, text } from '../../../core/text.ts'
import { CARE_EVENTS, type CareEvent, type Playbook, URGENCIES, type Urgency } from '../rules.ts'
import { outcomeValues, type Row } from './outcome-values.ts'
import type { Value, ValueType } from './sheets.ts'

const NEEDS: Readonly<Record<Urgency, Text>> = {
  urgent: text('需求急', 'urgent need'),
  soon: text('需求近期', 'need soon'),
  'some-day': text('需求不急', 'need some day'),
}

export const EVENT_ROWS: Readonly<Record<CareEvent, Text>> = {
  'credit-due': text('授信到期前', 'before credit ends'),
  'loan-due': text('借款到期前', 'before a loan is due'),
  'licence-due': text('执照到期前', 'before licence ends'),
  birthday: text('开业周年前', 'before anniversary'),
  unused: text('授信闲置', 'credit unused'),
  'usage-falling': text('用信下降后', 'after usage fell'),
  quiet: text('久未联系', 'quiet'),
  'win-back': text('结清后', 'after it was settled'),
  'win-back-again': text('结清后再次', 'after it was settled, again'),
  'win-back-last': text('结清后最后一次', 'after it was settled, for the last time'),
  'old-facts': text('资料过期', 'facts too old'),
  uncovered: text('缺重点产品', 'key product missing'),
}

const NUMBERS: readonly (readonly [string, Text, ValueType?])[] = [
  ['weights.care', text('例行权重', 'weight of routine')],
  ['weights.overdue.perDay', text('逾期每天加权', 'overdue adds a day')],
  ['weights.overdue.most', text('逾期最多加权', 'overdue adds at most')],
  ['weights.wants-now', text('急需加权', 'wants it now adds')],
  ['weights.key-slipping', text('重点客户超期加权', 'key client slipping adds')],
  ['weights.keyTiers', text('重点层级', 'key tiers'), 'tiers'],
  ['weights.unused', text('闲置加权', 'credit unused adds')],
  ['weights.quiet', text('久未联系加权', 'quiet adds')],
  ['weights.credit-ends', text('授信将到期加权', 'credit ending adds')],
  ['weights.worth.most', text('贡献最多加权', 'worth adds at most')],
  ['weights.worth.balance', text('贡献满分余额', 'balance of full worth'), 'yuan or none'],
  ['weights.worth.deposits', text('贡献满分存款', 'deposits of full worth'), 'yuan or none'],
  ['weights.worth.income', text('贡献满分年收益', 'income of full worth'), 'yuan or none'],
  ['escalation.again', text('逾期几个工作日再提醒本人', 'workdays overdue to the person')],
  ['escalation.lead', text('逾期几个工作日报主管', 'workdays overdue to the lead')],
  ['escalation.reassign', text('逾期几个工作日可改派', 'workdays overdue to somebody else')],
  ['ceiling.touches', text('联系上限次数', 'ceiling touches')],
  ['ceiling.days', text('联系上限天数', 'ceiling days')],
  ['quietHours', text('免打扰时段', 'quiet hours'), 'hours'],
  ['sizes.page', text('清单一页行数', 'lines of a page')],
  ['sizes.load', text('清单件数上限', 'most tasks of a list'), 'number or none'],
  ['sizes.ahead', text('提前几天排', 'days ahead')],
]

/** Every value of a playbook that has these tiers and kinds of outcome, in the order of the workbook. */
export function valuesOf(tiers: readonly string[], outcomes: readonly Row[]): Value[] {
  const step = (path: readonly string[], row: Text): Value[] => [
    { path: [...path, 'kind'], sheet: 'steps', row, column: 1, type: 'kind' },
    { path: [...path, 'after'], sheet: 'steps', row, column: 2, type: 'after' },
    { path: [...path, 'priority'], sheet: 'steps', row, column: 3, type: 'number' },
  ]
  return [
    ...step(['entry'], text('新客户', 'new prospect')),
    ...step(['referral'], text('转介', 'referral')),
    ...URGENCIES.flatMap((urgency) => step(['needs', urgency], NEEDS[urgency])),
    ...tiers.flatMap((tier): Value[] => {
      const at = { sheet: 'care', row: text(tier, tier) } as const
      return [
        { ...at, path: ['care', tier, 'call'], column: 1, type: 'number or none' },
        { ...at, path: ['care', tier, 'visit'], column: 2, type: 'number or none' },
        { ...at, path: ['tierWeight', tier], column: 3, type: 'number or none' },
      ]
    }),
    ...CARE_EVENTS.flatMap((event): Value[] => {
      const at = { sheet: 'events', row: EVENT_ROWS[event] } as const
      return [
        { ...at, path: ['events', event, 'kind'], column: 1, type: 'kind or none' },
        { ...at, path: ['events', event, 'days'], column: 2, type: 'number or none' },
        { ...at, path: ['events', event, 'priority'], column: 3, type: 'number or none' },
      ]
    }),
    ...outcomes.flatMap(outcomeValues),
    ...NUMBERS.map(([path, row, type = 'number']): Value => {
      return { path: path.split('.'), sheet: 'numbers', row, column: 1, type }
    }),
  ]
}

/** A playbook's body: what an edition keeps, without version and day. */
export type Body = Omit<Playbook, 'version' | 'effectiveFrom'>

/** A body that is being put together, of which nothing is known yet. */
export type Draft = { [key: string]: unknown }

/** What stands at a path; undefined where there is nothing. */
export const valueAt = (body: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Draft | null | undefined)?.[key], body)

/** Puts a value at a path, making the sections on the way. */
export function putAt(draft: Draft, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    draft[key] = value
    return
  }
  const inner = (draft[key] ?? {}) as Draft
  draft[key] = inner
  putAt(inner, rest, value)
}

/**
 * An event of no kind makes no task, a tier that adds nothing is left out, and a kind of outcome has nothing
 * beside "care" and none beside "nothing".
 */
export function settled(draft: Draft): Draft {
  const events = Object.entries((draft['events'] ?? {}) as Record<string, Draft>)
  const weights = Object.entries((draft['tierWeight'] ?? {}) as Record<string, number | null>)
  const outcomes = Object.entries((draft['outcomes'] ?? {}) as Record<string, Draft>)
  return {
    ...draft,
    outcomes: Object.fromEntries(
      outcomes.map(([code, outcome]) => [
        code,
        { ...outcome, next: settledStep(outcome['next']), later: settledStep(outcome['later']) },
      ]),
    ),
    events: Object.fromEntries(
      events.map(([name, event]) => [name, event?.['kind'] ? event : null]),
    ),
    tierWeight: Object.fromEntries(weights.filter(([, weight]) => weight !== null)),
  }
}

function settledStep(step: unknown): unknown {
  const kind = (step as Draft | null | undefined)?.['kind']
  if (!kind) return null
  return kind === 'care' ? { kind } : step
}
