import { may } from '../../bot/policy.ts'

/** Managers see what is under way with their own clients, others with those of their units, marketing of the bank. */
export const showPipeline = may({
  manager: 'own book',
  lead: 'unit below',
  head: 'unit below',
  marketing: 'bank',
})
