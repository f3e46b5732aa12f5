import type { Phrases } from '../../src/bot/command.ts'
import type { Reading } from '../../src/bot/grammar/reading.ts'
import { scan } from '../../src/bot/grammar/scan/scan.ts'
import type { Fields } from '../../src/bot/grammar/slots/slot.ts'
import type { Moment } from '../../src/bot/moment.ts'

/** Reads what stands behind a command's word. `names`: of clients whom it may name. */
export const readerOf =
  ({ scans }: Phrases<unknown>, at: Moment, names: readonly string[] = []) =>
  (typed: string): Reading<Fields> => {
    const scanned = scan(typed, { at, names })
    return (scans?.(scanned, 0) ?? { kind: 'no' }) as Reading<Fields>
  }
