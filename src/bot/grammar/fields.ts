import { z } from 'zod'
import { isDay } from '../../core/calendar/time.ts'
import type { FormField } from '../../core/card.ts'
import { readAmount } from './amount.ts'
import { readPhone } from './phone.ts'
import { readTime } from './scan/kinds/times.ts'

// Fields of command inputs. A button or the parser sends the value itself, a form sends what was
// typed; blank means none.

const unclearAmount = (typed: string): string =>
  `金额"${typed}"没看懂，请写成 50万。 The amount is unclear; write 500000.`
const noDay = (typed: string): string =>
  `"${typed}"不是日历上的日期。 "${typed}" is not a day of the calendar.`
const noTime = (typed: string): string =>
  `钟点"${typed}"没看懂，请写成 15:00 或 下午3点。 The hour is unclear; write 15:00.`
const noPhone = (typed: string): string =>
  `"${typed}"不是有效的电话号码。 "${typed}" is not a phone number.`

/**
 * What is wrong with what was typed into a field of a form, from its type alone; null when it can be
 * read. Some services say it inside the form.
 */
export function formFault(type: string, typed: string, required: boolean): string | null {
  const said = typed.trim()
  if (!said) return required ? '这一项要填。 This one is needed.' : null
  switch (type as FormField['type']) {
    case 'amount':
      return readAmount(said) === null ? unclearAmount(said) : null
    case 'phone':
      return readPhone(said) === null ? noPhone(said) : null
    case 'date':
      return isDay(said) ? null : noDay(said)
    default:
      return null
  }
}

/** Whole yuan; "50万" is read, nonsense is refused with what to write. */
export const amountField = z
  .union([z.int().positive(), z.string()])
  .nullable()
  .default(null)
  .transform((value, context): number | null => {
    if (typeof value !== 'string') return value
    if (value.trim() === '') return null
    const yuan = readAmount(value)
    if (yuan === null) {
      context.addIssue(unclearAmount(value))
    }
    return yuan
  })

/** A day of the calendar as `2026-11-27`. */
export const dayField = z
  .string()
  .nullable()
  .default(null)
  .transform((value, context) => {
    if (!value) return null
    if (isDay(value)) return value
    context.addIssue(noDay(value))
    return z.NEVER
  })

/** An hour of the day as `15:00`; "下午3点" is read. */
export const timeField = z
  .string()
  .nullable()
  .default(null)
  .transform((value, context) => {
    if (!value?.trim()) return null
    const time = readTime(value)
    if (time) return time
    context.addIssue(noTime(value))
    return z.NEVER
  })

export const noteField = z
  .string()
  .trim()
  .max(500, '备注最多 500 字。 A note has at most 500 characters.')
  .nullable()
  .default(null)
  .transform((value) => value || null)

/** E.164; however it was typed. */
export const phoneField = z.string().transform((value, context) => {
  const phone = readPhone(value)
  if (phone) return phone
  context.addIssue(noPhone(value))
  return z.NEVER
})
