import { type Moment, momentAt } from '../../src/bot/moment.ts'
import { chineseWorkdays } from '../../src/core/calendar/workdays.ts'
import { SHIPPED_PRODUCTS } from '../../src/features/catalogue/rules.ts'
import { SHIPPED_KINDS } from '../../src/features/playbook/shipped-outcomes.ts'

/** A moment of a bank that offers what is shipped, on the official calendar. */
export const momentOf = (time: string, timezone = 'Asia/Shanghai'): Moment =>
  momentAt(new Date(time), timezone, chineseWorkdays(), SHIPPED_PRODUCTS, SHIPPED_KINDS)
