import { may } from '../../bot/policy.ts'

/** Whoever serves a client, and its lead, keep the file. */
export const keepFile = may({ manager: 'serves', lead: 'unit below' })

/** Whoever serves a client, its lead and marketing note where it belongs. */
export const placeClient = may({ manager: 'serves', lead: 'unit below', marketing: 'bank' })

/** Managers see which of their files lack something, those above whose of their units. */
export const listThin = may({
  manager: 'serves',
  lead: 'unit below',
  head: 'unit below',
  marketing: 'bank',
})

export { seeClients as showFile } from '../staff/policy.ts'
