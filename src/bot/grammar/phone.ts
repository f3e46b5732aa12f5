import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js'

/** A phone number as E.164; a number without a country code is Chinese. Null when it is none. */
export function readPhone(typed: string): string | null {
  const phone = parsePhoneNumberFromString(typed, 'CN')
  return phone?.isValid() && isWhole(phone) ? phone.number : null
}

/** A Chinese mobile number has eleven digits; the library takes one that lost its last. */
const isWhole = ({ countryCallingCode, nationalNumber }: PhoneNumber): boolean =>
  countryCallingCode !== '86' || !/^1[3-9]/.test(nationalNumber) || nationalNumber.length === 11

/** What a telephone number is written with. */
const PHONE_CHARACTERS = /^[+\d\s()\-.]+$/
/** Of a Chinese number with its area code, without the zero before it. */
const FEWEST_WITH_AREA_CODE = 10
/** No number of the world that is valid by itself has fewer. */
const FEWEST_DIGITS = 7

/**
 * A phone number that stands alone and means one person: without letters, and a landline with its
 * area code. The library takes dates, passports and bare local numbers too.
 */
export function readFullPhone(typed: string): string | null {
  // As nearly all are written in files of a million rows; the library takes ten times as long to say the same.
  if (/^1[3-9]\d{9}$/.test(typed)) return `+86${typed}`
  const said = typed
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
  const digits = said.replace(/\.0+$/, '').replace(/[^+\d]/g, '')
  const phone =
    PHONE_CHARACTERS.test(said) && digits.length >= FEWEST_DIGITS
      ? parsePhoneNumberFromString(digits, 'CN')
      : undefined
  if (!phone?.isValid() || !isWhole(phone)) return null
  const { countryCallingCode, nationalNumber, number } = phone
  if (countryCallingCode !== '86' || /^1[3-9]/.test(nationalNumber)) return number
  const dialled = /^(?:\+|0)/.test(digits)
  return dialled && nationalNumber.length >= FEWEST_WITH_AREA_CODE ? number : null
}

/** Eleven digits are a number of their own, whatever digits stand beside them ("13800138000 3号店"). */
const MOBILE =
  /(?<![\d+]|\+(?!86)\d{1,3}[ -])(?:\(?\+?86\)?[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/g

/**
 * Any other number shows that it is one: by the country (+852), the area (0571-) or the service (400).
 * A date, a capital and eight bare digits are none.
 */
const OTHER =
  /(?<![\d+.(-])(?:\(?\+\d{1,3}\)?[ -]?\(?\d(?:[ ()-]{0,2}\d){5,13}|\(?0\d{2,3}\)?[ -]?\d{3,4}[ -]?\d{4}|[48]00[ -]?\d{3,4}[ -]?\d{3,4})(?!\d)/g

/** What stands around a number and only says that it is one, or how to be put through. */
const SAID_OF_IT = /(?:手机号码?|手机|电话号码?|电话|联系方式|座机|tel|phone|mobile)[\s:]{0,2}$/i
const EXTENSION = /^\s?(?:转|分机|ext\.?|#)\s?\d{1,6}(?!\d)/i

/** The first phone number within a text, and the text without it; null when there is none. */
export function takePhone(text: string): { phone: string; rest: string } | null {
  for (const pattern of [MOBILE, OTHER]) {
    for (const { 0: said, index } of text.matchAll(pattern)) {
      const phone = readPhone(said)
      if (!phone) continue
      const before = text.slice(0, index).replace(SAID_OF_IT, '')
      const after = text.slice(index + said.length).replace(EXTENSION, '')
      return { phone, rest: `${before} ${after}`.replace(/\s+/g, ' ').trim() }
    }
  }
  return null
}

/** Mainland mobile numbers, which nearly all are, in the groups that the library makes of them. */
const MAINLAND_MOBILE = /^\+86(1[3-9]\d)(\d{4})(\d{4})$/

/** A number to read aloud: 138 0013 8000; masked, 138****8000, where more than one person reads. */
export function sayPhone(e164: string, masked: boolean): string {
  const [, first, second, third] = MAINLAND_MOBILE.exec(e164) ?? []
  if (first) return masked ? `${first}****${third}` : `${first} ${second} ${third}`
  const phone = parsePhoneNumberFromString(e164)
  const national = phone?.countryCallingCode === '86' ? `${phone.nationalNumber}` : e164
  if (masked) return `${national.slice(0, -8)}****${national.slice(-4)}`
  return phone?.countryCallingCode === '86'
    ? phone.formatNational()
    : (phone?.formatInternational() ?? e164)
}
