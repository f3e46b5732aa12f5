import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import { addDays } from '../../../core/calendar/time.ts'
import * as policy from '../policy.ts'
import { assignedCard } from './cards.ts'
import { type AssignedTask, assignedBy } from './store.ts'

const DAYS_BACK = 30
/** What a phone shows; what is open stands first. */
const MOST = 20

/** What I set for my people, and what came of it. */
export const showAssigned = query<unknown, AssignedTask[]>({
  name: 'assigned',
  may: policy.seeAssigned,
  help: {
    usage: { zh: '我交办的', en: 'what I assigned' },
    purpose: { zh: '派出去的任务办得怎么样', en: 'what came of the tasks you set' },
  },
  phrases: {
    words: [
      ...['我交办的', '我派的', '交办情况', '交办进度', '派出去的', '我派的任务', '我交办的任务'],
      ...['what i assigned', 'assigned tasks'],
    ],
    read: wholeLine({}),
  },
  input: z.unknown(),
  load: (tx, _input, { who, at }) => assignedBy(tx, who.id, addDays(at.today, -DAYS_BACK), MOST),
  reply: (tasks, _input, { at, who }) => assignedCard(tasks, at, who.language),
})
