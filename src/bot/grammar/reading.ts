import type { Day } from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'
import type { Text } from '../../core/text.ts'
import { readAmount } from './amount.ts'
import { takeDay } from './day.ts'
import { normalise } from './normalise.ts'
import { readPhone } from './phone.ts'
import { readTime } from './time/time-of-day.ts'

/** What an answer must be to fill a slot; `among`: one of these words, each with what it stands for. */
export type Expects =
  | 'day'
  | 'hour'
  | 'amount'
  | 'phone'
  | 'text'
  /** Somebody of the bank, by name or staff code. */
  | 'colleague'
  /** A file that is sent: its upload's id. */
  | 'file'
  | { readonly among: Readonly<Record<string, string>> }

/** Whether any text may be the answer. */
export const isFree = (expects: Expects): boolean => expects === 'text' || expects === 'colleague'

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

/** What says that the rest is the answer, whatever it looks like. */
const ANSWERING = /^(?:答|回答|答复|理由|原因|answer|reason)\s*:\s*/i

/** An hour, of whatever shape, in what is left of an answer once its day was read. */
const HOUR = /[\d一二三四五六七八九十两]\s*(?:[点时:]|[ap]\.?m\b)/i

/**
 * The hour that an answer names beside its day (明天下午3点); null: none. `unclear`: there is one that is not read,
 * as 3点 may be before and after noon.
 */
export function hourBesideDay(typed: string, today: Day, workdays: Workdays): string | null {
  const left = takeDay(normalise(typed), today, workdays)?.rest.trim() ?? ''
  return HOUR.test(left) ? (readTime(left) ?? 'unclear') : null
}

/** The value that an answer gives to a slot; null when it is no answer to that. */
export function readSlot(
  expects: Expects,
  typed: string,
  today: Day,
  workdays: Workdays,
): string | number | null {
  const said = normalise(typed)
  switch (expects) {
    case 'text':
    case 'colleague':
      return said.replace(ANSWERING, '') || null
    case 'file':
      return null
    case 'amount':
      return readAmount(said)
    case 'hour':
      return readTime(said)
    case 'phone':
      return readPhone(said)
    case 'day': {
      const taken = takeDay(said, today, workdays)
      return taken && 'day' in taken ? taken.day : null
    }
    default:
      return expects.among[said.toLowerCase()] ?? null
  }
}
