import { may } from '../../bot/policy.ts'

/** Whoever has a list has reminders of their own, about clients that they see or about nobody. */
export const ownReminders = may({ manager: 'serves', lead: 'unit below', head: 'unit below' })

/** Leads and heads say a word to their people. */
export const notifyTeam = may({ lead: 'unit below', head: 'unit below' })

/** And has the hours of their own in a calendar. */
export const ownCalendar = may({ manager: 'self', lead: 'self', head: 'self' })
