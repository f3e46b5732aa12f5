import type { Undoing } from '../../bot/commands/undo-snapshot.ts'
import { text } from '../../core/text.ts'
import { needsBack } from './store.ts'

/** A need that an act noted is none, unless a department has it on a list. */
export const undo: Undoing = {
  what: { need: text('需求', 'the need') },
  clients: `select client_id from need where act_id = act.id`,
  builtUpon: `exists (
    select from need join hand_over_row on need_id = need.id where need.act_id = act.id)`,
  takeBack: (tx, actId) => needsBack(tx, actId),
}
