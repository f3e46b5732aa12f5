import type { Refusal } from '../core/decision.ts'
import { type Actor, ROLES, type Role } from '../core/staff.ts'

/**
 * How far somebody's word reaches. `self`: to what is theirs alone. `own book`: to their own clients
 * and tasks. `serves`: also to those of whom they stand in for, to clients shared with them and to
 * clients of a task they were given. `unit below`: to all of their unit and the units below it.
 * `bank`: to everything.
 */
export type Reach = 'self' | 'own book' | 'serves' | 'unit below' | 'bank'

/** By role, how far its word reaches; a role that is not named may not say it at all. */
export type Reaches = Readonly<Partial<Record<Role, Reach>>>

/** Who may do something, and to what: a sentence of a feature's `policy.ts`. */
export interface Policy<About = unknown> {
  /** What is visible: what is found is within it, and everything else is as if it were not there. */
  readonly reach: Reaches
  /** What may be done: why this person may not do it to what was found; null when they may. */
  judge(who: Actor, about: About): Refusal | null
}

type Condition<About> = (who: Actor, about: About) => Refusal | null

const unconditionally = () => null

/** These roles may, as far as they reach, where none of the conditions says why not. */
export const may = <About>(
  reach: Reaches,
  ...conditions: readonly Condition<About>[]
): Policy<About> => ({
  reach,
  judge:
    conditions.length === 0
      ? unconditionally
      : (who, about) => {
          for (const condition of conditions) {
            const refusal = condition(who, about)
            if (refusal) return refusal
          }
          return null
        },
})

/** The same law where several are named at once: each is judged by itself, as it is found. */
export const each = (policy: Policy<never>): Policy => ({
  get reach() {
    return policy.reach
  },
  judge: unconditionally,
})

/** Every role, as far as this. */
export const everyone = (reach: Reach): Reaches =>
  Object.fromEntries(ROLES.map((role) => [role, reach]))

/** Whether somebody's tasks are this person's to work: their own, or of whom they stand in for. */
export const serves = (who: Actor, managerId: string): boolean =>
  who.id === managerId || who.standsInFor.includes(managerId)

/** Whether a unit is this person's own or below it. */
export const isBelow = (who: Actor, unitPath: string): boolean => unitPath.startsWith(who.unitPath)

/** Who asks, and how far their word reaches in what they ask; null: nowhere. */
export interface Asker {
  readonly who: Actor
  readonly reach: Reach | null
}

/** Somebody as a policy sees them, where no command of that policy runs. */
export const askerOf = (policy: Pick<Policy, 'reach'>, who: Actor): Asker => ({
  who,
  reach: policy.reach[who.role] ?? null,
})

/** The path at and below which units are within reach: all of them, or their own and those below. */
export const pathOf = ({ who, reach }: Asker): string => (reach === 'bank' ? '/' : who.unitPath)

/**
 * Whose clients and tasks are within reach, as statements read it. `own`: those of `staffIds`, those
 * shared with them and those of a task they were given. `subtree`: of everybody in the units below
 * `path`. `none`: nobody's.
 */
export type Scope =
  | { readonly kind: 'own'; readonly staffIds: readonly string[] }
  | { readonly kind: 'subtree'; readonly path: string }
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }

export function scopeOf({ who, reach }: Asker): Scope {
  switch (reach) {
    case 'self':
    case 'own book':
      return { kind: 'own', staffIds: [who.id] }
    case 'serves':
      return { kind: 'own', staffIds: [who.id, ...who.standsInFor] }
    case 'unit below':
      return { kind: 'subtree', path: who.unitPath }
    case 'bank':
      return { kind: 'all' }
    case null:
      return { kind: 'none' }
  }
}
