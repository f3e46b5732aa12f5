import { type Fault, fault } from './fault.ts'
import { outcomeFaults } from './outcome-faults-rules.ts'
import { inOrder } from './outcome-rules.ts'
import {
  CARE_EVENTS,
  type NextStep,
  type Playbook,
  type Step,
  type TaskKind,
  URGENCIES,
} from './rules.ts'

/** What a playbook may make by itself: the rest is made by people, lists and campaigns. */
export const STEP_KINDS = [
  'call',
  'cross-sell',
  'visit',
  'referral',
  'other',
] as const satisfies readonly TaskKind[]

/** The tier that nobody markets to. */
const EXIT = 'F'

/**
 * Everything by which a playbook would make tasks without end or against itself. `tiers` are those
 * of the standards in force.
 */
export const faultsOf = (playbook: Playbook, tiers: readonly string[]): Fault[] => [
  ...loops(playbook),
  ...kinds(playbook),
  ...rhythms(playbook, tiers),
  ...unknownTiers(playbook, tiers),
  ...numbers(playbook),
  ...outcomeFaults(playbook.outcomes),
]

/** Every step with its path. */
function stepsOf({
  entry,
  referral,
  needs,
  outcomes,
}: Playbook): [readonly string[], Step | NextStep][] {
  return [
    [['entry'], entry],
    [['referral'], referral],
    ...URGENCIES.map((urgency): [string[], Step] => [['needs', urgency], needs[urgency]]),
    ...inOrder(outcomes).flatMap(([code, { next, later }]) => {
      const steps: [readonly string[], Step | NextStep][] = []
      if (next && next.kind !== 'care') steps.push([['outcomes', code, 'next'], next])
      if (later) steps.push([['outcomes', code, 'later'], later])
      return steps
    }),
  ]
}

function loops(playbook: Playbook): Fault[] {
  const sameDay = stepsOf(playbook)
    .filter(([path, { after }]) => path[0] === 'outcomes' && 'workdays' in after && !after.workdays)
    .map(([path]) =>
      fault(
        [...path, 'after'],
        '办完当天又排一件，会没完没了；至少 1 个工作日',
        'a task of the same day follows each time, without end; at least 1 workday',
      ),
    )
  const daily = (['quiet', 'unused', 'old-facts', 'uncovered'] as const)
    .filter((event) => playbook.events[event] && playbook.events[event].days < 7)
    .map((event) =>
      fault(
        ['events', event, 'days'],
        '间隔太短，几乎天天都会再提醒；至少 7 天',
        'too short, it would come back almost daily; at least 7 days',
      ),
    )
  return [...sameDay, ...daily]
}

function kinds(playbook: Playbook): Fault[] {
  const events = CARE_EVENTS.flatMap((event): [string[], { kind: TaskKind }][] => {
    const step = playbook.events[event]
    return step ? [[['events', event], step]] : []
  })
  return [...stepsOf(playbook), ...events]
    .filter(([, { kind }]) => !(STEP_KINDS as readonly TaskKind[]).includes(kind))
    .map(([path]) =>
      fault(
        [...path, 'kind'],
        '打法只能排电话、交叉营销、走访、转介或办理',
        'a playbook makes calls, cross-sells, visits, referrals and things to do only',
      ),
    )
}

function rhythms({ care, ceiling, events }: Playbook, tiers: readonly string[]): Fault[] {
  return tiers.flatMap((tier): Fault[] => {
    const rhythm = care[tier]
    if (!rhythm) {
      return [fault(['care', tier], `缺少 ${tier} 层的照料`, `the care of ${tier} is missing`)]
    }
    const { call, visit } = rhythm
    if (tier === EXIT) {
      return call === null && visit === null
        ? []
        : [
            fault(
              ['care', tier, call === null ? 'visit' : 'call'],
              'F 淘汰客户不做营销，不能有例行联系',
              'nobody markets to tier F, so it has no rhythm',
            ),
          ]
    }
    const touches = (call ? ceiling.days / call : 0) + (visit ? ceiling.days / visit : 0)
    const faults: Fault[] = []
    if (touches > ceiling.touches) {
      faults.push(
        fault(
          ['care', tier, call ? 'call' : 'visit'],
          `${ceiling.days} 天里例行联系约 ${touches.toFixed(1)} 次，超过联系上限 ${ceiling.touches} 次`,
          `the rhythm asks for about ${touches.toFixed(1)} touches in ${ceiling.days} days, the ceiling allows ${ceiling.touches}`,
        ),
      )
    }
    if (events.quiet && call !== null && call > events.quiet.days) {
      faults.push(
        fault(
          ['care', tier, 'call'],
          `比"久未联系"的 ${events.quiet.days} 天还长，例行电话永远轮不到`,
          `longer than the ${events.quiet.days} days of "quiet", so its turn never comes`,
        ),
      )
    }
    return faults
  })
}

function unknownTiers({ care, tierWeight, weights }: Playbook, tiers: readonly string[]): Fault[] {
  const unknown = (names: readonly string[], path: (name: string) => readonly string[]) =>
    names
      .filter((name) => !tiers.includes(name))
      .map((name) =>
        fault(path(name), `标准里没有 ${name} 层`, `the standards have no tier ${name}`),
      )
  return [
    ...unknown(Object.keys(care), (tier) => ['care', tier]),
    ...unknown(
      Object.keys(tierWeight).filter((tier) => !care[tier]),
      (tier) => ['tierWeight', tier],
    ),
    ...unknown(weights.keyTiers, () => ['weights', 'keyTiers']),
  ]
}

function numbers({ escalation, quietHours, weights }: Playbook): Fault[] {
  const faults: Fault[] = []
  const { again, lead, reassign } = escalation
  if (again >= lead || lead >= reassign) {
    faults.push(
      fault(
        ['escalation', again >= lead ? 'lead' : 'reassign'],
        `升级的天数要一步比一步大，现在是 ${again}、${lead}、${reassign}`,
        `each step of escalation comes later than the one before; now ${again}, ${lead}, ${reassign}`,
      ),
    )
  }
  if (weights.overdue.perDay > weights.overdue.most) {
    faults.push(
      fault(
        ['weights', 'overdue', 'most'],
        '逾期加权的上限小于每天的加权',
        'the most that overdue days add is less than one day adds',
      ),
    )
  }
  const { most, ...full } = weights.worth
  if (most > 0 && Object.values(full).every((yuan) => yuan === null)) {
    faults.push(
      fault(
        ['weights', 'worth', 'most'],
        '余额、存款、年收益都没写多少算满分，贡献就加不上权；至少写一个，或者"贡献最多加权"写 0',
        'no balance, deposits or income is said that earns it all, so worth adds nothing; say one, or let it add 0 at most',
      ),
    )
  }
  if (quietHours.some(({ from, until }) => from === until)) {
    faults.push(
      fault(
        ['quietHours'],
        '免打扰时段的起止不能相同',
        'quiet hours begin and end at different times',
      ),
    )
  }
  return faults
}
