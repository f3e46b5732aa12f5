import type { Catalogue } from '../../../../core/catalogue.ts'
import { literally } from '../../../../core/text.ts'
import { before, matchesIn, type Piece, pattern, type Recogniser } from '../piece.ts'

const SOURCES = new WeakMap<Catalogue, RegExp>()

/** One pattern of the words of all that is offered, the longest first, by place in the catalogue. */
function sourceOf(catalogue: Catalogue): RegExp {
  const known = SOURCES.get(catalogue)
  if (known) return known
  const words = catalogue.flatMap(({ active, words: all }) => (active ? all : []))
  const longest = words.filter(Boolean).toSorted((a, b) => b.length - a.length)
  const bounded = longest.map((word) =>
    /^[a-z]/i.test(word) ? `(?<![a-z])${literally(word)}(?![a-z])` : literally(word),
  )
  const source = new RegExp(bounded.join('|') || '(?!)', 'gi')
  SOURCES.set(catalogue, source)
  return source
}

/** Before a product: it is not wanted, or is there already. */
const UNWANTED =
  /(?:不|没有?|无|别|取消|\bno|\bnot|don't need|without)(?:再?(?:要|需要?|想要?|办|做|用|考虑))?\s*$/i
/** 贷款50万元的客户: no product where it is a verb that was said already; 贷款到账, 办卡 stay words. */
const OF_NOW = /(?:现有|已有|原有|他行|别家)[^\s,;。]{0,4}$/

/** What is offered, by code. */
export const PRODUCTS: Recogniser = {
  ...{ rank: 7, needs: [] },
  *find({ open, text, context: { at } }): Iterable<Piece> {
    for (const { 0: said, index: start } of matchesIn(open, sourceOf(at.catalogue))) {
      const word = said.toLowerCase()
      const product = at.catalogue.find(({ active, words }) => active && words.includes(word))
      const left = before(text, start)
      const tells = UNWANTED.test(left) || OF_NOW.test(left)
      yield {
        ...{ kind: 'product', start, end: start + said.length, said },
        value: product?.code ?? null,
        ...(tells && { tells }),
      }
    }
  },
}

export const URGENCIES: readonly Recogniser[] = [
  pattern(
    7,
    'urgency',
    ['急后a'],
    /不(?:太|是很|着)?急|以后再说|\bsome day\b|\bnot urgent\b/gi,
    () => ({
      value: 'some-day',
    }),
  ),
  pattern(
    7,
    'urgency',
    ['急快上立a'],
    /急需|很急|着急|加急|紧急|尽快|马上|立刻|急(?!诊)|\burgent\b|\basap\b/gi,
    () => ({
      value: 'urgent',
    }),
  ),
  pattern(7, 'urgency', ['近a'], /近期|最近|\bsoon\b/gi, () => ({ value: 'soon' })),
]

/** What is offered as answers to "which product?": codes by every word for them. */
export const offeredWords = (catalogue: Catalogue): Readonly<Record<string, string>> =>
  Object.fromEntries(
    catalogue
      .filter(({ active }) => active)
      .flatMap(({ code, words }) => [code, ...words].map((word) => [word, code])),
  )
