import { z } from 'zod'
import { command } from '../../bot/command.ts'
import { textCard } from '../../core/card.ts'
import { refuse } from '../../core/decision.ts'
import * as policy from './policy.ts'
import { dropReminder, ownReminder } from './store.ts'

/** A reminder of one's own that is not wanted any more. */
export const drop = command<
  { reminderId: string },
  { id: string; note: string },
  { id: string; note: string }
>({
  name: 'drop-reminder',
  may: policy.ownReminders,
  concurrency: () => [],
  help: {
    usage: { zh: '不用提醒了', en: 'drop it' },
    purpose: { zh: '取消一条提醒（在"日程"里点）', en: 'takes a reminder off the agenda' },
  },
  input: z.object({ reminderId: z.uuid() }),
  load: async (tx, { reminderId }, { who }) =>
    (await ownReminder(tx, who.id, reminderId)) ??
    refuse(
      '没有这条提醒，或者已经提醒过了。',
      'There is no such reminder, or it was given already.',
    ),
  decide: (reminder) => reminder,
  async save(tx, { id }) {
    await dropReminder(tx, id)
  },
  reply: ({ note }, _facts, { say }) => textCard(say(`不提醒了：${note}。`, `Dropped: ${note}.`)),
})
