import { may } from '../../bot/policy.ts'

/** Whoever speaks with clients about products, or answers for those who do. */
export const showPapers = may({
  manager: 'bank',
  lead: 'bank',
  head: 'bank',
  marketing: 'bank',
  risk: 'bank',
  line: 'bank',
})

/** Marketing keeps the library. */
export const keepPapers = may({ marketing: 'bank' })
