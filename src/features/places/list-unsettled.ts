import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import { unsettledCard } from './cards.ts'
import * as policy from './policy.ts'
import type { Unsettled } from './rules.ts'
import { unsettled } from './store.ts'

const MOST_LISTED = 10

/** `待归类`: what stands on files as a region, cluster or industry that no register knows. */
export const listUnsettled = query<unknown, readonly Unsettled[]>({
  name: 'unsettled',
  may: policy.keepPlaces,
  concurrency: 'long',
  help: {
    usage: { zh: '待归类', en: 'unsettled' },
    purpose: {
      zh: '档案上写了、登记册里还没有的区域、集群、行业，逐个点一下归到哪里',
      en: 'regions, clusters and industries on files that no register knows; one tap settles each',
    },
  },
  phrases: { words: ['待归类', '未归类', 'unsettled'], read: wholeLine({}) },
  input: z.unknown(),
  load: (tx) => unsettled(tx, MOST_LISTED),
  reply: (entries, _input, { who }) => unsettledCard(entries, who.language),
})
