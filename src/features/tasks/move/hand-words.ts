import type { Phrases } from '../../../bot/command.ts'
import type { Scanned } from '../../../bot/grammar/scan/scan.ts'
import { fill, rest } from '../../../bot/grammar/slots/fill.ts'
import { staff } from '../../../bot/grammar/slots/kinds/staff.ts'
import { numbersAt } from '../../../bot/grammar/slots/kinds/whose.ts'
import { type Account, NOT_MEANT, type Part } from '../../../bot/grammar/slots/slot.ts'

export interface HandWords {
  tasks: readonly number[]
  to: string
  note: string | null
}

const HAND =
  '(?:转给|转交给?|移交给?|交给|hand(?: over)?(?: to)?|pass(?: on)?(?: to)?|give(?: to)?)'
/** 把3转给王五. */
const BEFORE = /^(?:把|将)\s?/
const SAYS = new RegExp(`^[\\s,:]*${HAND}\\s*(?=\\S)`, 'i')
const TO = new RegExp(`^[\\s,:]*${HAND}?\\s*(?:给|to\\b)?\\s*`, 'i')
const PERSON = /^[^\s,;:。、\d][^\s,;:。、]*/

const SLOTS = [staff('to', { alone: true }), rest('note')] as const

/** Reads "3 王五 他更熟", "王五 3", "3给王五", "3 转给 王五" and "把3转给王五". */
function read(scanned: Scanned, from: number): Account<HandWords> {
  const { text } = scanned
  const skip = (place: number, pattern: RegExp) =>
    place + (text.slice(place).match(pattern)?.[0].length ?? 0)
  const start = from > 0 ? from : skip(0, BEFORE)
  const numbers = numbersAt(scanned, start)
  if (numbers) {
    if (from === 0 && !SAYS.test(text.slice(numbers.end))) return NOT_MEANT
    const place = skip(numbers.end, TO)
    return PERSON.test(text.slice(place)) ? filled(scanned, numbers.tasks, place) : NOT_MEANT
  }
  const person = text.slice(from).match(PERSON)?.[0] ?? ''
  const behind = skip(from + person.length, /^\s+/)
  const tasks = from > 0 && person ? numbersAt(scanned, behind) : null
  return tasks ? filled(scanned, tasks.tasks, tasks.end, person) : NOT_MEANT
}

function filled(
  scanned: Scanned,
  tasks: readonly number[],
  start: number,
  to: string | null = null,
): Account<HandWords> {
  const pieces = scanned.pieces.filter((piece) => piece.start >= start)
  const part: Part = { scanned, start, end: scanned.text.length, pieces }
  const { values, accounted } = fill(part, to === null ? SLOTS : SLOTS.slice(1))
  const { to: found = to, note } = values as { to?: string | null; note: string | null }
  return found === null
    ? NOT_MEANT
    : { reading: { kind: 'understood', input: { tasks, to: found, note } }, accounted }
}

export const HAND_PHRASES: Phrases<unknown> = {
  words: ['转给', '转', '转交', '移交', 'hand', 'give', 'pass'],
  free: ['note'],
  about: ['tasks'],
  slots: SLOTS,
  anywhere: new RegExp(`^.{1,60}?${HAND}`, 'i'),
  scans: read,
}
