import type { Text } from '../../../../core/text.ts'
import { asTypedIn } from '../../scan/typed-line.ts'
import type { Part, Slot, Subject } from '../slot.ts'

/**
 * All that is left, as it was typed: what is said to be kept and not to be read (a complaint, a reason). What
 * slots before it took at its beginning or end is no part of it. Asked for where nothing is left.
 */
export const words = (field: string, question: (whose: Text) => Text): Slot => ({
  field,
  kinds: [],
  rest: true,
  required: true,
  take(part, _before, claimed) {
    const { start, end } = left(part, [...claimed])
    return { value: asTypedIn(part.scanned, start, end) || null, claims: [] }
  },
  ask: (_doubt, subject) => ({ question: question(subject ?? NOBODY), expects: 'text' }),
})

const NOBODY: NonNullable<Subject> = { zh: '这位客户', en: 'the client' }

const LEADING = /^[\s,;:。、]+/
const TRAILING = /(?<![\s,;:、])[\s,;:、]+$/

/** A part without what was taken at its ends. */
function left({ scanned, start, end }: Part, taken: readonly { start: number; end: number }[]) {
  let [from, to] = [start, end]
  for (let before = -1; before !== from - to; ) {
    before = from - to
    const text = scanned.text.slice(from, to)
    from += text.match(LEADING)?.[0].length ?? 0
    to = Math.max(from, to - (text.match(TRAILING)?.[0].length ?? 0))
    const first = taken.find((each) => each.start <= from && each.end > from && each.end <= to)
    const last = taken.find((each) => each.end >= to && each.start < to && each.start >= from)
    if (first) from = first.end
    else if (last) to = last.start
  }
  return { start: from, end: to }
}
