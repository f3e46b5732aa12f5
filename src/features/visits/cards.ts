import type { Moment } from '../../bot/moment.ts'
import { sayDay } from '../../core/calendar/time.ts'
import { saySetDay } from '../../core/calendar/workdays.ts'
import type { Card } from '../../core/card.ts'
import { sayYuan } from '../../core/money.ts'
import { type Language, speaker } from '../../core/text.ts'
import { undoButton } from '../../core/undo-button.ts'
import { noNextLabel, outcomeLabel, taskLabel } from '../tasks/labels.ts'
import { needsNoted, needsOf } from '../tasks/outcomes/other-lines.ts'
import type { Visited } from './rules.ts'

/** What was logged, and what comes next. */
export function visitCard(
  { client, next, photo, visit, visitedOn }: Visited,
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const what = [
    `**${client.name}**`,
    visitedOn !== at.today && sayDay(visitedOn, at.today, language),
    visit.outcome && outcomeLabel(at.kinds, visit.outcome, say),
    visit.amount && sayYuan(visit.amount, language),
    `"${visit.note}"`,
    photo && say('（附照片）', '(with a photo)'),
  ]
    .filter(Boolean)
    .join(' ')
  const then =
    'none' in next
      ? noNextLabel(next.none, say)
      : `**${saySetDay(next.task.dueOn, at, language, next.task.dueTime)}** ${taskLabel(next.task.kind, say)}`
  const noted = needsNoted(needsOf(at, visit), language)
  return {
    blocks: [
      {
        kind: 'text',
        text: say(
          `已记走访：${what}，下次：${then}。${noted}`,
          `Visit logged: ${what}; next: ${then}.${noted}`,
        ),
      },
      {
        kind: 'buttons',
        buttons: [
          undoButton(say),
          {
            label: say('客户', 'Client'),
            intent: { command: 'client', input: { clientId: client.id } },
          },
        ],
      },
    ],
  }
}
