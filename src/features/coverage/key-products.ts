import { z } from 'zod'
import { command, query } from '../../bot/command.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import type { Catalogue, Product } from '../../core/catalogue.ts'
import { Refusal, refuse } from '../../core/decision.ts'
import { offered, productCalled, productLabel } from '../catalogue/rules.ts'
import type { Playbook } from '../playbook/rules.ts'
import { playbookOn } from '../playbook/store.ts'
import { keyProductsCard } from './cards.ts'
import { KEY_PHRASES, productsIn, saysNone, TALK_PHRASES, WORDS } from './phrases.ts'
import * as policy from './policy.ts'
import type { KeyProduct } from './rules.ts'
import { keyProducts, putKeyProducts, putTalk } from './store.ts'

/** `重点产品`: which products clients of which tier are to hold, and what managers say for them. */
export const showKeyProducts = query<unknown, readonly KeyProduct[]>({
  name: 'key-products',
  may: policy.showKeyProducts,
  help: {
    usage: { zh: '重点产品', en: 'key products' },
    purpose: {
      zh: '各层级客户要覆盖的重点产品和话术',
      en: 'which products clients of a tier are to hold, and what to say',
    },
  },
  phrases: { words: [...WORDS, '重点产品有哪些'], read: wholeLine({}) },
  input: z.unknown(),
  load: keyProducts,
  reply: (keys, _input, { who, at }) => keyProductsCard(keys, at.catalogue, who.language),
})

const tierInput = z.object({
  tier: z.string().regex(/^[A-Z]$/),
  /** An answer names them in words. */
  products: z.preprocess(
    (said) => (typeof said === 'string' ? productsIn(said) : said),
    z.array(z.string().trim().min(1).max(30)).max(10),
  ),
})

/** `重点产品 A 结算卡、代发工资`: what clients of a tier are to hold. */
export const setKeyProducts = command<
  z.infer<typeof tierInput>,
  { readonly keys: readonly KeyProduct[]; readonly playbook: Playbook },
  { readonly tier: string; readonly codes: readonly string[] }
>({
  name: 'set-key-products',
  may: policy.keepKeyProducts,
  help: {
    usage: { zh: '重点产品 A 结算卡、代发工资', en: 'key products A settlement card, payroll' },
    purpose: {
      zh: '指定某一层级客户要覆盖的产品；"重点产品 A 无"为取消',
      en: 'what clients of a tier are to hold; "key products A none" takes it away',
    },
  },
  phrases: KEY_PHRASES,
  input: tierInput,
  load: async (tx, _input, { at }) => ({
    keys: await keyProducts(tx),
    playbook: await playbookOn(tx, at.today),
  }),
  decide({ playbook }, { tier, products }, { at }) {
    const tiers = Object.keys(playbook.care).filter((each) => /^[A-Z]$/.test(each) && each !== 'F')
    if (!tiers.includes(tier)) {
      return refuse(
        `没有可以营销的层级"${tier}"，有：${tiers.join('、')}。没有改动。`,
        `There is no tier "${tier}" that is marketed to; there are ${tiers.join(', ')}. Nothing was changed.`,
      )
    }
    const codes = products.map((named) => productMeant(at.catalogue, named))
    const unknown = codes.find((each) => each instanceof Refusal)
    return (
      unknown ?? {
        tier,
        codes: [...new Set(codes.flatMap((each) => ('code' in each ? each.code : [])))],
      }
    )
  },
  save: (tx, { tier, codes }, { who, at }) => putKeyProducts(tx, tier, codes, who.id, at.now),
  reply({ tier, codes }, { keys }, { who, at }) {
    const talkOf = (code: string) => keys.find(({ product }) => product === code)?.talk ?? null
    const now = codes.map((product) => ({ tier, product, talk: talkOf(product) }))
    const others = keys.filter((each) => each.tier !== tier)
    const all = [...others, ...now].sort((a, b) => a.tier.localeCompare(b.tier))
    return keyProductsCard(all, at.catalogue, who.language)
  },
})

const talkInput = z.object({
  product: z.string().trim().min(1).max(30),
  talk: z
    .string()
    .trim()
    .min(1)
    .max(300)
    .nullable()
    .transform((said) => (said && !saysNone(said) ? said : null)),
})

/** `重点产品 话术 结算卡 开户免年费`: what a manager says for a key product; it stands on the task. */
export const setTalk = command<
  z.infer<typeof talkInput>,
  readonly KeyProduct[],
  { readonly code: string; readonly talk: string | null }
>({
  name: 'key-product-talk',
  may: policy.keepKeyProducts,
  help: {
    usage: {
      zh: '重点产品 话术 结算卡 开户免年费',
      en: 'key products talk payroll: free for a year',
    },
    purpose: {
      zh: '重点产品的话术，写在交叉营销任务上',
      en: 'what to say for a key product; it stands on the cross-sell task',
    },
  },
  phrases: TALK_PHRASES,
  input: talkInput,
  load: keyProducts,
  decide(keys, { product: named, talk }, { at }) {
    const product = productMeant(at.catalogue, named)
    if (product instanceof Refusal) return product
    return keys.some((each) => each.product === product.code)
      ? { code: product.code, talk }
      : refuse(
          `${product.label.zh} 还不是重点产品，先说"重点产品 A ${product.label.zh}"。`,
          `${product.label.en} is no key product yet; first say "key products A ${product.label.en}".`,
        )
  },
  save: (tx, { code, talk }) => putTalk(tx, code, talk),
  reply: ({ code, talk }, keys, { who, at }) =>
    keyProductsCard(
      keys.map((each) => (each.product === code ? { ...each, talk } : each)),
      at.catalogue,
      who.language,
    ),
})

function productMeant(catalogue: Catalogue, named: string): Product | Refusal {
  const found = productCalled(catalogue, named)
  if (found?.active) return found
  const word = offered(catalogue).find(({ words }) => words.includes(named.toLowerCase()))
  if (word) return word
  const known = (language: 'zh' | 'en') =>
    offered(catalogue).map(({ code }) => productLabel(catalogue, code, language))
  return refuse(
    `产品目录里没有"${named}"，有：${known('zh').join('、')}。没有改动。`,
    `There is no product "${named}"; there are ${known('en').join(', ')}. Nothing was changed.`,
  )
}
