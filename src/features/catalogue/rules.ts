import type { Catalogue, Product } from '../../core/catalogue.ts'
import type { Language, Text } from '../../core/text.ts'
import type { Urgency } from '../playbook/rules.ts'

/** The line of business whose tasks our managers work themselves. */
export const OWN_LINE = 'micro-credit'

const product = (code: string, line: string, zh: string, en: string, ...words: string[]) => ({
  code,
  line,
  label: { zh, en },
  words: [zh, en.toLowerCase(), ...words],
  active: true,
})

/** The product catalogue, as shipped. */
export const SHIPPED_PRODUCTS: Catalogue = [
  product(
    'working-capital-loan',
    OWN_LINE,
    '流动资金贷款',
    'working capital loan',
    '流动资金',
    '流贷',
    '周转',
    '经营贷',
    '贷款',
    'loan',
  ),
  product('equipment-loan', OWN_LINE, '设备贷款', 'equipment loan', '设备贷', '买设备'),
  product(
    'mortgage-loan',
    OWN_LINE,
    '房抵贷',
    'mortgage loan',
    '房抵',
    '抵押贷',
    '房产抵押',
    '抵押',
  ),
  product('credit-line', OWN_LINE, '信用贷', 'credit line', '信用贷款', '信贷', '授信'),
  product(
    'settlement-card',
    'payments',
    '结算卡',
    'settlement card',
    '单位结算卡',
    '对公卡',
    '开户',
    '对公账户',
  ),
  product('pos', 'payments', '收单', 'card terminal', '收款码', 'pos机', 'pos', '聚合支付'),
  product('payroll', 'payments', '代发工资', 'payroll', '代发', '发工资'),
  product('insurance', 'insurance', '保险', 'insurance', '财产险', '雇主责任险'),
  product('wealth', 'wealth', '理财', 'wealth management', '存款', '大额存单', '基金'),
  product('credit-card', 'retail', '信用卡', 'credit card', '办卡'),
]

/** The lines of business, as shipped, by code. */
export const SHIPPED_LINES: Readonly<Record<string, Text>> = {
  [OWN_LINE]: { zh: '小微信贷', en: 'micro credit' },
  payments: { zh: '支付结算', en: 'payments' },
  insurance: { zh: '保险', en: 'insurance' },
  wealth: { zh: '财富管理', en: 'wealth' },
  retail: { zh: '零售', en: 'retail' },
}

/** What is offered now, in the order of the catalogue. */
export const offered = (catalogue: Catalogue): Product[] => catalogue.filter(({ active }) => active)

/** The product of a code, also one that is no longer offered; null when there is none. */
export const findProduct = (catalogue: Catalogue, code: string): Product | null =>
  catalogue.find((each) => each.code === code) ?? null

/** The product of this name, offered or not; null when there is none. */
export const productCalled = (catalogue: Catalogue, named: string): Product | null =>
  catalogue.find(
    ({ label }) => label.zh === named || label.en.toLowerCase() === named.toLowerCase(),
  ) ?? null

/** How people read a product's code; the code itself where the catalogue has none such. */
export const productLabel = (catalogue: Catalogue, code: string, language: Language): string =>
  findProduct(catalogue, code)?.label[language] ?? code

/** What before a product says that it is not wanted. */
export const UNWANTED =
  /(?:不|没有?|无|别|取消|no|not|don't need|without)(?:再?(?:要|需要?|想要?|办|做|用|考虑))?\s*$/i

/** The product that words name, and the text without them; null when none does or it is unwanted. */
export function takeProduct(
  catalogue: Catalogue,
  text: string,
): { product: Product; rest: string } | null {
  const lower = text.toLowerCase()
  const hits = offered(catalogue)
    .flatMap((each) =>
      each.words.filter((word) => lower.includes(word)).map((word) => ({ each, word })),
    )
    .sort((a, b) => b.word.length - a.word.length)
  const [hit] = hits
  if (!hit) return null
  const at = lower.indexOf(hit.word)
  if (UNWANTED.test(lower.slice(0, at))) return null
  const rest = `${text.slice(0, at)} ${text.slice(at + hit.word.length)}`
  return { product: hit.each, rest: rest.trim() }
}

/** One thing that is needed, and what else in the same line. */
interface Wanted {
  readonly product: Product
  readonly also: readonly Product[]
}

/** Everything that a line names, the first one first. */
export const productsOf = ({ product, also }: Wanted): Product[] => [
  product,
  ...also.filter(({ code }) => code !== product.code),
]

/** The product that an amount is about: the first that our own line serves, else the first. */
export const mainOf = (wanted: Wanted): Product =>
  productsOf(wanted).find(({ line }) => line === OWN_LINE) ?? wanted.product

export const urgencyLabel: Record<Urgency, Text> = {
  urgent: { zh: '急', en: 'urgent' },
  soon: { zh: '近期', en: 'soon' },
  'some-day': { zh: '不急', en: 'some day' },
}
