import type { Text } from '../../core/text.ts'

/** Letters and digits that nobody confuses, without vowels, so that no code spells a word. */
export const CODE_ALPHABET = '23456789bcdfghjkmnpqrstvwxz'
export const CODE_LENGTH = 8
export const CODE_SHAPE = new RegExp(`^[${CODE_ALPHABET}]{${CODE_LENGTH}}$`)

/** What a visitor agrees to; each entry keeps the version that was shown. */
export const CONSENT: { readonly version: number; readonly text: Text } = {
  version: 1,
  text: {
    zh: '我同意银行为联系我、了解我的融资需求而使用以上信息，保存不超过两年；我可以随时要求删除。',
    en: 'I agree that the bank uses these details to contact me about financing and keeps them for two years at most; I can have them deleted at any time.',
  },
}

/** Who recommends, as visitors see it: 张先生-style discretion, the family name only for clients. */
export const shownAs = (referrer: { readonly name: string; readonly isStaff: boolean }): string =>
  referrer.isStaff ? referrer.name : `${[...referrer.name][0] ?? ''}**`
