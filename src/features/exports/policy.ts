import { may } from '../../bot/policy.ts'

/** Managers take out their own book, leads and heads the books of their units; nobody takes out the bank's. */
export const exportClients = may({ manager: 'own book', lead: 'unit below', head: 'unit below' })
