import type { Undoing } from '../../bot/commands/undo-snapshot.ts'
import { text } from '../../core/text.ts'
import { split } from './split-client.ts'
import { mergesBy } from './split-store.ts'

/** Files that an act made one are two again, unless a later merge is built on it. */
export const undo: Undoing = {
  what: { 'merge-clients': text('合并', 'the merge') },
  clients: `select kept_id from client_merge where act_id = act.id`,
  builtUpon: `exists (
    select from client_merge join client_merge as later on later.kept_id = client_merge.kept_id
      and later.id > client_merge.id and later.undone_at is null
    where client_merge.act_id = act.id)`,
  async takeBack(tx, actId, context) {
    for (const merged of await mergesBy(tx, actId)) await split(tx, merged, context)
  },
}
