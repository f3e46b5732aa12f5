import type { ClientSection } from '../../bot/client-section.ts'
import { serves } from '../../bot/policy.ts'
import { sayWhen } from '../../core/calendar/time.ts'
import { sayYuan } from '../../core/money.ts'
import { productLabel } from '../catalogue/rules.ts'
import { outcomeLabel, taskLabel } from './labels.ts'
import { finishedButton } from './list/line-card.ts'
import { latestOutcomesOf, openTasksOf } from './store.ts'

const toDo: ClientSection = {
  name: 'to-do',
  heading: { zh: '待办', en: 'To do' },
  async items(tx, { id }, { who, at, say }) {
    const tasks = await openTasksOf(tx, id)
    return tasks.map((task) => {
      const intent = { command: 'outcome-form', input: { taskId: task.id } }
      return {
        text: `**${sayWhen(task, at.today, who.language)}** ${(task.errand && task.note) || taskLabel(task.kind, say)}`,
        ...(serves(who, task.managerId) && {
          buttons: [
            { label: say('登记', 'Log'), opensForm: true, intent },
            ...(task.errand ? [finishedButton(task.id, say)] : []),
          ],
        }),
      }
    })
  },
}

const latest: ClientSection = {
  name: 'latest',
  heading: { zh: '最近', en: 'Latest' },
  async items(tx, { id }, { at, who, say }) {
    const outcomes = await latestOutcomesOf(tx, id)
    return outcomes.map(({ kind, on, by, note, amount, product }) => ({
      text: [
        `${on.slice(5)} ${outcomeLabel(at.kinds, kind, say)}`,
        [
          product && productLabel(at.catalogue, product, who.language),
          amount !== null && sayYuan(amount, who.language),
        ]
          .filter(Boolean)
          .join(' '),
        note && `"${note}"`,
        by,
      ]
        .filter(Boolean)
        .join(' · '),
    }))
  },
}

/** What is to be done for a client, and what they said. */
export const clientSections = [toDo, latest]
