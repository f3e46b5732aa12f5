import type { Day } from '../../../core/calendar/time.ts'
import type { Moment } from '../../moment.ts'

/**
 * Why a value that was seen is not sure. `unclear`: it may be several or none; `past` and
 * `not-on-calendar`: such a day; `out-of-range`: no such amount; `strange`: what touches it is unknown.
 */
export type DoubtCode = 'unclear' | 'past' | 'not-on-calendar' | 'out-of-range' | 'strange'

/**
 * An outcome's word. `turned`: said not to be; `asked`: a question, a condition, or of another; `weak`: it counts
 * where no other outcome is said.
 */
export interface HeardOutcome {
  readonly code: string
  readonly how: 'sure' | 'turned' | 'asked' | 'weak'
}

/** A time of day as minutes since midnight, or a wait of so many minutes. */
export type SaidTime = { readonly minutes: number } | { readonly inMinutes: number }

/** The kinds of pieces, and what each stands for. */
export interface PieceValues {
  /** Digits that are nothing of ours: a link, an account, an address. */
  opaque: null
  /** A number of an ID paper or a business. */
  identity: string
  phone: string
  /** Whole yuan. */
  amount: number
  /** A number without a unit. */
  number: number
  /** A number with what it counts: 3次. */
  count: null
  day: Day
  time: SaidTime
  /** Places on the list of tasks. */
  list: readonly number[]
  /** A client's name, as it is on file. */
  name: string
  outcome: HeardOutcome
  /** The same as of the one before. */
  same: null
  product: string
  urgency: string
}

export type Kind = keyof PieceValues

/** A part of a line that says something. */
export type Piece<Of extends Kind = Kind> = {
  [Each in Of]: {
    readonly kind: Each
    readonly start: number
    readonly end: number
    readonly said: string
    /** Null: it is not sure, see `doubt`, or there is none. */
    readonly value: PieceValues[Each] | null
    readonly doubt?: DoubtCode
    /** It only tells: money of something else, a day that has been. No slot takes it. */
    readonly tells?: true
  }
}[Of]

/** With what a text is scanned. */
export interface ScanContext {
  readonly at: Moment
  /** Of clients whom this text may name. */
  readonly names: readonly string[]
}

/** A text with what lower ranks took blotted out, place for place. */
export interface Seen {
  readonly open: string
  readonly text: string
  /** Its characters; `0` for any digit, `a` for any Latin letter. */
  readonly letters: ReadonlySet<string>
}

/** A text that is read on a day. */
export interface Dated extends Seen {
  readonly context: { readonly at: Pick<Moment, 'today' | 'workdays'> }
}

export interface View extends Dated {
  readonly context: ScanContext
}

export const viewOf = <Context>(text: string, context: Context) => ({
  ...{ open: text, text, context },
  letters: lettersOf(text),
})

function lettersOf(text: string): ReadonlySet<string> {
  const letters = new Set(text)
  if (/\d/.test(text)) letters.add('0')
  if (/[a-z]/i.test(text)) letters.add('a')
  return letters
}

/**
 * What a text must have for an expression to find anything in it: of each of these words one character (`0` any
 * digit, `a` any Latin letter). To look is far cheaper than to run the expression.
 */
export type Needs = readonly string[]

export const hasAll = ({ letters }: Seen, needs: Needs): boolean => {
  for (const word of needs) {
    let place = 0
    while (place < word.length && !letters.has(word.charAt(place))) place++
    if (place === word.length) return false
  }
  return true
}

/** Finds pieces of a rank: what is taken at a lower rank, none of a higher one sees. */
export interface Recogniser<In extends Seen = View> {
  readonly rank: number
  /** Without these there is nothing to find. */
  readonly needs: Needs
  find(view: In): Iterable<Piece>
}

/** Stands for what is taken: no letter, digit, blank or mark, so that no pattern runs through it. */
export const TAKEN = '\ue000'

/** So much beside a piece tells what it is of. */
const NEAR = 40
export const before = (text: string, start: number): string =>
  text.slice(Math.max(0, start - NEAR), start)
export const after = (text: string, end: number): string => text.slice(end, end + NEAR)

/** What a match comes to: its value, or why it has none. */
export type Reading<Of extends Kind> =
  | { readonly value: PieceValues[Of] | null; readonly tells?: true }
  | { readonly doubt: DoubtCode; readonly tells?: true }

const NO_MATCHES: RegExpExecArray[] = []

/** All matches of a global expression. `matchAll` copies the expression each time, which takes longer than most lines. */
export function matchesIn(text: string, source: RegExp): readonly RegExpExecArray[] {
  source.lastIndex = 0
  let found = NO_MATCHES
  for (let match = source.exec(text); match; match = source.exec(text)) {
    if (found === NO_MATCHES) found = [match]
    else found.push(match)
    if (match[0] === '') source.lastIndex++
  }
  return found
}

/** A recogniser of one pattern; `read` gives null for what is none of its kind. */
export function pattern<Of extends Kind>(
  rank: number,
  kind: Of,
  needs: Needs,
  source: RegExp,
  read: (match: RegExpExecArray, view: Seen) => Reading<Of> | null = () => ({ value: null }),
): Recogniser<Seen> {
  return {
    ...{ rank, needs },
    find: (view) =>
      matchesIn(view.open, source).flatMap((match) => {
        const [said] = match
        const found = said === '' ? null : read(match, view)
        const place = { start: match.index, end: match.index + said.length, said }
        return found ? ({ kind, value: null, ...place, ...found } as Piece<Of> as Piece) : []
      }),
  }
}

/** What recognisers find in a text; of pieces that overlap the longest. */
export function findAll<In extends Seen>(view: In, among: readonly Recogniser<In>[]): Piece[] {
  const found: Piece[] = []
  for (const each of among) if (hasAll(view, each.needs)) found.push(...each.find(view))
  return settle(found, view.text.length)
}

/** Of pieces that overlap the longest, of equals the earliest. */
function settle(found: Piece[], length: number): Piece[] {
  if (found.length < 2) return found
  const taken = new Uint8Array(length)
  const longest = found.toSorted((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)
  const kept = longest.filter(({ start, end }) => {
    if (taken.subarray(start, end).includes(1)) return false
    taken.fill(1, start, end)
    return true
  })
  return kept.sort((a, b) => a.start - b.start)
}

export function ofKind<Of extends Kind>(pieces: readonly Piece[], kind: Of): Piece<Of>[] {
  return pieces.filter((piece): piece is Piece<Of> & Piece => piece.kind === kind) as Piece<Of>[]
}
