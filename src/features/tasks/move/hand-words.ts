import type { Phrases } from '../../../bot/command.ts'
import { asking } from '../../../bot/grammar/commands/lacking.ts'
import type { Scanned } from '../../../bot/grammar/scan/scan.ts'
import { fill, rest } from '../../../bot/grammar/slots/fill.ts'
import { staff } from '../../../bot/grammar/slots/kinds/staff.ts'
import { type Whose, whoseAt } from '../../../bot/grammar/slots/kinds/whose.ts'
import { type Account, NOT_MEANT, type Part } from '../../../bot/grammar/slots/slot.ts'

export interface HandWords {
  tasks: readonly number[]
  /** Clients by name, as they are on file; absent: none. */
  named?: readonly string[]
  to: string
  note: string | null
}

const HAND =
  '(?:转给|转交给?|移交给?|交给|hand(?: over)?(?: to)?|pass(?: on)?(?: to)?|give(?: to)?)'
/** 把3转给王五. */
const BEFORE = /^(?:把|将)\s?/
const SAYS = new RegExp(`^[\\s,:]*(?:都|全部)?${HAND}\\s*(?=\\S)`, 'i')
const TO = new RegExp(`^[\\s,:]*(?:都|全部)?${HAND}?\\s*(?:给|to\\b)?\\s*`, 'i')
/** Two characters at least, as 转戒 张三 is 转介 typed wrong. */
const PERSON = /^(?!\p{Script=Han}(?:[\s,;:。、]|$))[^\s,;:。、\d][^\s,;:。、]*/u

const SLOTS = [staff('to', { alone: true }), rest('note')] as const

/** Reads "3 王五 他更熟", "王五 3", "3给王五", "张三转给王五" and "把3转给王五". */
function read(scanned: Scanned, from: number): Account<HandWords> {
  const { text } = scanned
  const skip = (place: number, pattern: RegExp) =>
    place + (text.slice(place).match(pattern)?.[0].length ?? 0)
  const start = from > 0 ? from : skip(0, BEFORE)
  const whose = whoseAt(scanned, start)
  if (whose) {
    if (from === 0 && !SAYS.test(text.slice(whose.end))) return NOT_MEANT
    const place = skip(whose.end, TO)
    return PERSON.test(text.slice(place)) ? filled(scanned, whose, place) : NOT_MEANT
  }
  const person = text.slice(from).match(PERSON)?.[0] ?? ''
  const behind = skip(from + person.length, /^\s+/)
  const theirs = from > 0 && person ? whoseAt(scanned, behind) : null
  return theirs ? filled(scanned, theirs, theirs.end, person) : NOT_MEANT
}

function filled(
  scanned: Scanned,
  { tasks, named }: Whose,
  start: number,
  to: string | null = null,
): Account<HandWords> {
  const pieces = scanned.pieces.filter((piece) => piece.start >= start)
  const part: Part = { scanned, start, end: scanned.text.length, pieces }
  const { values, accounted } = fill(part, to === null ? SLOTS : SLOTS.slice(1))
  const { to: found = to, note } = values as { to?: string | null; note: string | null }
  return found === null
    ? NOT_MEANT
    : {
        reading: {
          kind: 'understood',
          input: { tasks, ...(named.length > 0 && { named }), to: found, note },
        },
        accounted,
      }
}

export const HAND_PHRASES: Phrases<unknown> = {
  words: ['转给', '转', '转交', '移交', 'hand', 'give', 'pass'],
  lacks: asking({
    zh: '哪一件、转给谁？比如 3 王五。',
    en: 'Which one, and to whom? For example 3 Lee.',
  }),
  free: ['note'],
  about: ['tasks', 'named'],
  slots: SLOTS,
  // Who may hand the client over means the client.
  yields: true,
  anywhere: new RegExp(`^.{1,60}?${HAND}`, 'i'),
  scans: read,
}
