import { may } from '../../bot/policy.ts'

/** Whoever serves a client, and its lead, keep the file. */
export const keepFile = may({ manager: 'serves', lead: 'unit below' })

export { seeClients as showFile } from '../staff/policy.ts'
