import type { Phrases } from '../../src/bot/command.ts'
import type { Reading } from '../../src/bot/grammar/reading.ts'
import { scan } from '../../src/bot/grammar/scan/scan.ts'
import type { Fields } from '../../src/bot/grammar/slots/slot.ts'
import type { Moment } from '../../src/bot/moment.ts'

/** Reads what stands behind a command's word; a whole line where it has none. `names`: of clients whom it may name. */
export const readerOf =
  (phrases: Phrases<unknown>, at: Moment, names: readonly string[] = []) =>
  (typed: string): Reading<Fields> => {
    const [word] = phrases.words
    const line = word === undefined ? typed : `${word} ${typed}`
    return readFrom(phrases, line, word === undefined ? 0 : word.length + 1, at, names)
  }

/** Reads a line that says a command elsewhere than in its first word. */
export const lineReaderOf =
  (phrases: Phrases<unknown>, at: Moment, names: readonly string[] = []) =>
  (typed: string): Reading<Fields> =>
    readFrom(phrases, typed, 0, at, names)

function readFrom(
  { scans }: Phrases<unknown>,
  line: string,
  from: number,
  at: Moment,
  names: readonly string[],
): Reading<Fields> {
  const scanned = scan(line, { at, names })
  return (scans?.(scanned, Math.min(from, scanned.text.length)).reading ?? {
    kind: 'no',
  }) as Reading<Fields>
}
