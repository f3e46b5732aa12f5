import { may } from '../../bot/policy.ts'

/** Whoever serves a client, and their lead, register what it needs. */
export const registerNeed = may({ manager: 'serves', lead: 'unit below' })
