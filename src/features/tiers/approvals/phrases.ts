import type { Phrases } from '../../../bot/command.ts'
import { asking } from '../../../bot/grammar/commands/lacking.ts'
import type { Doubt } from '../../../bot/grammar/reading.ts'
import type { Scanned } from '../../../bot/grammar/scan/scan.ts'
import { rest } from '../../../bot/grammar/slots/fill.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { onlyThese, rowsAt, saidOf } from '../../../bot/grammar/slots/numbered.ts'
import { type Account, NOT_MEANT, type Slot } from '../../../bot/grammar/slots/slot.ts'

/** Moves as an approver names them: by number on the list, by client, or all that wait. */
export interface SaidMoves {
  readonly numbers?: readonly number[]
  readonly named?: string
  readonly all?: true
}

/** What a line names, where that ends, and whether it is a client. */
interface Named {
  readonly moves: SaidMoves
  readonly end: number
}

const WHOSE = client('named', { alone: true })
const SLOTS: readonly Slot[] = [rest('reason')]

/** "1 3", "第1条和第3条", "1-5", "张三" or "全部" at a place; null when it is none of them. */
function movesAt(scanned: Scanned, from: number): Named | null {
  const rows = rowsAt(scanned, from)
  if (rows) {
    const moves = rows.numbers ? { numbers: rows.numbers } : ({ all: true } as const)
    return { moves, end: rows.end }
  }
  const end = scanned.text.length
  const pieces = scanned.pieces.filter(({ start }) => start >= from)
  const { value, from: behind = end } = WHOSE.take(
    { scanned, start: from, end, pieces },
    null,
    new Set(),
  )
  return typeof value === 'string' && !/^\d/.test(value)
    ? { moves: { named: value }, end: behind }
    : null
}

const LABEL = /^(?:理由|原因|because|reason)(?:[\s:：,，]+|$)|^(?:因为|由于)\s?/i

const WHY = {
  zh: '为什么驳回？请写理由。',
  en: 'Why is it rejected? Please give the reason.',
}

/** `needs`: the reason is asked for where it is missing. */
function read(scanned: Scanned, from: number, needs: boolean): Account<unknown> {
  const named = movesAt(scanned, from)
  if (!named) return NOT_MEANT
  const { words, pieces, other } = saidOf(scanned, named.end)
  const reason = words.replace(LABEL, '').trim()
  // After a name a second one would be taken for a reason: it says 理由.
  if (!needs && named.moves.named && reason !== '' && reason === words) return NOT_MEANT
  const before = scanned.pieces.filter(({ start }) => start < named.end)
  const accounted = new Set([...before, ...pieces])
  const doubt: Doubt | null = other
    ? onlyThese(other, 'reason')
    : needs && reason === ''
      ? { question: WHY, slots: ['reason'], expects: 'text' }
      : null
  const input = { ...named.moves, ...((needs || reason) && { reason }) }
  return {
    reading: doubt ? { kind: 'asks', input, doubts: [doubt] } : { kind: 'understood', input },
    accounted,
  }
}

/** "批准 1 3", "同意第1条和第3条 流水已核": an approval may say why. */
export const APPROVAL_PHRASES: Phrases<unknown> = {
  words: ['批准', '同意', '通过', 'approve'],
  lacks: asking({ zh: '哪几条？比如 1 3。', en: 'Which ones? For example 1 3.' }),
  free: ['reason'],
  slots: SLOTS,
  scans: (scanned, from) => read(scanned, from, false),
}

/** "全部批准 流水已核". */
export const APPROVE_ALL_PHRASES: Phrases<unknown> = {
  words: ['全部批准', '全部同意', '全部通过', 'approve all'],
  free: ['reason'],
  slots: SLOTS,
  scans(scanned, from) {
    const { words, pieces } = saidOf(scanned, from)
    const reason = words.replace(LABEL, '').trim()
    const input = { all: true, ...(reason && { reason }) }
    return { reading: { kind: 'understood', input }, accounted: new Set(pieces) }
  },
}

/** "驳回 2 资料不实". */
export const REJECTION_PHRASES: Phrases<unknown> = {
  words: ['驳回', '不批准', '不同意', '否决', 'reject'],
  lacks: asking({
    zh: '哪一条、为什么？比如 2 资料不实。',
    en: 'Which one, and why? For example 2 the papers do not hold.',
  }),
  free: ['reason'],
  slots: SLOTS,
  scans: (scanned, from) => read(scanned, from, true),
}
