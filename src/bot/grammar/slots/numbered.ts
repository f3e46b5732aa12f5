import type { Doubt } from '../reading.ts'
import { readCount } from '../scan/kinds/numerals.ts'
import type { Piece } from '../scan/piece.ts'
import type { Scanned } from '../scan/scan.ts'
import { asTypedIn } from '../scan/typed-line.ts'

// Rows of a list that was shown, by their numbers, and what is said of them: 批准 1 3 流水已核, 第2条和第5条 退回.

/** Longer ranges are a slip: whoever means that many says "all". */
const MOST_IN_RANGE = 500

const HAN = '[一二三四五六七八九十]{1,3}'
const ONE = `(?:(?:第|#|no\\.?\\s?)?\\s?\\d{1,5}|第\\s?${HAN})(?:\\s?(?:条|号|件|个(?![月星])|笔|项))?`
const JOINED = `\\s?(?:[,、和跟与及&]|以及|还有|\\band\\b|\\s(?=[第#\\d]))\\s?`
const RANGE = '\\s?(?:-+|~+|到|至|\\bto\\b)\\s?'
const LISTED = new RegExp(
  `^${ONE}(?:${RANGE}${ONE})?(?:${JOINED}${ONE}(?:${RANGE}${ONE})?)*(?![\\d.%]|[万千百亿元块天年月日点])`,
  'i',
)
const EACH = new RegExp(
  `(?<first>\\d{1,5}|${HAN})(?<last>(?<=[\\s\\S])(?:[条号件个笔项\\s]*)(?:-+|~+|到|至|\\bto\\b)\\s?(?:第\\s?)?(?:\\d{1,5}|${HAN}))?`,
  'gi',
)
const ALL = /^(?:全部|所有|all)(?=$|[\s,:])/i

/** The rows that a line names at a place, and where that ends. */
export interface Rows {
  /** Null: all of them. */
  readonly numbers: readonly number[] | null
  readonly end: number
}

/** Null: none are named there, or in a range that is none (3-1). */
export function rowsAt({ text }: Pick<Scanned, 'text'>, place: number): Rows | null {
  const said = text.slice(place)
  const all = said.match(ALL)?.[0]
  if (all) return { numbers: null, end: place + all.length }
  const listed = said.match(LISTED)?.[0]
  const numbers = listed === undefined ? null : numbersIn(listed)
  return listed !== undefined && numbers ? { numbers, end: place + listed.length } : null
}

function numbersIn(said: string): number[] | null {
  const found: number[] = []
  for (const { groups = {} } of said.matchAll(EACH)) {
    const from = readCount(groups['first']) ?? 0
    const last = groups['last']?.match(new RegExp(`(?:\\d{1,5}|${HAN})$`))?.[0]
    const to = last === undefined ? from : (readCount(last) ?? 0)
    if (from < 1 || to < from || to - from > MOST_IN_RANGE) return null
    for (let number = from; number <= to; number++) found.push(number)
  }
  return [...new Set(found)]
}

const DECIDES =
  '(?:不?批准|不?同意|通过|驳回|否决|接收?|退回?|办结|进展|approve|reject|accept|decline|done)'
/** What decides of others: 批准 1 不批准 2. */
const OTHERS = new RegExp(`(?:^|[\\s,;。])${DECIDES}\\s?(?=${ONE})`, 'i')

const BETWEEN = '[\\s,，;；。]+(?:(?:和|但是?|而|and|but)\\s?)?'
const DECIDED = `${DECIDES}\\s?${ONE}(?![\\d.%]|\\s?[万千百亿元块天年月日点])`
const BEGINS = new RegExp(`^${DECIDED}`, 'i')
const CUTS = new RegExp(`${BETWEEN}(?=${DECIDED})`, 'gi')

/** A line that decides of several lots of rows, cut so that each is a line: 批准 1 不批准 2. */
export const decidedApart = (typed: string): readonly string[] =>
  BEGINS.test(typed.trim()) ? typed.trim().split(CUTS) : [typed]

/** What is said of rows, from a place to the end, as typed, with the doubt that it is of others too. */
export function saidOf(
  scanned: Scanned,
  place: number,
): { readonly words: string; readonly pieces: readonly Piece[]; readonly other: string | null } {
  const start = place + (scanned.text.slice(place).match(/^[\s,:;。、]+/)?.[0].length ?? 0)
  const words = asTypedIn(scanned, start, scanned.text.length)
  const pieces = scanned.pieces.filter((each) => each.end > start)
  const other = scanned.text.slice(place).match(OTHERS)
  const from = place + (other?.index ?? 0)
  return { words, pieces, other: other && asTypedIn(scanned, from, scanned.text.length) }
}

/** What is of other rows is sent by itself; of those that are named a word is asked for. */
export const onlyThese = (other: string, slot: string): Doubt => ({
  question: {
    zh: `"${other.replace(/^[\s,，;；。]+/, '')}"说的是另外的，请另发一条。前面这些写什么？没有就写"无"。`,
    en: `"${other.trim()}" is about others; send it by itself. What is to be noted for the first? If nothing, write "none".`,
  },
  slots: [slot],
  expects: 'text',
})
