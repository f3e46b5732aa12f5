import { may } from '../../bot/policy.ts'

/**
 * Managers ask about their own book and what they did, leads and heads about their units, marketing and risk about
 * the bank.
 */
export const ask = may({
  manager: 'own book',
  lead: 'unit below',
  head: 'unit below',
  marketing: 'bank',
  risk: 'bank',
})
