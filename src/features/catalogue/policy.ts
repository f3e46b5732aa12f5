import { may } from '../../bot/policy.ts'

/** Whoever speaks of products sees the catalogue. */
export const showCatalogue = may({
  manager: 'bank',
  lead: 'bank',
  head: 'bank',
  marketing: 'bank',
  line: 'bank',
})

/** Leads, heads, marketing and line officers see which department serves a line of business. */
export const showLines = may({ lead: 'bank', head: 'bank', marketing: 'bank', line: 'bank' })

/** Marketing keeps products and lines of business. */
export const keepCatalogue = may({ marketing: 'bank' })
