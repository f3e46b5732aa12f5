import type { Undoing } from '../../bot/commands/undo-snapshot.ts'
import { text } from '../../core/text.ts'
import { retierOf, unsettle } from './store.ts'

/** What an entry was the same as before, it is again, and the tiers of its clients follow. */
export const undo: Undoing = {
  what: {
    'merge-entry': text('归并', 'the merge'),
    'own-entry': text('单列', 'the entry of its own'),
  },
  async takeBack(tx, actId, { at }) {
    await retierOf(tx, await unsettle(tx, actId), at.today)
  },
}
