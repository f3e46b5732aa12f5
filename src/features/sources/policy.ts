import { may } from '../../bot/policy.ts'

/** Managers see where their own clients came from and what they bring, others those of their units, marketing those of the bank. */
export const showSources = may({
  manager: 'own book',
  lead: 'unit below',
  head: 'unit below',
  marketing: 'bank',
})
