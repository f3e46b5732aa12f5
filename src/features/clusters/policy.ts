import { may } from '../../bot/policy.ts'
import { seeClients } from '../staff/policy.ts'

/** Whoever sees clients sees where they are. */
export const seeClusters = may(seeClients.reach)

/** Leads, heads and marketing keep the register. */
export const keepClusters = may({ lead: 'bank', head: 'bank', marketing: 'bank' })

/** A manager goes through a market alone: to their own clients there. */
export const visitCluster = may({ manager: 'own book' })
