import type { Day } from '../../core/calendar/time.ts'
import type { OutcomeKinds } from '../../core/outcome.ts'
import type { Playbook, PlaybookOutcome } from './rules.ts'

/** The kinds of a playbook in their order, as everything but what follows them knows them. */
export const kindsOf = (outcomes: Playbook['outcomes']): OutcomeKinds =>
  inOrder(outcomes).map(([code, { label, words, stage, asks, active }]) => {
    return { code, label, words, stage, asks, active }
  })

/** The kinds with their codes, in their order. */
export const inOrder = (outcomes: Playbook['outcomes']): [string, PlaybookOutcome][] =>
  Object.entries(outcomes).sort(([, a], [, b]) => a.place - b.place)

/** Kinds from a day on. */
export interface DatedKinds {
  readonly from: Day
  readonly kinds: OutcomeKinds
}

/** The kinds in force on a day, of editions in the order in which they come into force. */
export const kindsOn = (editions: readonly DatedKinds[], day: Day): OutcomeKinds =>
  editions.findLast(({ from }) => from <= day)?.kinds ?? editions[0]?.kinds ?? []
