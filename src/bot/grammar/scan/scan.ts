import { type Head, namesOf, numberHeads } from './heads.ts'
import { AMOUNTS } from './kinds/amounts.ts'
import { DAYS } from './kinds/days.ts'
import { type Candidate, candidates } from './kinds/lists.ts'
import { NAMES } from './kinds/names.ts'
import { LINKS, OPAQUE, PHONES } from './kinds/opaque.ts'
import { OUTCOMES } from './kinds/outcomes.ts'
import { PRODUCTS, URGENCIES } from './kinds/products.ts'
import { TIMES } from './kinds/times.ts'
import { blotted, unitsBehind, withNeighbours } from './neighbours.ts'
import { withNext } from './next-number.ts'
import {
  findAll,
  type Piece,
  type Recogniser,
  type ScanContext,
  type View,
  viewOf,
} from './piece.ts'
import { readTyped, type TypedLine } from './typed-line.ts'

/** A typed text with all that it says, once, no piece over another. */
export interface Scanned extends TypedLine {
  readonly pieces: readonly Piece[]
  /** Where what is said of a task or a client begins. */
  readonly heads: readonly Head[]
  /** Every list of numbers, also those that head nothing. */
  readonly lists: readonly Candidate[]
  /** The text with all pieces blotted out. */
  readonly open: string
  readonly context: ScanContext
}

export const RECOGNISERS: readonly Recogniser[] = [
  ...OPAQUE,
  ...PHONES,
  ...LINKS,
  NAMES,
  DAYS,
  ...TIMES,
  ...AMOUNTS,
  ...OUTCOMES,
  PRODUCTS,
  ...URGENCIES,
]
/** What has its own name comes before lists of numbers, and those before days and money. */
const BEFORE_LISTS = 2
const byRank = (ranks: (rank: number) => boolean) =>
  [
    ...Map.groupBy(
      RECOGNISERS.filter(({ rank }) => ranks(rank)),
      ({ rank }) => rank,
    ),
  ]
    .toSorted(([a], [b]) => a - b)
    .map(([, recognisers]) => recognisers)
const NAMED = byRank((rank) => rank <= BEFORE_LISTS)
const VALUES = byRank((rank) => rank > BEFORE_LISTS)

/** Rank by rank, each in what is left; within a rank the longest counts. */
function findIn(
  view: View,
  ranks: readonly (readonly Recogniser[])[],
): { pieces: Piece[]; view: View } {
  let left = view
  const pieces: Piece[] = []
  for (const rank of ranks) {
    const found = findAll(left, rank)
    if (found.length === 0) continue
    pieces.push(...found)
    left = { ...left, open: blotted(left.open, found) }
  }
  return { pieces, view: left }
}

const inOrder = (pieces: readonly Piece[]): Piece[] =>
  pieces.toSorted((a, b) => a.start - b.start || a.end - b.end)

/** The pieces that none of the others reaches into; both in order. */
function beside(pieces: readonly Piece[], others: readonly Piece[]): Piece[] {
  let next = 0
  return pieces.filter(({ start, end }) => {
    while (next < others.length && (others[next]?.end ?? 0) <= start) next++
    const other = others[next]
    return !other || other.start >= end
  })
}

/** What stands behind such a word is free, to the end of its line. */
export const FREE = /(?:^|[\s,;。、])(?:备注|附注|注|note|ps)[:\s]/gi

/** Whether a place is in free text. */
function freeIn(text: string): (place: number) => boolean {
  const begins = [...text.matchAll(FREE)].map(({ index }) => index)
  if (begins.length === 0) return () => false
  return (place) => {
    const line = text.lastIndexOf('\n', place - 1)
    return begins.some((free) => free < place && free >= line)
  }
}

/** Everything that a text says. Heads are decided when all the rest is known. */
export function scan(typed: string, context: ScanContext): Scanned {
  const line = readTyped(typed)
  const { text } = line
  const start = viewOf(text, context)
  const named = findIn(start, NAMED)
  const listed = candidates(named.view)
  const values = findIn(named.view, VALUES)
  const { pieces: all, lists } = withNext(
    inOrder([...named.pieces, ...values.pieces]),
    listed,
    text,
  )
  const isFree = freeIn(text)
  const said = <Each extends Piece>(found: readonly Each[]) =>
    found.filter((each) => !isFree(each.start))
  const numbers = numberHeads(said(lists), said(all), start)
  const pieces = beside(all, numbers)
  const names = namesOf(said(pieces), numbers, start)
  const heads = inOrder([...numbers, ...names.heads]) as Head[]
  const open = blotted(text, inOrder([...pieces, ...numbers]))
  const ours = new Set<Piece>([...names.heads, ...names.own])
  const told = pieces.map((piece) =>
    piece.kind === 'name' && !ours.has(piece) ? { ...piece, tells: true as const } : piece,
  )
  const known = inOrder([...told, ...unitsBehind(pieces, text)])
  return { ...line, pieces: withNeighbours(known, open), heads, lists, open, context }
}
