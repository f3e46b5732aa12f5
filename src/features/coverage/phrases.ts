import type { Reading } from '../../bot/grammar/reading.ts'

export interface KeyWords {
  readonly tier: string
  readonly products: readonly string[]
}

const NONE = /^(?:无|没有|取消|清空|none)$/i

/** Reads "A 结算卡、代发工资", "B类 收单", "A 无". */
export function readKeyProducts(said: string): Reading<KeyWords> {
  const [, tier = '', listed = ''] = said.trim().match(/^([a-z])[类级]?\s+(.+)$/i) ?? []
  if (!tier) return { kind: 'no' }
  const products = NONE.test(listed.trim())
    ? []
    : listed.split(/\s*[、,;/]\s*|\s{1,}(?=[^a-z])/i).filter(Boolean)
  return { kind: 'understood', input: { tier: tier.toUpperCase(), products } }
}

export interface TalkWords {
  readonly product: string
  readonly talk: string | null
}

/** Reads "话术 结算卡 开户免年费", "talk settlement card: free for a year", "话术 结算卡 无". */
export function readTalk(said: string): Reading<TalkWords> {
  const [, product = '', talk = ''] =
    said.trim().match(/^(?:话术|talk)\s+([^:]+?)\s*:\s*(.+)$/is) ??
    said.trim().match(/^(?:话术|talk)\s+(\S+)\s+(.+)$/is) ??
    []
  return product
    ? { kind: 'understood', input: { product, talk: NONE.test(talk.trim()) ? null : talk.trim() } }
    : { kind: 'no' }
}
