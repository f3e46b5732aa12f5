import type { Undoing } from '../../bot/commands/undo-snapshot.ts'
import { text } from '../../core/text.ts'
import { unsettle } from './store.ts'

/** What an entry was the same as before, it is again. */
export const undo: Undoing = {
  what: {
    'merge-entry': text('归并', 'the merge'),
    'own-entry': text('单列', 'the entry of its own'),
  },
  takeBack: (tx, actId) => unsettle(tx, actId),
}
