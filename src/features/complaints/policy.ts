import { may } from '../../bot/policy.ts'

export { seeClients as registerComplaint } from '../staff/policy.ts'

/** Whoever serves a client, and whoever is above, settle its complaints. */
export const closeComplaint = may({ manager: 'serves', lead: 'unit below', head: 'unit below' })

/** Managers see the open complaints of their clients, leads and heads those of their units. */
export const showComplaints = may({ manager: 'own book', lead: 'unit below', head: 'unit below' })
