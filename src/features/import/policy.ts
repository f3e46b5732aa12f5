import { may } from '../../bot/policy.ts'

/**
 * Leads and heads import the books of their units, marketing those of the bank; a manager prospects of
 * their own.
 */
export const importClients = may({
  manager: 'own book',
  lead: 'unit below',
  head: 'unit below',
  marketing: 'bank',
})
