import { may } from '../../bot/policy.ts'

/** Those who answer for the work of others have pages, of the units they answer for. */
export const readDesk = may({
  lead: 'unit below',
  head: 'unit below',
  marketing: 'bank',
  risk: 'bank',
})
