import type { Undoing } from '../../bot/commands/undo-snapshot.ts'
import { text } from '../../core/text.ts'
import { recountContacts } from '../tasks/care/store.ts'
import { visitsBack } from './store.ts'

/** A visit that was taken back is none, and no contact. */
export const undo: Undoing = {
  what: { visit: text('走访', 'the visit') },
  clients: `select client_id from visit where act_id = act.id`,
  takeBack: async (tx, actId, { at }) => recountContacts(tx, await visitsBack(tx, actId, at.now)),
}
