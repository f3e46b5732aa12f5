import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import { pathOf } from '../../bot/policy.ts'
import { complaintsCard } from './cards.ts'
import * as policy from './policy.ts'
import type { OpenComplaint } from './rules.ts'
import { openComplaintsBelow } from './store.ts'

/** More are not shown at once; the most pressing come first. */
const MOST = 20

/** `投诉` alone: what is open, of one's own or of one's unit. */
export const showComplaints = query<unknown, readonly OpenComplaint[]>({
  name: 'complaints',
  may: policy.showComplaints,
  help: {
    usage: { zh: '投诉', en: 'complaints' },
    purpose: { zh: '未结的投诉和期限', en: 'open complaints and their days' },
  },
  phrases: { words: ['投诉', '未结投诉', 'complaints', 'complaint'], read: wholeLine({}) },
  input: z.unknown(),
  async load(tx, _input, { who, reach }) {
    const below = await openComplaintsBelow(tx, pathOf({ who, reach }), MOST)
    return reach === 'own book' ? below.filter(({ managerId }) => managerId === who.id) : below
  },
  reply: (complaints, _input, { at, who }) => complaintsCard(complaints, at, who.language),
})
