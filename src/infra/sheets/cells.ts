import { addDays, type Day, day, isDay } from '../../core/calendar/time.ts'
import type { Cell } from './spreadsheet.ts'

/** The text of a cell: one width, without control and format characters, which nobody typed. */
export const textOf = (cell: Cell | undefined): string =>
  String(cell ?? '')
    .normalize('NFKC')
    .replace(/[^\P{Cc}\n\t]|\p{Cf}/gu, '')
    .trim()

/** The text of a cell of numbers or codes, also where a program marked it as text (`'3604`, `="138"`). */
export const codeOf = (cell: Cell | undefined): string =>
  textOf(cell)
    .replace(/^="(.*)"$/s, '$1')
    .replace(/^['‘’]/, '')
    .trim()

/** Digits that a spreadsheet program keeps of a number; what came behind them are zeros. */
const KEPT_DIGITS = 15

/** A number of which a spreadsheet program may have thrown away the last digits. */
export const isCut = (cell: Cell | undefined): boolean =>
  typeof cell === 'number' && Math.abs(cell) >= 10 ** KEPT_DIGITS

/** Error values as text tables have them. */
export const isErrorValue = (text: string): boolean =>
  /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$/i.test(text)

/** Serial numbers of days from 2009 to 2091; beyond them a number is no day that anybody meant. */
const SERIALS = { from: 40_000, to: 70_000 } as const
/** Day 0 of the serial numbers, as they run since 1900-03-01. */
const EPOCH = day('1899-12-30')

/** How far ahead the year of 27/12/31 may lie; 31/12/27 is in another order. */
const NEAR_YEARS = 3

const FOR_GOOD =
  /^(?:长期|永久|长期有效|永久有效|無|无|无期限|不限|[-–—/]+|for good|permanent|none)$/i
const TIME = /[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$|[T ]00:00:00(?:\.0+)?Z$/i

/**
 * A last day as people and systems write it in a table; null: none is set. `month`: a month without
 * its day; `none`: that is no day.
 */
export function lastDayOf(cell: Cell | undefined, today: Day): Day | null | 'month' | 'none' {
  if (typeof cell === 'boolean') return 'none'
  const written = codeOf(cell).replace(TIME, '').trim()
  if (written === '' || FOR_GOOD.test(written)) return null
  if (/^\d{5}(?:\.\d+)?$/.test(written)) {
    const serial = Math.floor(Number(written))
    return serial >= SERIALS.from && serial <= SERIALS.to ? addDays(EPOCH, serial) : 'none'
  }
  if (/^\d{4}[-/.年] ?\d{1,2}月?$/.test(written)) return 'month'
  const [, year = '', month = '', date = ''] =
    written.match(/^(\d{4})(\d{2})(\d{2})$/) ??
    written.match(/^(\d{4}|\d{2}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?日?$/) ??
    []
  const full = year.length === 2 ? `20${year}` : year
  if (year.length === 2 && Number(full) > Number(today.slice(0, 4)) + NEAR_YEARS) return 'none'
  const said = `${full}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isDay(said) ? said : 'none'
}
