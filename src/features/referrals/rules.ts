import type { Say, Text } from '../../core/text.ts'

/** Letters and digits that nobody confuses, without vowels, so that no code spells a word. */
export const CODE_ALPHABET = '23456789bcdfghjkmnpqrstvwxz'
export const CODE_LENGTH = 8
export const CODE_SHAPE = new RegExp(`^[${CODE_ALPHABET}]{${CODE_LENGTH}}$`)

/** Initials and numbers that insult somebody in Chinese or English, and 4, which sounds like death. */
const OFFENSIVE =
  /4|38|78|87|sb|cn?m|nmb|tmd|tnnd|wcn|wbd|wtf|fck|fvck|fk|kkk|dck|stfv|pns|vgn|ngr|bt?ch|sht|zzz|xjj|ndx|hdp/

/** No new code is one of these. */
export const offends = (code: string): boolean => OFFENSIVE.test(code)

/**
 * What visitors agree to, by version: each entry keeps the version that was shown, so none is ever
 * edited or removed. The last is the one in force.
 */
export const CONSENTS: readonly Text[] = [
  {
    zh: '我同意银行为联系我、了解我的融资需求而使用以上信息，保存不超过两年；我可以随时要求删除。',
    en: 'I agree that the bank uses these details to contact me about financing and keeps them for two years at most; I can have them deleted at any time.',
  },
  {
    zh: '我同意银行为联系我、了解我的融资需求使用以上信息，最多保存两年；我可以随时撤回，撤回后即删除。',
    en: 'I agree that the bank uses these details to contact me about financing and keeps them for two years at most. I can withdraw at any time; then they are deleted.',
  },
]
export const CONSENT_VERSION = CONSENTS.length

/** Years that an entry's personal data is kept, as the consent says. */
export const RETENTION_YEARS = 2

/** Who recommends, as visitors see it: staff by name, clients by the family name alone. */
export const shownAs = (referrer: { readonly name: string; readonly isStaff: boolean }): string =>
  referrer.isStaff ? referrer.name : `${[...referrer.name][0] ?? ''}**`

/** How a page and a picture say who recommends. */
export function recommendation(
  referrer: {
    readonly name: string
    readonly isStaff: boolean
    /** A manager who works here: they will serve whoever comes. */
    readonly serves: boolean
  },
  say: Say,
): string {
  const name = shownAs(referrer)
  if (!referrer.isStaff) return say(`您的朋友 ${name} 推荐`, `Recommended by your friend ${name}`)
  return referrer.serves
    ? say(`客户经理 ${name} 为您服务`, `At your service: ${name}`)
    : say(`${name} 推荐`, `Recommended by ${name}`)
}

/** What a link offers that is for nothing in particular. */
export const defaultOffer = (say: Say): string =>
  say('小微企业融资咨询', 'Financing for small businesses')

/** How somebody got to a page: by its QR code, or by a link that was passed on. */
export type Via = 'scan' | 'tap'

/** The address of a link's page; the QR code carries a mark that the link does not. */
export const pageUrl = (publicUrl: string, code: string, via: Via): string =>
  `${publicUrl}/r/${code}${via === 'scan' ? '/q' : ''}`

/** What stands in the address of a client's own page: 18 bytes that nobody guesses. */
export const OWN_CODE_SHAPE = /^[\w-]{24}$/

/** The address at which a client sees what became of their recommendations. */
export const ownUrl = (publicUrl: string, ownCode: string): string =>
  `${publicUrl}/r/mine/${ownCode}`
