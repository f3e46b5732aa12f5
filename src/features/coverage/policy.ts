import { everyone, may } from '../../bot/policy.ts'

/** Whoever works with clients sees which products are to be covered; so does the rest of the bank. */
export const showKeyProducts = may(everyone('bank'))

/** Marketing names them. */
export const keepKeyProducts = may({ marketing: 'bank' })

/** Managers see the coverage of their own clients, others that of their units, marketing that of the bank. */
export const showCoverage = may({
  manager: 'own book',
  lead: 'unit below',
  head: 'unit below',
  marketing: 'bank',
})
