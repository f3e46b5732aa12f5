import type { Text } from '../../core/text.ts'

/** What an answer must be to fill a slot; `among`: one of these words, each with what it stands for. */
export type Expects =
  | 'day'
  | 'hour'
  | 'amount'
  /** A whole number, of pieces and not of yuan. */
  | 'count'
  | 'phone'
  | 'text'
  /** Somebody of the bank, by name or staff code. */
  | 'colleague'
  /** A client, by whatever names one. */
  | 'client'
  /** A file that is sent: its upload's id. */
  | 'file'
  | { readonly among: Readonly<Record<string, string>> }

/** So many answers are offered to one doubt at most, which is all outcomes as shipped; another is typed. */
export const MOST_OFFERED = 15

/** Whether any text may be the answer. */
export const isFree = (expects: Expects): boolean =>
  expects === 'text' || expects === 'colleague' || expects === 'client'

/** A question about what was unclear, and where its answer goes: paths into the input (`items.0.nextDate`). */
export interface Doubt {
  readonly question: Text
  readonly slots: readonly string[]
  readonly expects: Expects
}

/**
 * What a reader made of a line. `asks`: understood but for the doubts, which are asked one after the
 * other while the rest is kept. `no`: this is not meant.
 */
export type Reading<Input> =
  | { readonly kind: 'understood'; readonly input: Input }
  | {
      readonly kind: 'asks'
      readonly input: Input
      readonly doubts: readonly [Doubt, ...Doubt[]]
    }
  | { readonly kind: 'no' }

/** Reads a command that is its word alone. */
export const wholeLine =
  <Input>(input: Input) =>
  (rest: string): Reading<Input> =>
    /^[\s.,!?。!?、~]*$/.test(rest) ? { kind: 'understood', input } : { kind: 'no' }

/** Reads a command that is its word alone and still wants a file, `uploadId`, which is asked for. */
export const wantsFile =
  (question: Text) =>
  (rest: string): Reading<unknown> =>
    rest
      ? { kind: 'no' }
      : {
          kind: 'asks',
          input: {},
          doubts: [{ question, slots: ['uploadId'], expects: 'file' }],
        }
