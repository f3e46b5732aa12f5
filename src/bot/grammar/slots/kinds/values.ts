import { offeredWords } from '../../scan/kinds/products.ts'
import type { Piece } from '../../scan/piece.ts'
import type { Part, Slot, Subject, Taken } from '../slot.ts'
import { inDoubt, nothing, oneOf, taking } from '../slot.ts'

const zhOf = (subject: Subject) => (subject ? `${subject.zh}的` : '')
const enOf = (subject: Subject) => (subject ? ` of ${subject.en}` : '')

/** Whole yuan. A number without a unit that counts nothing is asked about. */
/** Banks that lend to small businesses lend nobody more: 1.5亿 is mostly a slip for 150万, and asked. */
const LIKELY_YUAN = 100_000_000

export const amount = (field = 'amount'): Slot => ({
  field,
  kinds: ['amount', 'number'],
  required: true,
  take(part, _before, claimed) {
    const free = ({ start, end }: Piece) =>
      ![...claimed].some((each) => each.start <= start && each.end >= end)
    const amounts = taking(part, 'amount').filter(free)
    const bare = taking(part, 'number').filter(free)
    if (amounts.length > 0 && bare.length > 0) return inDoubt('several', [...amounts, ...bare])
    if (amounts.length > 0) {
      const taken = oneOf(amounts)
      return Number(taken.value) > LIKELY_YUAN
        ? inDoubt('out-of-range', amounts, amounts[0]?.said)
        : taken
    }
    return bare[0] ? inDoubt('unclear', bare, bare[0].said) : nothing
  },
  ask: ({ said }, subject) => ({
    expects: 'amount',
    question: {
      zh: `${zhOf(subject)}金额"${said}"不确定，是多少？比如 50万。其他内容已记下，只回金额即可。`,
      en: `How much is "${said}"${enOf(subject)}? For example 500000. The rest is kept; just send the amount.`,
    },
  }),
})

/** Behind a further product: 存款多 speaks of one. */
const ENDS = /^(?:$|[^\p{L}]|[和及跟还吧了的])/u

/** The product that is wanted first, and others in a field of their own. */
export const product = (
  field = 'product',
  {
    also,
    first = () => true,
  }: { also?: string; first?: (code: string, part: Part) => boolean } = {},
): Slot => ({
  field,
  kinds: ['product'],
  required: true,
  take(part): Taken {
    const claims = taking(part, 'product').filter((piece, place, all) => {
      if (place > 0 && !ENDS.test(part.scanned.open.slice(piece.end, piece.end + 1))) return false
      const money = part.pieces.find(({ start }) => start >= (all[place]?.end ?? 0))
      // 现有贷款30万 speaks of a loan that there is.
      return !(money?.kind === 'amount' && money.tells && money.start - (all[place]?.end ?? 0) < 4)
    })
    const codes = [...new Set(claims.flatMap(({ value }) => value ?? []))]
    const main = codes.find((code) => first(code, part)) ?? codes[0] ?? null
    const others = codes.filter((code) => code !== main)
    const more = also && others.length > 0 ? { more: { [also]: others } } : {}
    return { value: main, claims, ...more }
  },
  ask: (_doubt, subject, { scanned }) => ({
    expects: { among: offeredWords(scanned.context.at.catalogue) },
    question: {
      zh: `${subject ? `${subject.zh} ` : ''}要什么产品？比如 流动资金贷款、结算卡、收单。`,
      en: `Which product does ${subject ? subject.en : 'the client'} want? For example working capital loan, settlement card.`,
    },
  }),
})
