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

const LEADING = /[\s,;:。、]/
const TRAILING = /[\s,;:、]/

/** A part without what was taken at its ends. A line may be full of what was taken: one way through, each end. */
function left({ scanned, start, end }: Part, taken: readonly { start: number; end: number }[]) {
  const { text } = scanned
  let [from, to] = [start, end]
  const begin = () => {
    while (from < to && LEADING.test(text[from] as string)) from += 1
  }
  const finish = () => {
    while (to > from && TRAILING.test(text[to - 1] as string)) to -= 1
  }
  begin()
  for (const each of taken.toSorted((a, b) => a.start - b.start)) {
    if (each.start > from) break
    if (each.end <= from || each.end > to) continue
    from = each.end
    begin()
  }
  finish()
  for (const each of taken.toSorted((a, b) => b.end - a.end)) {
    if (each.end < to) break
    if (each.start >= to || each.start < from) continue
    to = each.start
    finish()
  }
  return { start: from, end: to }
}
