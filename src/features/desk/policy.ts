import { may } from '../../bot/policy.ts'
import { refuse } from '../../core/decision.ts'

/** Those who answer for the work of others have pages, of the units they answer for. */
export const readDesk = may({
  lead: 'unit below',
  head: 'unit below',
  marketing: 'bank',
  risk: 'bank',
})

/** Everybody who has pages sees where they are logged in; risk sees it of everybody. */
export const listSessions = may({ lead: 'self', head: 'self', marketing: 'self', risk: 'bank' })

/** Everybody asks to begin anew with their own authenticator app. */
export const resetFactor = may({ lead: 'self', head: 'self', marketing: 'self', risk: 'self' })

/** Everybody logs themselves out everywhere, and risk whomever it must. */
export const endSessions = may<{ readonly id: string }>(listSessions.reach, (who, { id }) =>
  id === who.id || who.role === 'risk'
    ? null
    : refuse('只能退出您自己的看板会话。', 'You can only log yourself out.'),
)
