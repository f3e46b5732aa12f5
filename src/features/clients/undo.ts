import { snapshotsOf, type Undoing } from '../../bot/commands/undo-snapshot.ts'
import { text } from '../../core/text.ts'
import type { Place } from './rules.ts'
import { savePlace } from './store.ts'

/** A client whom an act entered is not on file; where one belongs is as it was. */
export const undo: Undoing = {
  what: { 'place-client': text('归类', 'the place') },
  clients: `select id from client where opened_by = act.id`,
  builtUpon: `exists (
    select from task join client on client.id = task.client_id
    where client.opened_by = act.id and task.closed_at is not null)`,
  async takeBack(tx, actId) {
    for (const { clientId, before } of await snapshotsOf<Place>(tx, actId, 'place')) {
      await savePlace(tx, clientId, before)
    }
    await tx.client.deleteMany({ where: { openedBy: actId } })
  },
}
