import type { Undoing } from '../../bot/commands/undo-snapshot.ts'
import { text } from '../../core/text.ts'
import { askOthers } from './approvals/ask-others.ts'
import { otherIndustry, restoreFacts } from './entry/store.ts'
import { retier } from './retier.ts'

/** Facts that an act recorded are as they were, and the clients' tiers follow; so they do an industry that was. */
export const undo: Undoing = {
  what: { 'record-facts': text('信息', 'the facts') },
  clients: `select client_id from fact_entry where act_id = act.id`,
  builtUpon: `exists (
    select from fact_entry as entry join fact_entry as later
      on later.client_id = entry.client_id and later.fact = entry.fact
        and later.id > entry.id and later.undone_at is null
    where entry.act_id = act.id)`,
  async takeBack(tx, actId, context) {
    const { at } = context
    const ofFacts = await restoreFacts(tx, actId, at)
    const clientIds = [...new Set([...ofFacts, ...(await otherIndustry(tx, actId))])]
    if (clientIds.length === 0) return
    await retier(tx, clientIds, at.today)
    await askOthers(tx, clientIds, context)
  },
}
