import { type Refusal, refuse } from '../../../core/decision.ts'
import type { Actor } from '../../../core/staff.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { resolveClient } from '../../clients/resolve-client.ts'
import { type LinkInForce, linkInForce } from '../store.ts'

/** The link in force of a code, if it is this person's or that of a client whom they may see. */
export async function linkOfTheirs(
  tx: Queries,
  who: Actor,
  code: string,
): Promise<LinkInForce | Refusal> {
  const link = await linkInForce(tx, code.toLowerCase())
  const none = refuse(
    `没有您可以用的码"${code}"。发"我的码"看自己的，或"转介 张三"看客户的。`,
    `There is no code "${code}" of yours. Say "my code" for your own or "refer Zhang" for a client's.`,
  )
  if (!link) return none
  if (link.staffId === who.id) return link
  if (!link.clientId) return none
  const client = await resolveClient(tx, who, { clientId: link.clientId }, NOWHERE)
  return 'id' in client ? link : none
}

/** A client named by id is never asked about. */
const NOWHERE = { command: 'help', input: {} }
