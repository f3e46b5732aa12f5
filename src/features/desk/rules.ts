import type { Actor } from '../../core/staff.ts'
import { type Scope, scopeOf } from '../staff/rules.ts'

/** A link opens the pages once, within this time. */
export const LINK_MINUTES = 10

/** A browser is let in for a working day. */
export const SESSION_HOURS = 10

/** Who has pages: those who answer for the work of others. */
export const READERS = ['lead', 'head', 'marketing', 'risk'] as const

export const mayRead = (who: Actor): boolean => READERS.some((role) => role === who.role)

/** The path below which a reader's pages look; nothing above it is ever in them. */
export function realmOf(who: Actor): string | null {
  const scope: Scope = scopeOf(who)
  if (scope.kind === 'all') return '/'
  return scope.kind === 'subtree' ? scope.path : null
}

/** The pages there are, in the order of the tabs. */
export const TABS = ['campaigns', 'tiers', 'load', 'referrals', 'hand-over'] as const
export type Tab = (typeof TABS)[number]
