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

/** Whoever brings in a book of clients or a list says what becomes of it, as long as they may bring it in. */
export const decideImports = may({
  manager: 'own book',
  lead: 'unit below',
  head: 'unit below',
  marketing: 'bank',
  risk: 'bank',
})
