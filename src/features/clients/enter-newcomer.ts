import type { Context } from '../../bot/command.ts'
import type { Queries } from '../../infra/database/index.ts'
import { keepHistory } from './file/store.ts'
import { addPhone } from './identity/phones-store.ts'
import { insertProspect } from './store.ts'

type Prospect = Parameters<typeof insertProspect>[1]

/**
 * Puts somebody new on file whom a member of staff entered. A number means one client: where another has it
 * (`sharesWith`, by name), it stands on the newcomer's file as theirs. Resolves to the client's id; throws where the
 * number was entered by somebody else a moment ago.
 */
export async function enterNewcomer(
  tx: Queries,
  newcomer: Prospect & { readonly phone: string; readonly sharesWith: string | null },
  context: Context,
): Promise<string> {
  const { sharesWith, phone, ...prospect } = newcomer
  const own = sharesWith === null ? phone : null
  const clientId = await insertProspect(tx, { ...prospect, phone: own }, context)
  if (!clientId) throw new Error('the phone number was entered by someone else a moment ago')
  if (sharesWith !== null) {
    const by = { staffId: context.who.id, actId: context.actId, now: context.at.now }
    const shared = { clientId, number: phone, label: null, person: sharesWith }
    await keepHistory(tx, { clientId, table: 'client_phone' }, by, () => addPhone(tx, shared, by))
  }
  return clientId
}
