import type { Undoing } from '../../bot/commands/undo-snapshot.ts'
import { text } from '../../core/text.ts'
import { complaintsBack } from './store.ts'

/** A complaint that an act registered is withdrawn, one that it settled is open again. */
export const undo: Undoing = {
  what: {
    complaint: text('投诉', 'the complaint'),
    'close-complaint': text('投诉办结', 'the closing of the complaint'),
  },
  clients: `
    select client_id from complaint where act_id = act.id or closed_by = act.id`,
  // The file of whoever complains is not taken away either.
  builtUpon: `exists (
    select from complaint join complaint as later on later.task_id = complaint.task_id
    where complaint.act_id = act.id and later.id > complaint.id and later.status = 'open')
    or exists (select from complaint join client on client.id = complaint.client_id
      where client.opened_by = act.id and complaint.status = 'open')`,
  takeBack: (tx, actId) => complaintsBack(tx, actId),
}
