import type { Client } from '../clients/rules.ts'

/** Two files that may be one person's: which stays, and which goes into it. */
export interface Pair {
  readonly kept: Client
  readonly merged: Client
}

/** Why two clients may be one. */
export type Likeness = 'same-number' | 'same-business' | 'same-place'

const RANK = { existing: 2, lapsed: 1, prospect: 0 } as const

/** Which of two files stays: of a client of the bank before a prospect, then the older one. */
export function pairOf(one: Client, other: Client): Pair {
  const first =
    RANK[one.kind] === RANK[other.kind]
      ? one.enteredAt <= other.enteredAt
      : RANK[one.kind] > RANK[other.kind]
  return first ? { kept: one, merged: other } : { kept: other, merged: one }
}
