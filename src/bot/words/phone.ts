import { findPhoneNumbersInText, parsePhoneNumberFromString } from 'libphonenumber-js'

/** A phone number as E.164; a number without a country code is Chinese. Null when it is none. */
export function readPhone(typed: string): string | null {
  const phone = parsePhoneNumberFromString(typed, 'CN')
  return phone?.isValid() ? phone.number : null
}

/** The first phone number within a text, and the text without it; null when there is none. */
export function takePhone(text: string): { phone: string; rest: string } | null {
  const [found] = findPhoneNumbersInText(text, 'CN')
  if (!found) return null
  const rest = `${text.slice(0, found.startsAt)} ${text.slice(found.endsAt)}`
  return { phone: found.number.number, rest: rest.replace(/\s+/g, ' ').trim() }
}

/** A number to read aloud: 138 0013 8000; masked, 138****8000, where more than one person reads. */
export function sayPhone(e164: string, masked: boolean): string {
  const phone = parsePhoneNumberFromString(e164)
  const national = phone?.countryCallingCode === '86' ? `${phone.nationalNumber}` : e164
  if (masked) return `${national.slice(0, -8)}****${national.slice(-4)}`
  return phone?.countryCallingCode === '86'
    ? phone.formatNational()
    : (phone?.formatInternational() ?? e164)
}
