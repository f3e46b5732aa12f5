import type { Day } from '../../core/calendar/time.ts'
import { type KnownOn, tooOld } from './ages.ts'
import type { FactName, Facts } from './facts.ts'
import { decideTier, type TierDecision } from './rules.ts'
import type { Standard } from './standard.ts'

/** What a decision looks at besides the facts. */
export interface About {
  readonly knownOn: KnownOn
  readonly today: Day
  /** What was said last of the client; null: nothing. */
  readonly decided: string | null
}

export interface KnownDecision extends TierDecision {
  /** Recorded facts that are too old and that the tier hangs on; none: it hangs on none. */
  readonly old: readonly FactName[]
}

/**
 * The tier of a client of whom some facts are older than they may be. Such a fact counts as unknown, but
 * age alone moves nobody: where what is known leads elsewhere than what was believed, the last tier
 * holds, provisionally, until the facts are renewed or something else changes.
 * `tiers/batch/tier-sql.ts` says the same in SQL.
 */
export function decideKnown(
  standard: Standard,
  recorded: Facts,
  { knownOn, today, decided }: About,
): KnownDecision {
  const old = tooOld(recorded, knownOn, standard.ages, today)
  const believed = decideTier(standard, recorded)
  if (old.length === 0) return { ...believed, old }
  const unknown = Object.fromEntries(old.map((name) => [name, null]))
  const known = decideTier(standard, { ...recorded, ...unknown })
  const same = known.tier === believed.tier && known.provisional === believed.provisional
  if (same) return { ...believed, old: [] }
  if (decided === null) return { ...known, old: [] }
  const tier = known.tier === decided ? decided : believed.tier
  const missing = old.filter((name) => known.missing.includes(name))
  return { ...known, tier, provisional: true, old: missing.length > 0 ? missing : old }
}
