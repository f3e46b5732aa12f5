import type { Undoing } from '../../bot/commands/undo-snapshot.ts'
import { takeBackChanges } from './file/store.ts'

/** What an act wrote on files is as it was; a client whom it entered is not on file. */
export const undo: Undoing = {
  clients: `select id from client where opened_by = act.id
    union all select client_id from file_change where act_id = act.id`,
  builtUpon: `exists (
    select from task join client on client.id = task.client_id
    where client.opened_by = act.id and task.closed_at is not null) or exists (
    select from file_change as change join file_change as later on later.client_id = change.client_id
      and later.subject = change.subject and later.row_id is not distinct from change.row_id
      and later.id > change.id and later.undone_at is null and later.act_id is distinct from act.id
    where change.act_id = act.id)`,
  async takeBack(tx, actId, { at }) {
    await takeBackChanges(tx, actId, at.now)
    await tx.client.deleteMany({ where: { openedBy: actId } })
  },
}
