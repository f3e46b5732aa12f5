import { may } from '../../bot/policy.ts'

/** Leads and heads set what their units and people are to reach, marketing of the whole bank. */
export const setQuotas = may({ lead: 'unit below', head: 'unit below', marketing: 'bank' })

/** Managers see their own quotas, leads and heads those of their units. */
export const showQuotas = may({ manager: 'self', lead: 'unit below', head: 'unit below' })
