import { type Day, day, daysBetween } from '../../../core/calendar/time.ts'

/** Day 0 of the serial numbers by which spreadsheet programs keep dates, as they run since 1900-03-01. */
const EPOCH = day('1899-12-30')

export const dateSerial = (date: Day): number => daysBetween(EPOCH, date)

/** A text that a program would take for a formula, once somebody edits its cell or saves it as .csv. */
export const looksLikeFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text)
