import { may } from '../../bot/policy.ts'

/** Whoever serves a client, its lead and marketing note where it belongs. */
export const placeClient = may({ manager: 'serves', lead: 'unit below', marketing: 'bank' })
