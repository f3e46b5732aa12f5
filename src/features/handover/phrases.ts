import type { Reading } from '../../bot/grammar/reading.ts'

/** Which rows, and what is said of them. */
export interface AnswerWords {
  /** Empty: all that are open. */
  readonly numbers: number[]
  readonly words: string
}

const LISTED =
  /^(?:第\s*)?(\d{1,4}(?:\s*[,、和 ]\s*\d{1,4})*)(?:\s*[-~到至]\s*(\d{1,4}))?\s*(?:条|号|件)?(?=$|[\s,:，：]|[^\d])/

/** More in one line is a slip. */
const MOST_SPAN = 200

/** Reads "3", "1、2、5", "1-4", "全部", and the words behind. */
export function readAnswer(rest: string): Reading<AnswerWords> {
  const all = rest.match(/^(?:全部|所有|all)(?=$|\s)/i)
  if (all)
    return { kind: 'understood', input: { numbers: [], words: rest.slice(all[0].length).trim() } }
  const said = rest.match(LISTED)
  if (!said) return { kind: 'no' }
  const named = (said[1] ?? '').split(/\D+/).filter(Boolean).map(Number)
  const from = named.at(-1) ?? 0
  const to = said[2] ? Number(said[2]) : from
  if (to < from || to - from > MOST_SPAN) return { kind: 'no' }
  const span = Array.from({ length: to - from }, (_, index) => from + 1 + index)
  const words = rest
    .slice(said[0].length)
    .replace(/^[\s,:，：]+/, '')
    .trim()
  return { kind: 'understood', input: { numbers: [...new Set([...named, ...span])], words } }
}
