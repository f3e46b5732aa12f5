import { may } from '../../bot/policy.ts'

export { seeClients as showPhoto } from '../staff/policy.ts'

/** Whoever serves a client, and whoever is above, log visits. */
export const logVisit = may({ manager: 'serves', lead: 'unit below', head: 'unit below' })
