import type { Piece } from '../../scan/piece.ts'
import { asTypedIn } from '../../scan/typed-line.ts'
import { isOnlyFillers } from '../../scan/words/fillers.ts'
import type { Part } from '../slot.ts'

/** Where a clause ends: at a mark, and at a blank that is not between two English words. */
const BREAK = /[,;。!?\n]|(?<=\))(?=.)|(?<![a-z'"]) | (?![a-z'"(])/gi
/** What a note begins or ends with and is no part of it. */
const LEADING = /^[\s,:;，：；。、./!！)）>~-]+|^(?:备注|附注|注|note|ps)[:：\s]+/i
const TRAILING = /(?<![\s,;:、，；：/])[\s,;，；、:：/]+$/

interface Clause {
  readonly start: number
  readonly end: number
}

function clausesOf({ scanned, start, end }: Part): Clause[] {
  const clauses: Clause[] = []
  let from = start
  for (const { 0: mark, index } of scanned.text.slice(start, end).matchAll(BREAK)) {
    clauses.push({ start: from, end: start + index })
    from = start + index + mark.length
  }
  return [...clauses, { start: from, end }]
}

/** A clause with some of the pieces taken out, of which those before `first` end before it begins. */
function without(
  part: Part,
  { start, end }: Clause,
  gone: readonly Piece[],
  first: number,
): string[] {
  const left: string[] = []
  let place = start
  // By index: a line of a thousand clauses and pieces is walked once.
  for (let index = first; index < gone.length; index++) {
    const piece = gone[index]
    if (!piece || piece.start >= end) break
    left.push(part.scanned.text.slice(place, Math.max(place, piece.start)))
    place = Math.max(place, piece.end)
  }
  return [...left, part.scanned.text.slice(place, Math.max(place, end))]
}

/**
 * What a part says beyond the pieces that are values: from the first clause with something left to the
 * last, as typed and whole. Null: nothing but values and fillers was said.
 */
export function noteOf(part: Part, claimed: ReadonlySet<Piece>): string | null {
  const gone = [...claimed]
    .filter(({ start, end }) => start < part.end && end > part.start)
    .sort((a, b) => a.start - b.start)
  let next = 0
  const says = clausesOf(part).filter((clause) => {
    while ((gone[next]?.end ?? Number.POSITIVE_INFINITY) <= clause.start) next++
    return without(part, clause, gone, next).some((text) => !isOnlyFillers(text))
  })
  const [first, last] = [says[0], says.at(-1)]
  if (!first || !last) return null
  const typed = asTypedIn(part.scanned, startOf(part, first, gone), endOf(part, last, gone))
  let note = typed
  for (let before = ''; before !== note; ) {
    before = note
    note = note.replace(LEADING, '')
  }
  return note.replace(TRAILING, '').trim() || null
}

/** 3 拒绝利率高: values that a clause begins with stand before the note. */
function startOf(part: Part, { start, end }: Clause, gone: readonly Piece[]): number {
  const { scanned } = part
  // An English sentence stays whole: wants a card too.
  if (start > part.start && /^\s*[a-z]/i.test(scanned.text.slice(start, end))) return start
  let place = start
  for (const piece of gone) {
    if (piece.start < start || piece.end > end || piece.doubt) continue
    if (!isOnlyFillers(scanned.text.slice(place, piece.start))) break
    place = piece.end
  }
  const particles =
    scanned.text.slice(place, end).match(/^[了啊哦呢吧呀的过]+(?=[\s,;。])/)?.[0] ?? ''
  return place + particles.length
}

/** 30 staff soon: values that a clause ends with, set off by a blank, stand behind the note. */
function endOf(
  { scanned: { text } }: Part,
  { start, end }: Clause,
  gone: readonly Piece[],
): number {
  let place = end
  for (const piece of gone.toReversed()) {
    if (piece.start <= start || piece.end > end || piece.doubt) continue
    if (!isOnlyFillers(text.slice(piece.end, place)) || text[piece.start - 1] !== ' ') break
    place = piece.start
  }
  return place
}
