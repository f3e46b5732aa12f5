import type { Moment } from '../../../bot/moment.ts'
import { sayWhen } from '../../../core/calendar/time.ts'
import { type Card, textCard } from '../../../core/card.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { undoRow } from '../../../core/undo-button.ts'
import { taskLabel } from '../labels.ts'
import type { OthersTask } from './store.ts'

interface To {
  readonly id: string
  readonly name: string
}

/** What was open with one client, and who has it now. */
export interface Given {
  readonly tasks: readonly OthersTask[]
  readonly to: To
}

function whatOf(tasks: readonly OthersTask[], { today }: Moment, language: Language): string {
  const say = speaker(language)
  const each = tasks.map((task) => `${sayWhen(task, today, language)} ${taskLabel(task.kind, say)}`)
  return `**${tasks[0]?.clientName}** ${each.join(say('、', ', '))}`
}

/** To whoever gave it. */
export function givenCard({ tasks, to }: Given, at: Moment, language: Language): Card {
  const say = speaker(language)
  const before = [...new Set(tasks.map(({ managerName }) => managerName))].join(say('、', ', '))
  const what = whatOf(tasks, at, language)
  return textCard(
    say(
      `已从 ${before} 转给 ${to.name}：${what}；客户归属不变。`,
      `Given from ${before} to ${to.name}: ${what}. The client stays with its manager.`,
    ),
    undoRow(say),
  )
}

/** To whoever has it now. */
export function gotCard(
  by: string,
  tasks: readonly OthersTask[],
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const what = whatOf(tasks, at, language)
  const clientId = tasks[0]?.clientId
  return textCard(
    say(`${by}转给您：${what}，已在您的清单上。`, `From ${by}: ${what}; on your list now.`),
    {
      kind: 'buttons',
      buttons: [
        { label: say('客户', 'Client'), intent: { command: 'client', input: { clientId } } },
        { label: say('今日', 'Today'), intent: { command: 'today', input: {} } },
      ],
    },
  )
}

/** To whoever had it. */
export const goneCard = (
  by: string,
  tasks: readonly OthersTask[],
  to: To,
  language: Language,
): Card => {
  const name = tasks[0]?.clientName
  return textCard(
    speaker(language)(
      `${by}把您 **${name}** 的任务转给了 ${to.name}；客户归属不变。`,
      `${by} gave your task with **${name}** to ${to.name}; the client stays with its manager.`,
    ),
  )
}
