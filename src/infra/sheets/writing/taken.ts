import { dayIn, timeIn } from '../../../core/calendar/time.ts'
import type { Actor } from '../../../core/staff.ts'

/** Who took a file, and when: it stands in the file, wherever that goes. */
export interface Taken {
  readonly name: string
  readonly code: string
  /** `2026-11-23 08:10`, in the bank's time zone. */
  readonly at: string
}

export const takenBy = (
  { name, code }: Pick<Actor, 'name' | 'code'>,
  { now, timezone }: { readonly now: Date; readonly timezone: string },
): Taken => ({ name, code, at: `${dayIn(now, timezone)} ${timeIn(now, timezone)}` })

/** The same as the name of a sheet: at most 31 characters, of which some may not be. */
export const sheetNameOf = (title: string, { name, code, at }: Taken): string =>
  [title, name.slice(0, 6), code.slice(0, 8), at.slice(2).replace(':', '.')]
    .join(' ')
    .replace(/[:\\/?*[\]]/g, '')
    .slice(0, 31)
