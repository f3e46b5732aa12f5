import type { Day } from '../../core/calendar/time.ts'
import type { Workdays } from '../../core/calendar/workdays.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import type { Role } from '../../core/staff.ts'

/** Departments that are asked, and that ask managers. */
export const DEPARTMENTS = ['marketing', 'risk'] as const satisfies readonly Role[]
export type Department = (typeof DEPARTMENTS)[number]

export const isDepartment = (role: Role): role is Department =>
  (DEPARTMENTS as readonly Role[]).includes(role)

/** Who answers: whoever serves the client, a department, or whoever made the request it is about. */
export const ADDRESSEES = ['manager', ...DEPARTMENTS, 'requester'] as const
export type Addressee = (typeof ADDRESSEES)[number]

/** A question that waits for its answer. */
export interface Enquiry {
  readonly id: string
  readonly addressee: Addressee
  /** Null: it is about a request. */
  readonly clientId: string | null
  readonly clientName: string | null
  /** Who serves the client; null as above. */
  readonly ownerId: string | null
  readonly ownerName: string | null
  /** Where whoever serves the client works; null as above. */
  readonly ownerPath: string | null
  /** The move between tiers that waits for the answer; null: none does. */
  readonly move: { readonly from: string; readonly to: string } | null
  /** The request that waits for the answer, and whoever made it; null: it is about a client. */
  readonly request: { readonly kind: string; readonly payload: unknown } | null
  readonly requester: string | null
  readonly requesterName: string | null
  readonly askedBy: string
  readonly askedByName: string
  readonly question: string
  readonly dueOn: Day
}

/** One that was asked, with what came of it. */
export interface Told {
  readonly addressee: Addressee
  readonly askedByName: string
  readonly question: string
  readonly askedAt: Date
  readonly dueOn: Day
  /** Null: it waits. */
  readonly answer: string | null
  readonly answeredByName: string | null
  readonly answeredAt: Date | null
}

/** Workdays for an answer where no day was said. */
export const ANSWER_WORKDAYS = 3

/** Days that an answer may take at most: as long as what waits for it may wait (requests lapse after that). */
export const MOST_DAYS = 14

/** The last day for the answer to a question of this day. */
export const answerBy = (today: Day, workdays: Workdays): Day =>
  workdays.add(today, ANSWER_WORKDAYS)

/** Why a day cannot be the last for an answer; null: it can. */
export function dayFault(dueOn: Day, today: Day, latest: Day): Refusal | null {
  if (dueOn < today) {
    return refuse(
      `${dueOn} 已经过去，请给今天或以后的日期。什么都没有问出去。`,
      `${dueOn} has gone by; give today or a later day. Nothing was asked.`,
    )
  }
  return dueOn > latest
    ? refuse(
        `答复期限最多 ${MOST_DAYS} 天，请给 ${latest} 或以前的日期。什么都没有问出去。`,
        `An answer may take ${MOST_DAYS} days at most: give ${latest} or a day before. Nothing was asked.`,
      )
    : null
}
