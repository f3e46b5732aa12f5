import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Asker } from '../../../bot/policy.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Segment } from '../../clients/segments/rules.ts'
import { segmentsSeenBy } from '../../clients/segments/store.ts'
import { segmentsCard } from './cards.ts'
import * as policy from './policy.ts'
import { type Chosen, countEach } from './store.ts'

interface Listed {
  readonly segment: Segment
  readonly counted: Chosen
}

/** The segments that somebody sees, each counted as far as they reach. */
export async function countedSegments(
  tx: Queries,
  asker: Asker & { readonly at: Moment },
): Promise<readonly Listed[]> {
  const segments = await segmentsSeenBy(tx, asker.who)
  const filters = segments.map(({ filter }) => filter)
  const counts = await countEach(tx, asker, filters)
  return segments.flatMap((segment, place) => {
    const counted = counts[place]
    return counted ? [{ segment, counted }] : []
  })
}

/** `客群`: what is kept, counted now. */
export const listSegments = query<unknown, readonly Listed[]>({
  name: 'segments',
  may: policy.chooseClients,
  // Each is counted: of a whole bank that takes seconds.
  concurrency: 'long',
  help: {
    usage: { zh: '客群', en: 'segments' },
    purpose: { zh: '存下的客群，各有多少客户', en: 'segments that are kept, with their counts' },
  },
  phrases: { words: ['客群', '我的客群', 'segments'], read: wholeLine({}) },
  input: z.unknown(),
  load: (tx, _input, context) => countedSegments(tx, context),
  reply: (listed, _input, { who, at }) =>
    segmentsCard(listed, who.id, {
      today: at.today,
      catalogue: at.catalogue,
      language: who.language,
    }),
})
