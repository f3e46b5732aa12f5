import { z } from 'zod'
import { isDay } from '../core/time.ts'
import { readAmount } from './words/amount.ts'
import { readPhone } from './words/phone.ts'

// Fields of command inputs. A button or the parser sends the value itself, a form sends what was
// typed; blank means none.

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
      context.addIssue(`金额"${value}"没看懂，请写成 50万。 The amount is unclear; write 500000.`)
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
    context.addIssue(`"${value}"不是日历上的日期。 "${value}" is not a day of the calendar.`)
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
  context.addIssue(`"${value}"不是有效的电话号码。 "${value}" is not a phone number.`)
  return z.NEVER
})
