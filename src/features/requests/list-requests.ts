import { z } from 'zod'
import { type Command, query } from '../../bot/command.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import type { RequestKind } from '../../bot/request-kind.ts'
import type { Text } from '../../core/text.ts'
import { requestsCard } from './cards.ts'
import * as policy from './policy.ts'
import type { Request } from './rules.ts'
import { openRequests } from './store.ts'

interface Listed {
  readonly request: Request
  readonly what: Text
}

/** What waits for me as the second person, and what I asked of others. */
export const listRequests = (kindsOf: () => readonly RequestKind[]): Command =>
  query<unknown, { readonly mine: readonly Listed[]; readonly asked: readonly Listed[] }>({
    name: 'requests',
    may: policy.seeRequests,
    help: {
      usage: { zh: '待确认', en: 'requests' },
      purpose: {
        zh: '等您作为第二人确认的事，和您提出的事',
        en: 'what waits for you as the second person, and what you asked for',
      },
    },
    phrases: { words: ['待确认', '待我确认', 'requests'], read: wholeLine({}) },
    input: z.unknown(),
    async load(tx, _input, { who, at }) {
      const mine: Listed[] = []
      const asked: Listed[] = []
      for (const request of await openRequests(tx, at.now, at.timezone)) {
        const kind = kindsOf().find(({ name }) => name === request.kind)
        if (!kind) continue
        const own = request.askedBy === who.id
        if (!own && !(await kind.confirmers(tx, request)).includes(who.id)) continue
        const listed = { request, what: await kind.describe(tx, request.payload) }
        ;(own ? asked : mine).push(listed)
      }
      return { mine, asked }
    },
    reply: ({ mine, asked }, _input, { at, who }) =>
      requestsCard(mine, asked, at.today, who.language),
  })
