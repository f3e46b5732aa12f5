import type { Phrases } from '../../bot/command.ts'
import { ofKind, type Piece } from '../../bot/grammar/scan/piece.ts'
import { asTypedIn } from '../../bot/grammar/scan/typed-line.ts'
import { words } from '../../bot/grammar/slots/kinds/words.ts'
import { phrase } from '../../bot/grammar/slots/phrase.ts'
import { nothing, type Part, type Slot } from '../../bot/grammar/slots/slot.ts'

/** The word of all that is said of key products. */
export const WORDS: readonly string[] = ['重点产品', 'key products']

const NONE = /^(?:无|没有|取消|清空|none)$/i
/** What takes away: no products, no talk. */
export const saysNone = (said: string): boolean => NONE.test(said.trim())

/** Products by name, parted by marks or, before a Chinese one, by blanks. */
export const productsIn = (said: string): string[] =>
  saysNone(said) ? [] : said.split(/\s*[、,，;；/]\s*|\s{1,}(?=[^a-z])/i).filter(Boolean)

const TIER = /^(?<letter>[a-z])[类级]?(?:[\s,:、]+|$)/i

/** A, B类: of which tier. */
const tier: Slot = {
  field: 'tier',
  kinds: [],
  first: true,
  take({ scanned, start, end }) {
    const { 0: said = '', groups = {} } = scanned.text.slice(start, end).match(TIER) ?? {}
    const letter = groups['letter']?.toUpperCase()
    if (!letter) return nothing
    return {
      value: letter,
      claims: [claim(start, start + said.length, said)],
      from: start + said.length,
    }
  },
  ask: () => ({
    expects: 'text',
    question: { zh: '哪一层？比如 A。', en: 'Which tier? For example A.' },
  }),
}

const claim = (start: number, end: number, said: string): Piece => ({
  ...{ kind: 'opaque', value: null, start, end, said },
})

/** All that is left names products, whether the catalogue has them or not. */
const products: Slot = {
  field: 'products',
  kinds: [],
  rest: true,
  required: true,
  take({ scanned, start, end, pieces }) {
    const said = asTypedIn(scanned, start, end)
    return said ? { value: productsIn(said), claims: [], weighed: pieces } : nothing
  },
  ask: () => ({
    expects: 'text',
    question: {
      zh: '这一层要覆盖哪些产品？比如 结算卡、代发工资；取消就回"无"。',
      en: 'Which products are they to hold? For example settlement card, payroll; "none" takes them away.',
    },
  }),
}

/** "A 结算卡、代发工资", "B类 收单", "A 无". */
export const KEY_PHRASES: Phrases<unknown> = phrase({ words: WORDS }, tier, products)

/** Up to a colon, a product of the catalogue, or the first word. */
function productEnd({ scanned: { text }, start, end, pieces }: Part): number {
  const said = text.slice(start, end)
  const colon = said.slice(0, MOST_NAME).indexOf(':')
  const known = ofKind(pieces, 'product').find((each) => each.start === start)
  return colon > 0 ? start + colon : (known?.end ?? start + (said.match(/^\S+/)?.[0].length ?? 0))
}
const MOST_NAME = 30

const product: Slot = {
  field: 'product',
  kinds: [],
  first: true,
  take(part) {
    const { scanned, start, end, pieces } = part
    const until = productEnd(part)
    if (until <= start) return nothing
    const gap = scanned.text.slice(until, end).match(/^[\s:]+/)?.[0].length ?? 0
    const weighed = pieces.filter((each) => each.start < until)
    return { value: asTypedIn(scanned, start, until), claims: [], weighed, from: until + gap }
  },
  ask: () => ({ expects: 'text', question: { zh: '哪个产品？', en: 'Which product?' } }),
}

/** "结算卡 开户免年费", "settlement card: free for a year", "结算卡 无". */
export const TALK_PHRASES: Phrases<unknown> = phrase(
  { words: ['重点产品 话术', '重点产品话术', 'key products talk', 'key product talk'] },
  product,
  words('talk', () => ({
    zh: '话术写什么？取消就回"无"。',
    en: 'What is to be said for it? "none" takes it away.',
  })),
)
