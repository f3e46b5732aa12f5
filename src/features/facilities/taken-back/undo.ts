import type { Undoing } from '../../../bot/commands/undo-snapshot.ts'
import { text } from '../../../core/text.ts'
import { CHANGED_SINCE, restoreFacilities } from './store.ts'

/** A facility that was wrong is taken back, and the client with it. */
export const undo: Undoing = {
  what: {
    'confirm-loan': text('放款确认', 'the confirmation of the loan'),
    'settle-loan': text('结清', 'the settlement'),
  },
  builtUpon: `exists (select from undo_snapshot where undo_snapshot.act_id = act.id
      and undo_snapshot.subject = 'facilities' and ${CHANGED_SINCE})
    or exists (select from facility join outcome on outcome.id = facility.claim_id
      where outcome.act_id = act.id and outcome.undone_at is null)`,
  async takeBack(tx, actId, { at }) {
    await restoreFacilities(tx, actId, at)
  },
}
