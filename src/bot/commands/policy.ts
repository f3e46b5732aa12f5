import { everyone, may } from '../policy.ts'

/** Everybody hears what they can say, and reads what was sent to them. */
export const readOwn = may(everyone('self'))

/** Whoever changes anything takes back their own last act. */
export const takeBack = may({
  manager: 'self',
  lead: 'self',
  head: 'self',
  marketing: 'self',
  risk: 'self',
})
