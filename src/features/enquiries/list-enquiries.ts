import { z } from 'zod'
import { type Command, query } from '../../bot/command.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import type { RequestKind } from '../../bot/request-kind.ts'
import { aboutOf, concerning } from './about.ts'
import { enquiriesCard, type Listed } from './cards.ts'
import * as policy from './policy.ts'

/** More are not shown at once; the most pressing come first. */
const MOST = 20

/** What somebody is to answer, and what others are to answer them. */
export const listEnquiries = (kindsOf: () => readonly RequestKind[]): Command =>
  query<unknown, { readonly mine: readonly Listed[]; readonly others: readonly Listed[] }>({
    name: 'enquiries',
    may: policy.seeEnquiries,
    help: {
      usage: { zh: '询问', en: 'enquiries' },
      purpose: {
        zh: '等您答复的问题，和您问出去还没答的',
        en: 'questions that wait for you, and those of yours that wait for others',
      },
    },
    phrases: {
      words: ['询问', '待答', '我的询问', '调查', 'enquiries', 'my enquiries'],
      read: wholeLine({}),
    },
    input: z.unknown(),
    async load(tx, _input, context) {
      const { who } = context
      const open = await concerning(tx, context, MOST)
      const listed = await Promise.all(
        open.map(async (enquiry) => ({ enquiry, about: await aboutOf(tx, enquiry, kindsOf()) })),
      )
      const isMine = ({ enquiry }: Listed) => policy.isTheirs(who, enquiry)
      return { mine: listed.filter(isMine), others: listed.filter((each) => !isMine(each)) }
    },
    reply: ({ mine, others }, _input, { at, who }) => enquiriesCard(mine, others, at, who),
  })
