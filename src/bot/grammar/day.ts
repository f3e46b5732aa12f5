import type { Day } from '../../core/calendar/time.ts'
import { DAYS } from './scan/kinds/days.ts'
import { TIMES } from './scan/kinds/times.ts'
import { type Dated, findAll, ofKind, type Piece, viewOf } from './scan/piece.ts'
import { readTyped } from './scan/typed-line.ts'
import { dayOf } from './slots/kinds/day.ts'
import type { SlotDoubt } from './slots/slot.ts'

/** A day within a text, and the text without it. */
export type SaidDay = {
  readonly said: string
  readonly rest: string
  /** Without its hour too, and what stands before and behind both. */
  readonly words: string
  readonly before: string
  readonly behind: string
  /** Beside the day. */
  readonly times: readonly Piece<'time'>[]
} & ({ readonly day: Day } | { readonly fault: SlotDoubt['code'] })

/**
 * The day that a text names. Null: it names none. Named twice (明天周二) it is one; what may be several (下周), is
 * not on the calendar or has gone by is at fault.
 */
export function saidDay(typed: string, at: Dated['context']['at']): SaidDay | null {
  const { text } = readTyped(typed)
  const pieces = findAll(viewOf(text, { at }), [DAYS, ...TIMES])
  const days = ofKind(pieces, 'day').filter(({ tells }) => !tells)
  if (days.length === 0) return null
  const { value, doubt } = dayOf(days)
  const times = ofKind(pieces, 'time')
  const found = [...days, ...times]
  const beside = {
    before: text.slice(0, Math.min(...found.map(({ start }) => start))),
    behind: text.slice(Math.max(...found.map(({ end }) => end))),
    said: days.map(({ said }) => said.trim()).join('、'),
    rest: without(text, days),
    words: without(text, found),
    times,
  }
  return doubt ? { fault: doubt.code, ...beside } : { day: value as Day, ...beside }
}

function without(text: string, pieces: readonly Piece[]): string {
  let [rest, place] = ['', 0]
  for (const { start, end } of pieces.toSorted((a, b) => a.start - b.start)) {
    rest += `${text.slice(place, start)} `
    place = end
  }
  return `${rest}${text.slice(place)}`.replace(/ +/g, ' ').trim()
}
