import { may } from '../../bot/policy.ts'
import { seeClients } from '../staff/policy.ts'

/** Whoever sees clients sees where they are. */
export const seePlaces = may(seeClients.reach)

/** Leads, heads and marketing keep the registers. */
export const keepPlaces = may({ lead: 'bank', head: 'bank', marketing: 'bank' })
