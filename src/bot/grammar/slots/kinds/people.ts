import type { Text } from '../../../../core/text.ts'
import { normalise } from '../../normalise.ts'
import type { Piece } from '../../scan/piece.ts'
import { asTypedIn } from '../../scan/typed-line.ts'
import { nothing, type Part, type Slot } from '../slot.ts'

// Several people, clients or colleagues, one after the other: 王五、赵六, John Smith and Mary Brown.

const BETWEEN = /^(?:[\s,、;和跟与及&]|\band\b)+/i
/** In Chinese a name ends at a blank; in English it may have one, but a code ends there too. */
const ONE =
  /^(?:[a-z]{1,4}\d{1,8}(?![\p{L}\d])|[a-z][a-z.'’-]*(?: (?!and\b)[a-z][a-z.'’-]*(?!\d)){0,2}(?![\p{Script=Han}\d])|[^\s,、;。!?.~…和跟与及&]{1,40})/iu

/** The names from a place on, as far as nothing else is said: a day, an amount. */
function namesFrom({ scanned, pieces, end }: Part, start: number): readonly Piece[] {
  const { text } = scanned
  const found: Piece[] = []
  for (let place = start; place < end; ) {
    place += text.slice(place, end).match(BETWEEN)?.[0].length ?? 0
    const known = pieces.find((each) => each.kind === 'name' && each.start === place)
    const said = known?.said ?? text.slice(place, end).match(ONE)?.[0] ?? ''
    const last = place + said.length
    const other = pieces.some(
      ({ kind, ...each }) =>
        kind !== 'name' && kind !== 'opaque' && each.start < last && each.end > place,
    )
    if (said === '' || other) break
    const value = known?.kind === 'name' ? known.value : null
    found.push({ kind: 'name', start: place, end: last, said, value })
    place = last
  }
  return found
}

/**
 * All who are named behind what leads to them, as an array. `lead`: what stands before them; `trail`: what may
 * stand behind them and says nothing else.
 */
export const people = (
  field: string,
  question: Text,
  { lead, trail }: { readonly lead?: RegExp; readonly trail?: RegExp } = {},
): Slot => ({
  field,
  kinds: ['name'],
  required: true,
  take(part) {
    const text = part.scanned.text.slice(part.start, part.end)
    const from = part.start + (lead ? (text.match(lead)?.[0].length ?? 0) : 0)
    const tail = trail ? (text.match(trail)?.[0].length ?? 0) : 0
    const end = part.end - tail
    const names = namesFrom({ ...part, end }, from)
    const [first] = names
    if (!first) return nothing
    const last = names.at(-1) ?? first
    const all = names.map(({ value, said, ...place }) =>
      String(value ?? (normalise(asTypedIn(part.scanned, place.start, place.end)) || said)),
    )
    const stop =
      tail > 0 && part.scanned.text.slice(last.end, end).trim() === '' ? part.end : last.end
    const place = { start: part.start, end: stop }
    const said = part.scanned.text.slice(place.start, place.end)
    const claim: Piece = { kind: 'opaque', value: null, said, ...place }
    const weighed = part.pieces.filter((each) => each.start < last.end)
    return { value: [...new Set(all)], claims: [claim], weighed }
  },
  ask: () => ({ expects: 'text', question }),
})
