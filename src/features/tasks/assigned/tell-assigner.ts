import type { Reaction } from '../../../bot/feature.ts'
import { cameOfCard } from './cards.ts'
import { closedBy } from './store.ts'

/** Whoever set a task for somebody hears what came of it, by whichever command it was said. */
export const tellAssigner: Reaction = {
  to: 'change',
  async run(tx, { actId, who, at, tell }) {
    for (const task of await closedBy(tx, actId)) {
      if (task.setBy === who.id) continue
      await tell(task.setBy, (language) => cameOfCard(task, who.name, at, language))
    }
  },
}
