import type { Text } from '../../../core/text.ts'
import type { Moment } from '../../moment.ts'
import type { Doubt, Expects } from '../reading.ts'
import { scan } from '../scan/scan.ts'
import type { Asked, Slot } from '../slots/slot.ts'

// What a command's word by itself lacks (走访, 派): asked for, the first of it first.

export const WHICH_CLIENT: Asked = {
  question: { zh: '哪位客户？', en: 'Which client?' },
  expects: 'client',
}

/** Of a command that reads its line itself: what is asked. What is answered is read behind the word, or asked again. */
export const asking =
  (question: Text, expects: Expects = 'text') =>
  (): readonly Doubt[] => [{ question, expects, slots: [] }]

/** Which client, in the field `named`. */
export const lacksClient = (): readonly Doubt[] => [{ ...WHICH_CLIENT, slots: ['named'] }]

const NOTHING_SAID = { code: 'missing', said: '', about: [] } as const

/** The slots of a line without which it says nothing, each with its question. */
export function lacking(slots: readonly Slot[], at: Moment): readonly Doubt[] {
  const part = { scanned: scan('', { at, names: [] }), start: 0, end: 0, pieces: [] }
  return slots
    .filter(({ first, required }) => first || required)
    .toSorted((a, b) => Number(a.asksLast ?? false) - Number(b.asksLast ?? false))
    .map((slot) => ({ ...slot.ask(NOTHING_SAID, null, part), slots: [slot.field] }))
}
