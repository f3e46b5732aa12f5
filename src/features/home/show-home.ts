import { z } from 'zod'
import { command } from '../../bot/command.ts'
import type { LiveCard, Reaction, Reader } from '../../bot/feature.ts'
import type { Moment } from '../../bot/moment.ts'
import type { DayNotes } from '../../bot/services.ts'
import { type Card, textCard } from '../../core/card.ts'
import type { Queries } from '../../infra/database/index.ts'
import { pipelineNow } from '../pipeline/pipeline-now.ts'
import { subjectOf as listSubject } from '../tasks/cards.ts'
import { standingList } from '../tasks/list/today.ts'
import { HOME, homeCard } from './cards.ts'
import * as policy from './policy.ts'
import { actsUndoneAt, ownerOf, peopleOf } from './store.ts'

/** The page of whoever reads it; null when they are gone. */
async function compose(
  tx: Queries,
  reader: Omit<Reader, 'shared'>,
  about: { readonly at: Moment; readonly dayNotes: DayNotes },
): Promise<Card | null> {
  const owner = await ownerOf(tx, reader.staffId)
  if (!owner) return null
  const { role, language } = owner
  // A page is only its owner's.
  const alone = { ...reader, shared: false }
  const hasList = role === 'manager' || role === 'lead'
  const list = hasList ? await standingList.compose(tx, listSubject(about.at), alone, about) : null
  const pipeline = await pipelineNow(tx, owner, about.at)
  return homeCard({ role, list, pipeline }, about.at, language)
}

/** The page that stands open for a person: the day's list, what is under way, the way to what else is done. */
export const showHome = command<unknown, Card, Card>({
  name: HOME,
  may: policy.showHome,
  help: {
    usage: { zh: '主页', en: 'home' },
    purpose: { zh: '任务、在办和常用按钮的一页', en: 'tasks, what is under way, and shortcuts' },
  },
  input: z.unknown(),
  load: async (tx, _input, { who, at, dayNotes }) =>
    (await compose(tx, { staffId: who.id, language: who.language }, { at, dayNotes })) ??
    textCard(''),
  decide: (card) => card,
  save: async () => {},
  reply: (card) => card,
})

export const standingHome: LiveCard = {
  name: HOME,
  compose: (tx, _subject, reader, about) => compose(tx, reader, about),
}

/** Whatever somebody did may show on their page, and on the pages of those whose tasks it was about. */
export const refreshHome: readonly Reaction[] = [
  {
    to: 'change',
    run: async (tx, { who, actId, refreshPages }) =>
      refreshPages([who.id, ...(await peopleOf(tx, actId))]),
  },
  {
    to: 'undo',
    async run(tx, { who, at, refreshPages }) {
      const undone = await actsUndoneAt(tx, who.id, at.now)
      const people = await Promise.all(undone.map((actId) => peopleOf(tx, actId)))
      refreshPages([who.id, ...people.flat()])
    },
  },
]
