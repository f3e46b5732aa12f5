import { may } from '../../bot/policy.ts'

/** Risk keeps the negative list. */
export const keepNegativeList = may({ risk: 'bank' })

/** Risk says each year which clients are to exit. */
export const keepExitList = may({ risk: 'bank' })
