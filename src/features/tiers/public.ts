import type { Undoing } from '../../bot/commands/undo-snapshot.ts'
import type { Day } from '../../core/calendar/time.ts'
import { text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { install } from '../editions/public.ts'
import { askOthers } from './approvals/ask-others.ts'
import { applyTiers } from './batch/apply-tiers.ts'
import { restoreFacts } from './entry/store.ts'
import { type NewNomination, nameClients } from './nominations/store.ts'
import { SHIPPED_EXISTING, SHIPPED_FROM, SHIPPED_PROSPECT } from './shipped-standards.ts'
import { bodyOf, standardsOn } from './store.ts'

/**
 * Decides these clients' tiers by the standards in force and writes what changed; a move that needs
 * approval waits for it.
 */
export async function retier(tx: Queries, clientIds: readonly string[], today: Day): Promise<void> {
  await applyTiers(tx, clientIds, await standardsOn(tx, today), today)
}

/** The classes that prospects fall in on a day. */
export async function prospectClasses(tx: Queries, today: Day): Promise<string[]> {
  const { tiers, otherwise } = (await standardsOn(tx, today)).prospect
  return [...tiers.map(({ tier }) => tier), otherwise.none, otherwise.open]
}

/** Facts that an act recorded are as they were, and the clients' tiers follow. */
export const undoing: Undoing = {
  what: { 'record-facts': text('信息', 'the facts') },
  clients: `select client_id from fact_entry where act_id = act.id`,
  builtUpon: `exists (
    select from fact_entry as entry join fact_entry as later
      on later.client_id = entry.client_id and later.fact = entry.fact
        and later.id > entry.id and later.undone_at is null
    where entry.act_id = act.id)`,
  async takeBack(tx, actId, context) {
    const { at } = context
    const clientIds = await restoreFacts(tx, actId, at.now)
    if (clientIds.length === 0) return
    await retier(tx, clientIds, at.today)
    await askOthers(tx, clientIds, context)
  },
}

/** Clients named for exit by risk; their moves into F wait for the approval of somebody else of risk. */
export async function nameByRisk(
  tx: Queries,
  nominations: readonly NewNomination[],
  by: Parameters<typeof nameClients>[3],
): Promise<void> {
  await nameClients(tx, 'risk', nominations, by)
  const ids = nominations.map(({ clientId }) => clientId)
  await retier(tx, ids, by.today)
}

/** Puts the shipped standards on file where the bank has none yet. */
export async function installStandards(tx: Queries): Promise<void> {
  for (const standard of [SHIPPED_PROSPECT, SHIPPED_EXISTING]) {
    await install(tx, `tiers:${standard.kind}`, bodyOf(standard), SHIPPED_FROM)
  }
}

export { askOthers } from './approvals/ask-others.ts'
export { secondPerson } from './approvals/maker-cards.ts'
export { colleaguesOf } from './approvals/store.ts'
