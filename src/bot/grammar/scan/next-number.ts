import { amountOf } from './kinds/amounts.ts'
import type { Candidate } from './kinds/lists.ts'
import type { Piece } from './piece.ts'

/** A number of the list that is glued to what was said of the one before it. */
const TAIL = /(?<=[万千百亿wk元块])(\d{1,3})$/i
const ENDS = /^(?:没|不|未|拒|已|有|考|想|要|在)?[\s,;.。!]*$/

/**
 * The number that comes next on the list, and is neither a part of the amount before it (11有意向5万12没接) nor
 * a count of what is said (1-3没接4): where it follows on the last one, it begins something of its own.
 */
export function withNext(
  pieces: readonly Piece[],
  lists: readonly Candidate[],
  text: string,
): { readonly pieces: readonly Piece[]; readonly lists: readonly Candidate[] } {
  if (!lists[0]?.starts) return { pieces, lists }
  const found: Candidate[] = []
  let [seen, last] = [0, 0]
  const cut = pieces.map((piece, place) => {
    for (; (lists[seen]?.end ?? Number.POSITIVE_INFINITY) <= piece.start; seen++) {
      last = Math.max(last, ...(lists[seen]?.value ?? []))
    }
    const number = seen > 0 ? nextIn(piece, last + 1, pieces[place + 1], text) : null
    // Not within a list of its own: 2 1 没接.
    if (!number || (lists[seen]?.start ?? text.length) < number.start) return piece
    found.push(number)
    last += 1
    return number.start === piece.start ? null : upTo(piece, number.start)
  })
  const starts = new Set(found.map(({ start }) => start))
  return {
    pieces: cut.flatMap((piece) => piece ?? []),
    lists: [...lists.filter(({ start }) => !starts.has(start)), ...found].toSorted(
      (a, b) => a.start - b.start,
    ),
  }
}

/** The number in a piece that is the next one; null: it has none. */
function nextIn(
  piece: Piece,
  next: number,
  behind: Piece | undefined,
  text: string,
): Candidate | null {
  const { kind, said, start, end } = piece
  const digits =
    kind === 'amount'
      ? said.match(TAIL)?.[1]
      : kind === 'count' || kind === 'number'
        ? said.match(/^\d{1,3}$/)?.[0]
        : undefined
  if (digits === undefined || Number(digits) !== next) return null
  const gap = behind ? text.slice(end, behind.start) : null
  const leads = behind?.kind === 'outcome' && (gap === '' || gap === ' ')
  // At the end of the line nothing was said of it: it is asked about.
  const dangles = kind !== 'amount' && ENDS.test(text.slice(end))
  if (!leads && !dangles) return null
  const place = { start: end - digits.length, end, said: digits, value: [Number(digits)] }
  return { kind: 'list', ...place, starts: start === 0, ordinal: false, sure: true }
}

/** What an amount is without the number glued to it. */
function upTo(piece: Piece, end: number): Piece {
  const said = piece.said.slice(0, end - piece.start)
  const { kind, start } = piece
  return { kind, start, end, said, value: null, ...amountOf(said) } as Piece
}
