import { may } from '../../../bot/policy.ts'

/** Managers see their own day, leads and heads that of their units. */
export const showDay = may({ manager: 'self', lead: 'unit below', head: 'unit below' })

/** Whoever answers for people reminds them. */
export const remindIdle = may({ lead: 'unit below', head: 'unit below' })
