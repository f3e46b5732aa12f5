import type { Piece } from '../../scan/piece.ts'
import { asTypedIn } from '../../scan/typed-line.ts'
import { nothing, type Slot } from '../slot.ts'

/**
 * What stands behind a label, to the end or to what was taken there, as typed: 证据：身份证. `label` matches up to
 * where that begins; null where it is not said.
 */
export const tail = (field: string, label: RegExp): Slot => ({
  field,
  kinds: [],
  rest: true,
  take({ scanned, start, end: last }, _before, claimed) {
    const end = [...claimed].find((each) => each.end >= last && each.start > start)?.start ?? last
    const found = label.exec(scanned.text.slice(start, end))
    if (!found) return nothing
    const from = start + found.index + found[0].length
    const value = asTypedIn(scanned, from, end).replace(/[\s,，;；]+$/, '')
    const place = { start: start + found.index, end, said: value }
    const piece: Piece = { kind: 'opaque', value: null, ...place }
    return { value: value || null, claims: [piece] }
  },
  ask: () => ({ expects: 'text', question: { zh: '请写一句。', en: 'One sentence will do.' } }),
})
