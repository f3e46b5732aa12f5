import type { Undoing } from '../../bot/commands/undo-snapshot.ts'
import { guestsBack } from './store.ts'

/** Whom an act invited is not invited, unless they came. */
export const undo: Undoing = {
  clients: `select client_id from activity_guest where act_id = act.id`,
  takeBack: (tx, actId) => guestsBack(tx, actId),
}
