import type { Day } from '../../../core/calendar/time.ts'
import { type Refusal, refuse } from '../../../core/decision.ts'
import { counted, type Text, text } from '../../../core/text.ts'

/** How far a newcomer came: left details, was contacted, has a loan that a facility confirms. */
export const STAGES = ['details', 'contact', 'loan'] as const
export type Stage = (typeof STAGES)[number]

export const STAGE_LABELS: Readonly<Record<Stage, Text>> = {
  details: { zh: '留信息', en: 'details left' },
  contact: { zh: '联系', en: 'contacted' },
  loan: { zh: '放款', en: 'loan confirmed' },
}

/** Who may earn points: a member of staff with a book of clients is of `managers`, every other one of `staff`. */
export const EARNERS = ['clients', 'staff', 'managers'] as const
export type Earner = (typeof EARNERS)[number]

export const EARNER_LABELS: Readonly<Record<Earner, Text>> = {
  clients: { zh: '客户', en: 'clients' },
  staff: { zh: '员工', en: 'staff' },
  managers: { zh: '客户经理', en: 'managers' },
}

/** What marketing proposes. */
export interface Terms {
  readonly fromDay: Day
  /** The last day. */
  readonly untilDay: Day
  /** Of whose referrers: of the units at and below this path. */
  readonly unitPath: string
  /** Points for each newcomer; 0: none. */
  readonly points: Readonly<Record<Stage, number>>
  readonly earners: readonly Earner[]
  /** Points that all referrers together earn at most. */
  readonly budget: number
  /** Points that one referrer earns at most for what happens in a month; null: any. */
  readonly ceiling: number | null
}

/** What is in force, as a second person confirmed it. */
export interface PointsRule extends Terms {
  readonly id: string
  /** What happened before this day earns nothing by it. */
  readonly countsFrom: Day
  /** Points of the budget that are spoken for. */
  readonly used: number
  readonly emptied: boolean
}

/** More than any bank gives away. */
export const MOST_POINTS = 100_000
export const MOST_BUDGET = 1_000_000_000

/** Facilities come on file days after they were opened: so long after its last day a rule still counts what was within it. */
export const LATE_DAYS = 31

/** Of what begins with the same day at the same units it is a change; of everything else that meets it, a second rule. */
export const isSame = (one: Terms, other: Terms): boolean =>
  one.fromDay === other.fromDay && one.unitPath === other.unitPath

const meets = (one: Terms, other: Terms): boolean =>
  one.fromDay <= other.untilDay &&
  other.fromDay <= one.untilDay &&
  (one.unitPath.startsWith(other.unitPath) || other.unitPath.startsWith(one.unitPath))

export const periodOf = ({ fromDay, untilDay }: Terms): Text =>
  text(`${fromDay} 至 ${untilDay}`, `${fromDay} to ${untilDay}`)

/** Why these terms cannot be; null: they can. `known`: the rules that were confirmed. */
export function faultOf(terms: Terms, known: readonly PointsRule[], today: Day): Refusal | null {
  const { fromDay, untilDay, points, earners, budget, ceiling } = terms
  if (untilDay < fromDay) {
    return refuse(
      `最后一天 ${untilDay} 早于第一天 ${fromDay}，请把日期对调。`,
      `The last day ${untilDay} is before the first, ${fromDay}; please turn the days round.`,
    )
  }
  if (untilDay < today) {
    return refuse(
      `${periodOf(terms).zh}已经过去，谢礼规则只能定今天以后的，请改日期。`,
      `${periodOf(terms).en} is over; a rule of points is for days to come. Please give other days.`,
    )
  }
  const most = Math.max(...STAGES.map((stage) => points[stage]))
  if (most === 0 || earners.length === 0) {
    return refuse(
      '没有一档有积分，或没有人可得，规则没有用处。请至少写一档，如"放款 100 给 客户"。',
      'No stage has points, or nobody earns any. Give one at least, such as "loan 100 for clients".',
    )
  }
  const least = Math.min(...STAGES.map((stage) => points[stage]).filter((each) => each > 0))
  if (ceiling !== null && ceiling < most) {
    return refuse(
      `每月上限 ${ceiling} 分还不够一次的 ${most} 分，请把上限定高一点，或把积分定低一点。`,
      `The monthly ceiling of ${ceiling} is less than the ${most} points of one newcomer; raise it, or give fewer points.`,
    )
  }
  if (budget < least) {
    return refuse(
      `预算 ${budget} 分还不够一次的 ${least} 分，请把预算定高一点。`,
      `The budget of ${budget} is less than the ${least} points of one newcomer; please raise it.`,
    )
  }
  const before = known.find((rule) => isSame(rule, terms))
  if (before && budget < before.used) {
    return refuse(
      `这条规则已经计出 ${before.used} 分，预算不能低于它；不想再给就说"谢礼 停用"。`,
      `${counted(before.used, 'point')} of this rule ${before.used === 1 ? 'is' : 'are'} earned already, and the budget cannot be less. To give no more, say "end points".`,
    )
  }
  const other = known.find((rule) => !isSame(rule, terms) && meets(rule, terms))
  return other
    ? refuse(
        `${periodOf(other).zh} 已有一条谢礼规则，同一天不能有两条。要改它就写同一个第一天和机构；要换新的，先说"谢礼 停用"。`,
        `There is a rule of points from ${periodOf(other).en}, and a day has one at most. To change it give the same first day and unit; for another one say "end points" first.`,
      )
    : null
}

/** Points for a loan tell the referrer of it, whom the bank may have set not to be told. */
export const tellsTooMuch = ({ points }: Terms, tellsOfGrant: boolean): Refusal | null =>
  points.loan > 0 && !tellsOfGrant
    ? refuse(
        '本行设定不向推荐人透露放款（REFERRAL_TELL_GRANTED），放款的积分会说出来，请写"放款 0"。',
        'The bank does not tell referrers of loans (REFERRAL_TELL_GRANTED), and points for a loan would. Please say "loan 0".',
      )
    : null

/** "留信息 10 分、放款 100 分；客户、员工可得；每人每月最多 500 分；预算 50000 分" */
export function sayTerms({ points, earners, budget, ceiling }: Terms): Text {
  const given = STAGES.filter((stage) => points[stage] > 0)
  const zh = [
    given.map((stage) => `${STAGE_LABELS[stage].zh} ${points[stage]} 分`).join('、'),
    `${earners.map((each) => EARNER_LABELS[each].zh).join('、')}可得`,
    ceiling === null ? '每人不设上限' : `每人每月最多 ${ceiling} 分`,
    `预算 ${budget} 分`,
  ]
  const en = [
    given.map((stage) => `${STAGE_LABELS[stage].en} ${points[stage]}`).join(', '),
    `for ${earners.map((each) => EARNER_LABELS[each].en).join(', ')}`,
    ceiling === null ? 'no ceiling for one referrer' : `at most ${ceiling} a referrer and month`,
    `budget ${budget}`,
  ]
  return text(zh.join('；'), en.join('; '))
}

/** "210 分（已发放 110 分）" */
export const sayBalance = ({
  earned,
  paid,
}: {
  readonly earned: number
  readonly paid: number
}): Text =>
  paid === 0
    ? text(`${earned} 分`, counted(earned, 'point'))
    : text(`${earned} 分（已发放 ${paid} 分）`, `${counted(earned, 'point')} (${paid} paid)`)
