import { may } from '../../bot/policy.ts'

/** Those who answer for the work of others have pages, of the units they answer for. */
export const readDesk = may({
  lead: 'unit below',
  head: 'unit below',
  marketing: 'bank',
  risk: 'bank',
})

/** Everybody who has pages sees where they are logged in, and ends it; risk does so of everybody. */
export const overseeSessions = may({ lead: 'self', head: 'self', marketing: 'self', risk: 'bank' })

/** Everybody asks to begin anew with their own authenticator app. */
export const resetFactor = may({ lead: 'self', head: 'self', marketing: 'self', risk: 'self' })

/** Risk, who answers for how the bank works, sees to messages that reached nobody; operators do so on the server. */
export const settleUndelivered = may({ risk: 'bank' })
