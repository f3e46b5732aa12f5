import type { Day } from '../../core/calendar/time.ts'

/** A `date` column's value for a day, and back. */
export const toColumn = (value: Day): Date => new Date(`${value}T00:00:00Z`)
export const toDay = (column: Date): Day => column.toISOString().slice(0, 10) as Day
export const toDayOrNull = (column: Date | null): Day | null => column && toDay(column)

/** A `bigint` column of whole yuan. */
export const toYuan = (column: bigint | null): number | null =>
  column === null ? null : Number(column)

/**
 * Texts in one, for `string_to_table(…, chr(30))`, which none of them may hold: in an array each would be looked through
 * for what is to be escaped, and JSON is full of that.
 */
export const inOneText = (texts: readonly string[]): string => texts.join('\u001e')

/** Values as JSON, which never holds that character. */
export const jsonTexts = (values: readonly unknown[]): string =>
  inOneText(values.map((value) => JSON.stringify(value)))
