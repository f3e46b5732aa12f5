import {
  findPhoneNumbersInText,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js'

/** A phone number as E.164; a number without a country code is Chinese. Null when it is none. */
export function readPhone(typed: string): string | null {
  const phone = parsePhoneNumberFromString(typed, 'CN')
  return phone?.isValid() && isWhole(phone) ? phone.number : null
}

/** A Chinese mobile number has eleven digits; the library takes one that lost its last. */
const isWhole = ({ countryCallingCode, nationalNumber }: PhoneNumber): boolean =>
  countryCallingCode !== '86' || !/^1[3-9]/.test(nationalNumber) || nationalNumber.length === 11

/** Eleven digits are a number of their own, whatever digits stand beside them ("13800138000 3号店"). */
const MOBILE = /(?<![\d+]|\+(?!86)\d{1,3}[ -])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/

/** The first phone number within a text, and the text without it; null when there is none. */
export function takePhone(text: string): { phone: string; rest: string } | null {
  const mobile = text.match(MOBILE)
  const phone = mobile && readPhone(mobile[0])
  if (mobile && phone) {
    const rest = text.replace(mobile[0], ' ')
    return { phone, rest: rest.replace(/\s+/g, ' ').trim() }
  }
  const [found] = findPhoneNumbersInText(text, 'CN')
  if (!found || !isWhole(found.number)) return null
  const rest = `${text.slice(0, found.startsAt)} ${text.slice(found.endsAt)}`
  return { phone: found.number.number, rest: rest.replace(/\s+/g, ' ').trim() }
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
