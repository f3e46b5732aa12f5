import type { Reading } from '../../bot/grammar/reading.ts'

const FILLER = /^(?:的|怎么样|如何|情况|多少|of|for|\s)*$/i

/** Whose clients a line asks about: "", "周龙", "M001". */
export function readWhose(rest: string): Reading<{ of?: string }> {
  const said = rest.replace(/[。.!?？！]+$/, '').trim()
  if (FILLER.test(said)) return { kind: 'understood', input: {} }
  return /^[^\s,;:，；：]{1,40}$/.test(said)
    ? { kind: 'understood', input: { of: said } }
    : { kind: 'no' }
}
