import { type Refusal, refuse } from '../../../core/decision.ts'
import { inLanguage, type Language } from '../../../core/text.ts'
import { findProduct, takeProduct } from '../../needs/rules.ts'
import { IN_GENERAL, type Purpose } from '../store.ts'

/** What a link is asked for in words: nothing (in general), or a product. */
export function purposeNamed(words: string | undefined, language: Language): Purpose | Refusal {
  const named = words?.trim()
  if (!named) return IN_GENERAL
  const product = findProduct(named) ?? takeProduct(named)?.product
  if (product) {
    return { ...IN_GENERAL, product: product.code, offer: inLanguage(product.label, language) }
  }
  return refuse(
    `没有叫"${named}"的产品。发"我的码"要通用的码，或带上产品，如"我的码 结算卡"。`,
    `There is no product "${named}". Say "my code" for a general one, or name a product: "my code settlement card".`,
  )
}
