import type { Text } from './text.ts'

/** How far an outcome brings a client; of `applied` to `granted` each includes those before it. */
export const STAGES = [
  'none',
  'reached',
  'interested',
  'applied',
  'approved',
  'signed',
  'granted',
  'lost',
  'barred',
] as const
export type Stage = (typeof STAGES)[number]

/** A kind of outcome that the bank logs: data of its playbook. */
export interface OutcomeKind {
  /** What is kept in files and said in inputs; it never changes. */
  readonly code: string
  readonly label: Text
  /** What people say for it, in each language. */
  readonly words: { readonly zh: readonly string[]; readonly en: readonly string[] }
  readonly stage: Stage
  /** What has to be said beside it; null: nothing. */
  readonly asks: 'day' | 'amount' | null
  /** False: it is no longer logged, and keeps its name for what is on file. */
  readonly active: boolean
}

/** The bank's kinds in their order, also those that are no longer logged. */
export type OutcomeKinds = readonly OutcomeKind[]

/** The kinds that are logged. */
export const offeredKinds = (kinds: OutcomeKinds): OutcomeKind[] =>
  kinds.filter(({ active }) => active)

export const findKind = (kinds: OutcomeKinds, code: string): OutcomeKind | null =>
  kinds.find((each) => each.code === code) ?? null

/** The vocabulary of the kinds that are logged, label first: what readers of text go by. */
export const outcomeWords = (
  kinds: OutcomeKinds,
): readonly {
  readonly code: string
  readonly words: { readonly zh: readonly string[]; readonly en: readonly string[] }
}[] =>
  offeredKinds(kinds).map(({ code, label, words }) => ({
    code,
    words: {
      zh: [...new Set([label.zh, ...words.zh])],
      en: [...new Set([label.en, ...words.en])],
    },
  }))

/** Whether the client was reached: a day with such an outcome is a contact. */
export const isContact = (stage: Stage): boolean => stage !== 'none'

/** Stages from which on a client has applied, as SQL compares them. */
export const APPLIED_STAGES = [
  'applied',
  'approved',
  'signed',
  'granted',
] as const satisfies readonly Stage[]

/** Whether an outcome is a yes, or may become one, to the product that it names. */
export const isWanted = (stage: Stage): boolean =>
  stage === 'reached' ||
  stage === 'interested' ||
  (APPLIED_STAGES as readonly Stage[]).includes(stage)

/** What the program itself does besides: it silences a client, takes a number for dead. */
export const SILENCES = 'do-not-contact'
export const DEAD_NUMBER = 'wrong-number'

/** Nobody was reached, but somebody tried: a correction leaves it in the history. */
export const isAttempt = ({ code, stage }: Pick<OutcomeKind, 'code' | 'stage'>): boolean =>
  stage === 'none' && code !== DEAD_NUMBER
