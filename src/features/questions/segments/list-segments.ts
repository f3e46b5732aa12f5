import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import type { Segment } from '../../clients/segments/rules.ts'
import { segmentsSeenBy } from '../../clients/segments/store.ts'
import { segmentsCard } from './cards.ts'
import * as policy from './policy.ts'
import { type Chosen, countChosen } from './store.ts'

interface Listed {
  readonly segment: Segment
  readonly counted: Chosen
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
  async load(tx, _input, context) {
    const listed: Listed[] = []
    for (const segment of await segmentsSeenBy(tx, context.who)) {
      listed.push({ segment, counted: await countChosen(tx, context, segment.filter) })
    }
    return listed
  },
  reply: (listed, _input, { who, at }) =>
    segmentsCard(listed, who.id, {
      today: at.today,
      catalogue: at.catalogue,
      language: who.language,
    }),
})
