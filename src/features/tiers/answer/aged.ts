import { addDays, type Day, sayDay } from '../../../core/calendar/time.ts'
import type { Language, Say } from '../../../core/text.ts'
import type { KnownOn } from '../../tier-rules/ages.ts'
import { type Facts, factLabel } from '../../tier-rules/facts.ts'
import type { KnownDecision } from '../../tier-rules/known.ts'
import { sayFact } from '../../tier-rules/labels.ts'

/** What a tier rests on, as far as its age goes. */
export interface Aged {
  readonly decision: KnownDecision
  readonly recorded: Facts
  /** By fact, the business day of which it is. */
  readonly knownOn: KnownOn
  readonly today: Day
  readonly language: Language
}

/** So many days after its day the usage of a limit is said with it: the book is read nightly. */
const USAGE_DAYS = 3

/** Facts that are too old, each with its day; else how far back the usage is known, where that is old. */
export function agedLines(
  { decision, recorded, knownOn, today, language }: Aged,
  say: Say,
): string[] {
  const asOf = (on: Day) =>
    say(`截至 ${sayDay(on, today, 'zh')}`, `as of ${sayDay(on, today, 'en')}`)
  const old = decision.old.map((fact) => {
    const [value, on] = [recorded[fact] ?? null, knownOn[fact]]
    const shown = value === null ? '' : ` ${sayFact(fact, value, say, language)}`
    return `${factLabel(fact)[language]}${shown}${on ? say(`（${asOf(on)}）`, ` (${asOf(on)})`) : ''}`
  })
  if (old.length > 0) {
    const names = old.join(say('、', ', '))
    return [
      say(
        `资料过期，分层暂按原来的，请更新：${names}。`,
        `Too old, so that the tier stands as it was; please renew: ${names}.`,
      ),
    ]
  }
  const used = knownOn.usageRate
  return used && used < addDays(today, -USAGE_DAYS)
    ? [say(`用信${asOf(used)}`, `Usage ${asOf(used)}`)]
    : []
}
