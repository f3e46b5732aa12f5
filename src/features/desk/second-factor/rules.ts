import type { Role } from '../../../core/staff.ts'

/** Wrong codes in a row that end one's sessions, and for how long none is taken then. */
export const MOST_WRONG = 5
export const LOCKED_MINUTES = 15

/** Whose pages change what weighs, or show the whole bank: they need a second factor where the bank demands it. */
const WEIGHTY: readonly Role[] = ['risk', 'marketing', 'head']

/** What a browser still needs before it shows pages: nothing, a code of the app, or first of all an app. */
export type Needs = 'nothing' | 'code' | 'app'

/** @param demanded the bank demands a second factor of those whose pages weigh */
export function needsOf(
  { role, hasApp, verified }: { role: Role; hasApp: boolean; verified: boolean },
  demanded: boolean,
): Needs {
  if (hasApp) return verified ? 'nothing' : 'code'
  return demanded && WEIGHTY.includes(role) ? 'app' : 'nothing'
}

/** What became of a code that was typed. */
export type Checked =
  | { readonly kind: 'right'; readonly first: boolean }
  | { readonly kind: 'wrong'; readonly left: number }
  | { readonly kind: 'locked'; readonly now: boolean }
