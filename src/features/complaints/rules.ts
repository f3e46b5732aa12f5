import type { Day } from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'

/** A complaint that is not settled. */
export interface OpenComplaint {
  readonly id: string
  readonly taskId: string
  readonly clientId: string
  readonly clientName: string
  readonly about: string
  /** Who is complained of; null: nobody of the bank. */
  readonly aboutStaffId: string | null
  readonly dueOn: Day
  /** Whose list it is on. */
  readonly managerId: string
  readonly managerName: string
}

const STAFF_WORDS =
  /经理|员工|职员|工作人员|业务员|信贷员|柜员|主管|行长|好处费|回扣|红包|索[要取贿]|收受|态度|辱骂|骂人|骚扰|威胁|泄露|\b(?:manager|staff|employee|officer|teller|bribe|kickback|rude|attitude|harass|threat|leaked)/i

/**
 * Whether a complaint is about somebody of the bank: it says so, or names whoever serves the client. It rather goes
 * to the lead once too often than to the person complained of.
 */
export const isAboutStaff = (about: string, ownerName: string): boolean =>
  STAFF_WORDS.test(about) || about.includes(ownerName)

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
