import type { Day } from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'

/**
 * Workdays within which a complaint is to be settled with the client. The bank's own promise, well
 * inside the 15 days of the regulator (银行业保险业消费投诉处理管理办法, 2020, for what is clear).
 */
export const COMPLAINT_WORKDAYS = 5

/** The day by which a complaint of this day is to be settled. */
export const settleBy = (today: Day, workdays: Workdays): Day =>
  workdays.add(today, COMPLAINT_WORKDAYS)

/** Days after which a client whose complaint was settled is asked how things are. */
export const ASK_AGAIN_DAYS = 7

/** The client said that it is not settled for them. */
export const isUnsettled = (answer: string): boolean =>
  /不满意|没(?:有)?解决|未解决|不接受|不认可|不同意|还在闹|继续投诉|not (?:satisfied|happy|settled)|dissatisfied|unhappy/i.test(
    answer,
  )
