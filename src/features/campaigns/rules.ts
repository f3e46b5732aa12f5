import { addDays, type Day, daysBetween } from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import type { Actor } from '../../core/staff.ts'
import type { ClientFilter } from '../clients/filter/rules.ts'

/**
 * `draft` is seen by its publisher only; `submitted` waits for marketing; `approved` waits for its
 * first day; `withdrawn` never ran.
 */
export type Status =
  | 'draft'
  | 'submitted'
  | 'approved'
  | 'running'
  | 'paused'
  | 'ended'
  | 'withdrawn'

/** What a plan says. Empty lists of regions, industries and clusters mean all of them. */
export interface Plan {
  readonly name: string
  readonly startsOn: Day
  readonly endsOn: Day
  readonly regions: readonly string[]
  readonly industries: readonly string[]
  readonly clusters: readonly string[]
  /** The segment that its clients were chosen by, by name; null: none. */
  readonly segment: string | null
  /** That segment's conditions as they were when the plan was saved. */
  readonly filter: ClientFilter
  /** Percent of its clients that are held out, to compare with; 0: nobody. */
  readonly controlShare: number
  /** Codes of the catalogue. */
  readonly products: readonly string[]
  readonly talkingPoints: string
  /** Its audience: everybody below these units' paths, and these people. */
  readonly audiencePaths: readonly string[]
  readonly audienceStaff: readonly string[]
  readonly targets: Targets
}

/** Clients to be reached and so on; null: no target. */
export interface Targets {
  readonly reached: number | null
  readonly interested: number | null
  readonly applied: number | null
  readonly granted: number | null
}

export interface Campaign extends Plan {
  readonly id: string
  readonly status: Status
  readonly publisherId: string
  readonly publisherName: string
  readonly publisherPath: string
}

/** Whom a plan concerns: the audience, and the clients in their books. */
export interface AudienceCounts {
  readonly people: number
  /** Of those, whom no chat account reaches. */
  readonly unreachable: number
  /** Clients that fit and may be marketed to. */
  readonly clients: number
  readonly skipped: Readonly<Record<Skip, number>>
}

/** Why a fitting client is left out; the first that holds counts. */
export const SKIPS = ['negative-list', 'exit-tier', 'do-not-contact', 'ceiling'] as const
export type Skip = (typeof SKIPS)[number]

/** A lead's or head's plan needs approval when it concerns more clients than this, until marketing sets it. */
export const APPROVAL_ABOVE = 500

/** Held out of a campaign at most, in percent: it is there for the others. */
export const MOST_HELD_OUT = 50

/** A campaign runs for a year at most; a longer one is a slip of the year. */
const MOST_DAYS = 366

/** Why a plan cannot be kept; null when it can. */
export function planFault(
  plan: Plan,
  {
    takenBy,
    places,
    today,
    who,
  }: {
    readonly takenBy: string | null
    /** The units and people of its audience, with where they are. */
    readonly places: readonly { readonly name: string; readonly path: string }[]
    readonly today: Day
    readonly who: Actor
  },
): Refusal | null {
  const { name, startsOn, endsOn } = plan
  if (takenBy) {
    return refuse(
      `已经有一个叫"${name}"的活动（${takenBy}），请换个名字，比如加上年份。`,
      `There is a campaign called "${name}" already (${takenBy}). Choose another name, for instance with the year.`,
    )
  }
  if (endsOn < startsOn) {
    return refuse(
      `结束日 ${endsOn} 早于开始日 ${startsOn}，请改一下日期。`,
      `It would end on ${endsOn}, before it starts on ${startsOn}. Please mend the days.`,
    )
  }
  if (endsOn < today) {
    return refuse(
      `结束日 ${endsOn} 已经过去，请给以后的日期。`,
      `The end, ${endsOn}, has gone by; give a later day.`,
    )
  }
  if (daysBetween(startsOn, endsOn) >= MOST_DAYS) {
    return refuse(
      `${startsOn} 到 ${endsOn} 超过一年，请核对年份。`,
      `${startsOn} to ${endsOn} is more than a year; check the year.`,
    )
  }
  if (plan.audiencePaths.length + plan.audienceStaff.length === 0) {
    return refuse(
      '还没有指定发给谁，请写机构、团队或工号，比如"一队、M003"。',
      'It has no audience. Name branches, teams or staff codes, such as "T1, M003".',
    )
  }
  if (plan.controlShare > MOST_HELD_OUT) {
    return refuse(
      `对照 ${plan.controlShare}% 太多，没有多少客户可以营销；请写 1% 到 ${MOST_HELD_OUT}%，或不设对照。`,
      `A control share of ${plan.controlShare} % leaves too few clients to approach. Write 1 to ${MOST_HELD_OUT} %, or none.`,
    )
  }
  const outside = places.find(({ path }) => !path.startsWith(realmOf(who)))
  if (outside) {
    return refuse(
      `${outside.name} 不在您管辖的机构内，请只选自己的团队和组员，或请营销管理部门发布。`,
      `${outside.name} is not of your unit. Choose your own teams and people, or ask marketing to publish it.`,
    )
  }
  return null
}

/** Why a campaign cannot be changed to this; null when it can. What runs keeps whom it is for. */
export function changeFault(before: Campaign, plan: Plan): Refusal | null {
  if (before.status === 'ended' || before.status === 'withdrawn') {
    return refuse(
      `"${before.name}"已经结束，不能再改；可以新建一个。`,
      `"${before.name}" is over and stays as it is; you can make a new one.`,
    )
  }
  if (before.status !== 'running' && before.status !== 'paused') return null
  const fixed = (each: Plan) =>
    JSON.stringify([
      each.name,
      each.startsOn,
      [...each.audiencePaths].sort(),
      [...each.audienceStaff].sort(),
      each.regions,
      each.industries,
      each.clusters,
      each.filter,
      each.controlShare,
    ])
  if (fixed(before) === fixed(plan)) return null
  return refuse(
    `"${before.name}"已经开始，只能改结束日、话术、产品和目标。要换对象请提前结束后新建。`,
    `"${before.name}" has started; only its end, talking points, products and targets may change. For another audience end it and make a new one.`,
  )
}

/** The path below which somebody may publish: marketing everywhere, others below their own unit. */
export const realmOf = (who: Actor): string => (who.role === 'marketing' ? '/' : who.unitPath)

/** Marketing's own plans and small ones of a team need no second opinion. */
export const needsApproval = (who: Actor, reach: AudienceCounts, above: number): boolean =>
  who.role !== 'marketing' && reach.clients > above

export const MOVE_NAMES = [
  'publish',
  'approve',
  'return',
  'pause',
  'resume',
  'end',
  'withdraw',
] as const
export type Move = (typeof MOVE_NAMES)[number]

/** The moves of whoever approves. */
export const APPROVALS: readonly Move[] = ['approve', 'return']

/** From which states a move leads where. */
export const MOVES: Record<Move, { readonly from: readonly Status[]; readonly to: Status }> = {
  publish: { from: ['draft'], to: 'approved' },
  approve: { from: ['submitted'], to: 'approved' },
  return: { from: ['submitted'], to: 'draft' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  end: { from: ['running', 'paused'], to: 'ended' },
  withdraw: { from: ['draft', 'submitted', 'approved'], to: 'withdrawn' },
}

/** Where a move leads; a plan that needs approval is submitted instead of published. */
export function afterMove(
  campaign: Campaign,
  move: Move,
  facts: { readonly needsApproval: boolean; readonly today: Day },
): Status | Refusal {
  const { from, to } = MOVES[move]
  if (!from.includes(campaign.status)) {
    return refuse(
      `"${campaign.name}"现在的状态不能这样做。发"活动 ${campaign.name}"看可以做什么。`,
      `"${campaign.name}" is not in a state for that. Say "campaign ${campaign.name}" to see what you can do.`,
    )
  }
  if (to === 'approved' && campaign.endsOn < facts.today) {
    return refuse(
      `"${campaign.name}"的结束日 ${campaign.endsOn} 已经过去，请先改日期。`,
      `"${campaign.name}" was to end on ${campaign.endsOn}; mend the days first.`,
    )
  }
  return move === 'publish' && facts.needsApproval ? 'submitted' : to
}

/** Why nobody can be tagged in a campaign now; null while it runs. */
export function notRunning(campaign: Campaign, today: Day): Refusal | null {
  const { name, status, startsOn, endsOn } = campaign
  if (status === 'paused') {
    return refuse(
      `活动"${name}"暂停了，恢复后再打标。`,
      `"${name}" pauses; tag again when it goes on.`,
    )
  }
  if (status === 'approved' || (status === 'running' && today < startsOn)) {
    return refuse(
      `活动"${name}" ${startsOn} 才开始，那天起可以打标。`,
      `"${name}" starts on ${startsOn}; you can tag from then on.`,
    )
  }
  if (status === 'running' && today <= endsOn) return null
  return refuse(
    `活动"${name}"已于 ${endsOn} 结束，不能再打标；结果请在任务上登记。`,
    `"${name}" ended on ${endsOn}; log outcomes on your tasks instead.`,
  )
}

export type Notice = 'half-time' | 'ending'

/**
 * The reminder that a running campaign owes its audience on a day; null on other days. Half time
 * moves to the next workday, the reminder before the end to the last one that leaves two days; where those
 * are all days off, to the first that there is.
 */
export function noticeOn(
  { startsOn, endsOn }: Pick<Plan, 'startsOn' | 'endsOn'>,
  today: Day,
  workdays: Workdays,
): Notice | null {
  const days = daysBetween(startsOn, endsOn)
  const lastWorkday = (date: Day): Day =>
    workdays.isWorkday(date) ? date : lastWorkday(addDays(date, -1))
  const before = lastWorkday(addDays(endsOn, -2))
  const ending = before < startsOn ? workdays.onOrAfter(startsOn) : before
  if (days >= 3 && today === ending && today <= endsOn) return 'ending'
  const half = workdays.onOrAfter(addDays(startsOn, Math.floor(days / 2)))
  return days >= 6 && today === half ? 'half-time' : null
}
