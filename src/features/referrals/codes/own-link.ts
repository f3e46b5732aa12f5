import { askerOf } from '../../../bot/policy.ts'
import type { Refusal } from '../../../core/decision.ts'
import type { Actor } from '../../../core/staff.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { findVisible } from '../../clients/store.ts'
import { seeClients } from '../../staff/policy.ts'
import { noCode, type SaidCode } from '../policy.ts'
import { type LinkInForce, linkInForce } from '../store.ts'

export type FoundLink = LinkInForce & SaidCode

/** The link in force of a code. */
export async function linkSaid(
  tx: Queries,
  who: Actor,
  said: string,
): Promise<FoundLink | Refusal> {
  const link = await linkInForce(tx, said.toLowerCase())
  if (!link) return noCode(said)
  const { clientId } = link
  const client = clientId && (await findVisible(tx, askerOf(seeClients, who), clientId))
  return { ...link, said, clientSeen: Boolean(client) }
}
