import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import { complaintsCard } from './cards.ts'
import { type OpenComplaint, openComplaintsBelow } from './store.ts'

/** More are not shown at once; the most pressing come first. */
const MOST = 20

/** `投诉` alone: what is open, of one's own or of one's unit. */
export const showComplaints = query<unknown, readonly OpenComplaint[]>({
  name: 'complaints',
  roles: ['manager', 'lead', 'head'],
  help: {
    usage: { zh: '投诉', en: 'complaints' },
    purpose: { zh: '未结的投诉和期限', en: 'open complaints and their days' },
  },
  phrases: { words: ['投诉', '未结投诉', 'complaints', 'complaint'], read: wholeLine({}) },
  input: z.unknown(),
  async load(tx, _input, { who }) {
    const below = await openComplaintsBelow(tx, who.unitPath, MOST)
    return who.role === 'manager' ? below.filter(({ managerId }) => managerId === who.id) : below
  },
  allow: () => null,
  reply: (complaints, _input, { at, who }) => complaintsCard(complaints, at, who.language),
})
