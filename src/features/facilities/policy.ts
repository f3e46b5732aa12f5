import { may } from '../../bot/policy.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import type { Actor } from '../../core/staff.ts'
import type { Owned } from '../staff/policy.ts'
import type { Claim } from './claims/rules.ts'

interface Confirming {
  readonly client: Owned
  /** Claims of the client that nothing confirms. */
  readonly claims: readonly Pick<Claim, 'staffId'>[]
}

/** Four eyes: whoever claims a loan, or serves the client where nobody does, has another confirm it. */
const isAnother = (who: Actor, { client, claims }: Confirming): Refusal | null => {
  const own = claims.some(({ staffId }) => staffId === who.id)
  if (!own && (claims.length > 0 || client.ownerId !== who.id)) return null
  return own
    ? refuse(
        `${client.name} 的放款是您登记的，要由另一位主管或负责人确认。`,
        `You logged the loan of ${client.name}; another lead or head has to confirm it.`,
      )
    : refuse(
        `${client.name} 是您自己的客户，要由另一位主管或负责人确认。`,
        `${client.name} is your own client; another lead or head has to confirm it.`,
      )
}

/** Leads and heads confirm loans of their units, and that they are settled. */
export const confirmLoan = may<Confirming>({ lead: 'unit below', head: 'unit below' }, isAnother)
export const settleLoan = may<Confirming>(confirmLoan.reach, isAnother)
