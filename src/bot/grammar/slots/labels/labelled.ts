import type { Piece } from '../../scan/piece.ts'
import { inDoubt, nothing, oneOf, type Part, type Slot } from '../slot.ts'

/** What is behind a label: 账号 6228001, 余额10万. */
interface Found {
  readonly start: number
  /** Where that begins which the label is of. */
  readonly from: number
}

function labelIn({ scanned, start, end }: Part, label: string): Found | null {
  const found = new RegExp(`(?<![a-z\\d])(?:${label})[\\s:是为]*`, 'i').exec(
    scanned.text.slice(start, end),
  )
  return found && { start: start + found.index, from: start + found.index + found[0].length }
}

/** A number of letters and digits in groups, as an account has one. */
const NUMBER = /^[\dA-Z/-]*\d[\dA-Z/-]*(?: (?!\d{4}-)[\dA-Z/-]*\d[\dA-Z/-]*(?![\p{L}\d]))*/iu

/** A number that is nobody's but its label's. `spoken`: labels that without one are words as any: 已核对合同. */
export const labelledNumber = (field: string, label: string, spoken?: RegExp): Slot => ({
  field,
  kinds: [],
  leaves: true,
  take(part) {
    const found = labelIn(part, label)
    if (!found) return nothing
    const said = part.scanned.text.slice(found.from, part.end).match(NUMBER)?.[0] ?? ''
    const end = found.from + said.length
    const piece: Piece = { kind: 'opaque', start: found.start, end, said, value: null }
    const weighed = part.pieces.filter((each) => each.start >= found.start && each.start < end)
    if (!said && spoken?.test(part.scanned.text.slice(found.start, end))) return nothing
    return said ? { value: said, claims: [piece], weighed } : inDoubt('unclear', [piece])
  },
  ask: () => ({ expects: 'text', question: { zh: '号码是多少？', en: 'What is the number?' } }),
})

/** An amount of its own beside that of the line. */
export const labelledAmount = (field: string, label: string): Slot => ({
  field,
  kinds: ['amount'],
  leaves: true,
  take(part) {
    const found = labelIn(part, label)
    const amount = part.pieces.find(({ kind, start }) => kind === 'amount' && start === found?.from)
    if (!found || amount?.kind !== 'amount') return nothing
    const said: Piece = { ...amount, start: found.start }
    return { ...oneOf<'amount'>([amount]), claims: [amount, said] }
  },
  ask: ({ said }) => ({
    expects: 'amount',
    question: { zh: `"${said}"是多少？比如 50万。`, en: `How much is "${said}"? Such as 500000.` },
  }),
})
