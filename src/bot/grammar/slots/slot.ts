import type { Text } from '../../../core/text.ts'
import type { Expects, Reading } from '../reading.ts'
import type { DoubtCode, Kind, Piece } from '../scan/piece.ts'
import type { Scanned } from '../scan/scan.ts'

/** What is said of one thing: a part of a scanned text, with the pieces in it. */
export interface Part {
  readonly scanned: Scanned
  readonly start: number
  readonly end: number
  readonly pieces: readonly Piece[]
}

/** Why a field has no value that can be relied on. `several`: more than one; `missing`: none. */
export interface SlotDoubt {
  readonly code: DoubtCode | 'several' | 'missing'
  /** As it was read; empty where nothing was. */
  readonly said: string
  /** The pieces that it is about. */
  readonly about: readonly Piece[]
  /** Of a field with parts, the one that it is about: where the answer goes. */
  readonly within?: string
  /** Of a question with few answers, those that are likely; absent: all. */
  readonly likely?: readonly string[]
}

/** What a slot made of a part. */
export interface Taken {
  /** Null: nothing was said, or it is in doubt. */
  readonly value: unknown
  /** Pieces that are the value: they are no part of the note. */
  readonly claims: readonly Piece[]
  /** Values of further fields that the slot found. */
  readonly more?: Readonly<Record<string, unknown>>
  /** Where the rest of the part begins, for a slot that stands first. */
  readonly from?: number
  /** Pieces that were weighed and left: they stay in the note. */
  readonly weighed?: readonly Piece[]
  readonly doubt?: SlotDoubt
  /** Of a field with parts, what else is in doubt. */
  readonly further?: readonly SlotDoubt[]
}

/** A question and what answers it. */
export interface Asked {
  readonly question: Text
  readonly expects: Expects
}

/** Whom or what a question is about (第 3 件); null: the line is about one thing. */
export type Subject = Text | null

/** One field of what a command takes, and how it is said. */
export interface Slot {
  readonly field: string
  /** The kinds of pieces that are this field's, and nobody else's. */
  readonly kinds: readonly Kind[]
  /** Asked for where nothing is said. */
  readonly required?: boolean
  /** Where nothing is said, the field is left out and not null. */
  readonly leaves?: true
  /** The line means the command only with it. */
  readonly first?: true
  /** With it the line means something else. */
  readonly unmeant?: true
  /** What it asks for is asked behind what the others ask. */
  readonly asksLast?: true
  /** It takes what the others leave, free text too. */
  readonly rest?: true
  /**
   * `before`: what was found for the thing said before, which 同上 repeats; `claimed`: what the slots
   * before this one took.
   */
  take(part: Part, before: Fields | null, claimed: ReadonlySet<Piece>): Taken
  ask(doubt: SlotDoubt, subject: Subject, part: Part): Asked
}

export type Fields = Readonly<Record<string, unknown>>

/** What a line came to, with all the pieces that it accounts for: in a slot, weighed, or in a question. */
export interface Account<Input = Fields> {
  readonly reading: Reading<Input>
  readonly accounted: ReadonlySet<Piece>
}

/** A line that is not meant. */
export const NOT_MEANT: Account<never> = { reading: { kind: 'no' }, accounted: new Set() }

export const nothing: Taken = { value: null, claims: [] }

const TRAILING = /[\s,;，；、]+$/

/** A part without what other slots took at its end. */
export function beforeClaimed(part: Part, claimed: ReadonlySet<Piece>): Part {
  let { end } = part
  for (let last = -1; last !== end; ) {
    last = end
    end -= part.scanned.text.slice(part.start, end).match(TRAILING)?.[0].length ?? 0
    for (const piece of claimed)
      if (piece.end >= end && piece.start > part.start) end = Math.min(end, piece.start)
  }
  return { ...part, end, pieces: part.pieces.filter((piece) => piece.start < end) }
}

/** The pieces of a kind that a slot of it may take: no such that only tells. */
export const taking = <Of extends Kind>(part: Part, kind: Of): Piece<Of>[] =>
  part.pieces.filter((piece) => piece.kind === kind && !piece.tells) as Piece<Of>[]

/** One value of several pieces: equal ones are one, different ones are asked about. */
export function oneOf<Of extends Kind>(pieces: readonly Piece[] & readonly Piece<Of>[]): Taken {
  const [first, ...more] = pieces
  if (!first) return nothing
  const doubtful = pieces.find(({ doubt }) => doubt)
  if (doubtful?.doubt) return inDoubt(doubtful.doubt, pieces, doubtful.said)
  if (more.some(({ value }) => value !== first.value)) return inDoubt('several', pieces)
  return { value: first.value, claims: pieces }
}

export const inDoubt = (
  code: SlotDoubt['code'],
  about: readonly Piece[],
  said: string = [...new Set(about.map((piece) => piece.said.trim()))].join('、'),
): Taken => ({ value: null, claims: about, doubt: { code, said, about } })
