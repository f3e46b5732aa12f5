import { type Refusal, refuse } from '../../../core/decision.ts'
import { type Holder, isAmount, type Measure, sayReached, type Target } from '../rules.ts'

/** Somebody or some unit right below a unit, to whom a part of its quota may be given. */
export interface Below extends Holder {
  /** Managers who have a list, and the clients they have: what a share goes by. */
  readonly managers: number
  readonly clients: number
}

/** How a quota is given out: the same for each manager, by clients, or by hand. */
export type How =
  | 'evenly'
  | 'by-clients'
  | readonly {
      readonly of: string
      /** Of the quota, 0…100; null: a number is said. */
      readonly percent: number | null
      readonly target: number | null
    }[]

/** Amounts are given out in whole ones of this where they are made of them. */
const TEN_THOUSAND = 10_000

/**
 * Shares out a whole number by weights, all of it, as near as can be to the exact shares: what rounding leaves
 * goes to those it cost most, of equals to the earlier. All 0 where no weight is above 0.
 */
export function shareOut(whole: number, weights: readonly number[], step = 1): number[] {
  const sum = weights.reduce((one, other) => one + other, 0)
  if (sum === 0) return weights.map(() => 0)
  const steps = Math.floor(whole / step)
  const exact = weights.map((weight) => (steps * weight) / sum)
  const parts = exact.map(Math.floor)
  const left = steps - parts.reduce((one, other) => one + other, 0)
  const order = exact
    .map((value, at) => ({ at, cost: value - Math.floor(value) }))
    .sort((one, other) => other.cost - one.cost || one.at - other.at)
  for (const { at } of order.slice(0, left)) parts[at] = (parts[at] ?? 0) + 1
  return parts.map((part) => part * step)
}

/** What everybody below is given of a unit's quota; who gets nothing of it is left out. Else why it cannot be. */
export function partsOf(
  { measure, target, stretch }: Target,
  below: readonly Below[],
  how: How,
): readonly (Target & Below)[] | Refusal {
  if (below.every(({ managers }) => managers === 0)) {
    return refuse(
      '下面没有在岗的客户经理，没有可以分的人，没有改动。',
      'There is no manager below to give any of it to; nothing was changed.',
    )
  }
  if (typeof how === 'string') {
    const weights = below.map((each) => (how === 'evenly' ? each.managers : each.clients))
    const shared = (whole: number) => shareOut(whole, weights, stepOf(measure, whole))
    const targets = shared(target)
    const stretches = stretch === null ? null : shared(stretch)
    return below.flatMap((each, at) => {
      const given = targets[at] ?? 0
      return given > 0
        ? [{ ...each, measure, target: given, stretch: stretches?.[at] ?? null }]
        : []
    })
  }
  const given: (Target & Below)[] = []
  for (const { of, percent, target: said } of how) {
    const found = below.filter(
      ({ code, name }) => code.toLowerCase() === of.toLowerCase() || name === of,
    )
    const [one] = found
    if (!one || found.length > 1 || given.some(({ code }) => code === one.code)) {
      return noneOf(of, below)
    }
    if (one.managers === 0) {
      return refuse(
        `${one.name} 没有在岗的客户经理，没有改动。`,
        `${one.name} has no manager; nothing was changed.`,
      )
    }
    const part = percent === null ? (said ?? 0) : Math.round((target * percent) / 100)
    given.push({ ...one, measure, target: part, stretch: null })
  }
  const percents = how.reduce((sum, { percent }) => sum + (percent ?? 0), 0)
  return percents > 100
    ? refuse(
        `百分比加起来是 ${percents}%，超过 100%，没有改动。`,
        `The percentages come to ${percents}%, more than 100%; nothing was changed.`,
      )
    : given
}

const stepOf = (measure: Measure, whole: number): number =>
  isAmount(measure) && whole % TEN_THOUSAND === 0 ? TEN_THOUSAND : 1

function noneOf(of: string, below: readonly Below[]): Refusal {
  const known = below.map(({ code, name }) => `${name} ${code}`)
  return refuse(
    `下一级没有"${of}"，或者写了两次，请用代码：${known.join('、')}。没有改动。`,
    `There is no "${of}" right below, or it is said twice; give a code: ${known.join(', ')}. Nothing was changed.`,
  )
}

/** "已分 18，未分 2", "已分 22，多分 2", "已分完" */
export function givenOut({ measure, target }: Target, given: number): { zh: string; en: string } {
  const say = (value: number, language: 'zh' | 'en') => sayReached(measure, value, language)
  const left = target - given
  if (left === 0) return { zh: '已分完', en: 'all of it given out' }
  const much = Math.abs(left)
  return {
    zh: `已分 ${say(given, 'zh')}，${left > 0 ? '未分' : '多分'} ${say(much, 'zh')}`,
    en: `${say(given, 'en')} given out, ${say(much, 'en')} ${left > 0 ? 'not yet' : 'too much'}`,
  }
}
