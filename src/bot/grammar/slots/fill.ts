import type { Doubt } from '../reading.ts'
import type { Piece } from '../scan/piece.ts'
import { FREE } from '../scan/scan.ts'
import { noteOf } from './kinds/note.ts'
import type { Fields, Part, Slot, SlotDoubt, Subject } from './slot.ts'

/** A part up to a place. */
function until(part: Part, end: number): Part {
  return { ...part, end, pieces: part.pieces.filter((piece) => piece.end <= end) }
}
/** A part from a place on. */
export function since(part: Part, start: number): Part {
  return { ...part, start, pieces: part.pieces.filter((piece) => piece.start >= start) }
}

export interface FoundDoubt {
  readonly slot: Slot
  readonly doubt: SlotDoubt
}

export interface Filled {
  readonly values: Fields
  readonly doubts: readonly FoundDoubt[]
  /** Every piece that a slot took, weighed or doubted: none but these and what only tells was said. */
  readonly accounted: ReadonlySet<Piece>
}

/** Where the free text of a part begins; its end where there is none. */
function freeFrom({ scanned, start, end }: Part): number {
  const free = scanned.text.slice(start, end).search(new RegExp(FREE.source, 'i'))
  return free < 0 ? end : start + free
}

/**
 * The values that a part gives to slots. Each piece is the value of one slot or the reason of a doubt;
 * what is left of the part is the note, whole. `before`: what was found for the thing said before;
 * `taken`: pieces that are something of their own.
 */
export function fill(
  part: Part,
  slots: readonly Slot[],
  before: Fields | null = null,
  taken: readonly Piece[] = [],
): Filled {
  const read = until(part, freeFrom(part))
  const claims = new Set<Piece>(taken)
  const accounted = new Set<Piece>(taken)
  const doubts: FoundDoubt[] = []
  const values: Record<string, unknown> = {}
  let [rest, whole] = [read, part]
  for (const slot of slots) {
    const found = slot.take(slot.rest ? whole : rest, before, claims)
    const doubt = found.doubt ?? (slot.required && found.value === null ? MISSING : null)
    if (!slot.leaves || found.value !== null) values[slot.field] = found.value
    Object.assign(values, found.more)
    for (const piece of found.claims) claims.add(piece)
    for (const piece of [...found.claims, ...(found.weighed ?? [])]) accounted.add(piece)
    for (const each of doubt ? [doubt, ...(found.further ?? [])] : []) {
      doubts.push({ slot, doubt: each })
      for (const piece of each.about) accounted.add(piece)
    }
    if (found.from !== undefined)
      [rest, whole] = [since(rest, found.from), since(whole, found.from)]
  }
  return { values, doubts, accounted }
}

const MISSING: SlotDoubt = { code: 'missing', said: '', about: [] }

/** A doubt as the conversation asks it; `paths`: where the answer goes. */
export const asked = (
  { slot, doubt }: FoundDoubt,
  subject: Subject,
  part: Part,
  paths: readonly string[],
): Doubt => ({ ...slot.ask(doubt, subject, part), slots: paths })

/** A field that need not be said. */
export const opt = (slot: Slot): Slot => ({ ...slot, required: false })

/** What is left of the part, as typed. */
export const rest = (field: string): Slot => ({
  field,
  kinds: [],
  rest: true,
  take: (part, _before, claimed) => ({ value: noteOf(part, claimed), claims: [] }),
  ask: () => ({
    question: { zh: '还要记什么？请写一句。', en: 'What is to be noted? One sentence will do.' },
    expects: 'text',
  }),
})
