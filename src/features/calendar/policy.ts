import { everyone, may } from '../../bot/policy.ts'

/** When the bank works is no secret in it; each sees the days of their own unit. */
export const seeCalendar = may(everyone('self'))

/** Heads say on which days their units work, marketing on which days the bank does. */
export const setCalendar = may({ head: 'unit below', marketing: 'bank' })
