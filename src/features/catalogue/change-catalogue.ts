import { z } from 'zod'
import { command, query } from '../../bot/command.ts'
import type { Catalogue, Product } from '../../core/catalogue.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import { catalogueCard } from './cards.ts'
import { codeOf, lineNamed } from './names.ts'
import { CATALOGUE_PHRASES } from './phrases.ts'
import * as policy from './policy.ts'
import { findProduct, offered, productCalled } from './rules.ts'
import { type BusinessLine, businessLines, saveProduct } from './store.ts'

const name = z
  .string()
  .trim()
  .min(2, '产品名至少两个字。 A name has at least two characters.')
  .max(30)
const words = z.array(z.string().trim().min(1).max(30)).max(20)

const change = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('add'),
    named: name,
    line: z.string().trim().min(1).max(30),
    words: words.default([]),
  }),
  z.object({
    act: z.literal('change'),
    named: name,
    line: z.string().trim().max(30).nullable().default(null),
    words: words.nullable().default(null),
  }),
  z.object({ act: z.enum(['stop', 'offer']), named: name }),
])
type Change = z.infer<typeof change>

const HELP = {
  usage: {
    zh: '产品 新增 银税贷 条线 小微信贷 关键词 税贷、银税',
    en: 'products add Tax loan line payments words tax',
  },
  purpose: {
    zh: '维护产品目录：新增、改、停用、启用',
    en: 'keep the catalogue: add, change, stop, offer',
  },
}

/** `产品`: the catalogue, by line of business, with the words that mean each. */
export const showCatalogue = query<unknown, readonly BusinessLine[]>({
  name: 'products',
  may: policy.showCatalogue,
  help: {
    usage: { zh: '产品', en: 'products' },
    purpose: { zh: '产品目录和关键词', en: 'the catalogue, and the words for each product' },
  },
  phrases: {
    words: ['产品目录', '产品', 'products'],
    read: (rest) => (rest ? { kind: 'no' } : { kind: 'understood', input: {} }),
  },
  input: z.unknown(),
  load: businessLines,
  reply: (lines, _input, { who, at }) => catalogueCard(offered(at.catalogue), lines, who.language),
})

/** Adds, changes, stops or offers again one product, in one line. */
export const changeCatalogue = command<Change, readonly BusinessLine[], Product>({
  name: 'change-products',
  may: policy.keepCatalogue,
  help: HELP,
  phrases: CATALOGUE_PHRASES,
  input: change,
  load: businessLines,
  decide: (lines, input, { at }) => changed(at.catalogue, lines, input),
  async save(tx, product, { momentChanged }) {
    await saveProduct(tx, product)
    momentChanged()
  },
  reply: (product, lines, { who }) => catalogueCard([product], lines, who.language),
})

/** The product as it will be, or why it cannot be so. */
function changed(
  catalogue: Catalogue,
  lines: readonly BusinessLine[],
  input: Change,
): Product | Refusal {
  const before = productCalled(catalogue, input.named)
  if (input.act === 'add' && before) {
    return refuse(
      `产品"${input.named}"已经在目录里，可以说：产品 改 ${input.named} 关键词 …。`,
      `"${input.named}" is in the catalogue already; say: products change ${input.named} words ….`,
    )
  }
  if (input.act !== 'add' && !before) {
    return refuse(
      `目录里没有"${input.named}"。发"产品"看目录。`,
      `There is no "${input.named}". Say "products" for the catalogue.`,
    )
  }
  if (input.act !== 'add' && input.act !== 'change') {
    return { ...(before as Product), active: input.act === 'offer' }
  }
  const line = input.line === null ? null : lineNamed(lines, input.line)
  if (input.line !== null && !line) {
    const known = lines.map(({ labelZh }) => labelZh).join('、')
    return refuse(
      `没有业务条线"${input.line}"，有：${known}。`,
      `There is no line of business "${input.line}"; there are: ${lines.map(({ labelEn }) => labelEn).join(', ')}.`,
    )
  }
  const product: Product = before
    ? {
        ...before,
        line: line?.code ?? before.line,
        words: input.words ? withName(before.label, input.words) : before.words,
      }
    : {
        code: freeCode(catalogue, codeOf(input.named)),
        line: line?.code ?? '',
        label: { zh: input.named, en: input.named },
        words: withName({ zh: input.named, en: input.named }, input.words ?? []),
        active: true,
      }
  const other = offered(catalogue).find(
    (each) => each.code !== product.code && each.words.some((word) => product.words.includes(word)),
  )
  const taken = other?.words.find((word) => product.words.includes(word))
  if (!other || !taken) return product
  return refuse(
    `"${taken}"已经是"${other.label.zh}"的关键词，一个词只能指一个产品。`,
    `"${taken}" means "${other.label.en}" already; a word stands for one product.`,
  )
}

const withName = (label: Product['label'], more: readonly string[]): string[] => [
  ...new Set([
    label.zh.toLowerCase(),
    label.en.toLowerCase(),
    ...more.map((word) => word.toLowerCase()),
  ]),
]

/** The code, with a number behind it where another product has it (names that sound alike). */
const freeCode = (catalogue: Catalogue, code: string, turn = 1): string => {
  const tried = turn === 1 ? code : `${code}-${turn}`
  return findProduct(catalogue, tried) ? freeCode(catalogue, code, turn + 1) : tried
}
