import type { Reading } from '../../../bot/grammar/reading.ts'

/** Moves as an approver names them: by number on the list, by client, or all that wait. */
export interface SaidMoves {
  readonly numbers?: readonly number[]
  readonly named?: string
  readonly all?: true
}

const NUMBERS =
  /^(?:(?:第|#|no\.?\s*)?\d{1,5}(?:\s*(?:-|~|到|至|to)\s*\d{1,5})?(?:[\s,、和及&]+|$))+/i
const ALL = /^(?:全部|所有|all)(?=\s|$|[,:])/i

/** Longer ranges are a slip: whoever means that many says "all". */
const LONGEST_RANGE = 500

/** Reads "1 3", "1-5", "张三" or "全部", and what follows it; null when it is none of them. */
export function readMoves(rest: string): { moves: SaidMoves; after: string } | null {
  const all = rest.match(ALL)
  if (all) return { moves: { all: true }, after: rest.slice(all[0].length).trim() }
  const listed = rest.match(NUMBERS)
  if (listed) {
    const numbers = numbersIn(listed[0])
    return numbers && { moves: { numbers }, after: rest.slice(listed[0].length).trim() }
  }
  const [named, ...words] = rest.split(/\s+/)
  return named ? { moves: { named }, after: words.join(' ') } : null
}

function numbersIn(text: string): number[] | null {
  const found: number[] = []
  for (const [, first, last] of text.matchAll(/(\d+)(?:\s*(?:-|~|到|至|to)\s*(\d+))?/g)) {
    const [from, to] = [Number(first), Number(last ?? first)]
    if (from < 1 || to < from || to - from > LONGEST_RANGE) return null
    for (let number = from; number <= to; number++) found.push(number)
  }
  return [...new Set(found)]
}

/**
 * Reads "1 3" and "1 3 流水已核": an approval may say why. After a name it says "理由", or a second
 * name would be taken for a reason.
 */
export function readApproval(rest: string): Reading<SaidMoves & { reason?: string }> {
  const read = readMoves(rest)
  if (!read) return { kind: 'no' }
  const reason = reasonIn(read.after)
  if (!reason) return { kind: 'understood', input: read.moves }
  return read.moves.named && reason === read.after
    ? { kind: 'no' }
    : { kind: 'understood', input: { ...read.moves, reason } }
}

const reasonIn = (after: string): string =>
  after.replace(/^(?:理由|原因|因为|because|reason)?[\s:,]*/i, '')

/** Reads "2 资料不实"; the reason is asked for where it is missing. */
export function readRejection(rest: string): Reading<SaidMoves & { reason: string }> {
  const read = readMoves(rest)
  if (!read) return { kind: 'no' }
  const input = { ...read.moves, reason: reasonIn(read.after) }
  if (input.reason) return { kind: 'understood', input }
  const question = {
    zh: '为什么驳回？请写理由。',
    en: 'Why is it rejected? Please give the reason.',
  }
  return { kind: 'asks', input, doubts: [{ question, slots: ['reason'], expects: 'text' }] }
}
