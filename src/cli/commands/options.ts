import { Fault } from '../fault.ts'

/** What stands behind the words of a command: by its name, and true where it has no value. */
export type Options = Readonly<Record<string, unknown>>

/** An argument or the value of an option as text; null when it was left out. */
export const textOf = (given: unknown): string | null =>
  given === undefined ? null : String(given)

/** A moment given on the command line; null when none is. */
export function timeOf(given: unknown): Date | null {
  if (given === undefined) return null
  const time = new Date(String(given))
  if (Number.isNaN(time.getTime())) {
    throw new Fault(
      `"${given}" 不是 ISO 时间。`,
      `"${given}" is no ISO time, such as 2026-11-23T08:07:00+08:00.`,
    )
  }
  return time
}
