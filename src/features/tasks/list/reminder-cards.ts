import type { Card } from '../../../core/card.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { whoLine } from '../lines.ts'
import type { TaskLine } from './line-store.ts'

/** Of a reminder; the rest is on the list. */
const SHOWN = 5

/** What of today is not logged yet, as a help to finish the day. */
export function reminderCard(
  open: readonly TaskLine[],
  numbers: readonly string[],
  language: Language,
): Card {
  const say = speaker(language)
  const first = numbers.indexOf(open[0]?.id ?? '') + 1
  return {
    blocks: [
      {
        kind: 'text',
        text: say(
          `今天还有 **${open.length}** 件没登记。办过的回一句就行，如"${first} 没接"；今天来不及的发"改期 ${first}"。`,
          `**${open.length}** of today are not logged yet. What is done takes one line, such as "${first} no answer"; for what has to wait say "postpone ${first}".`,
        ),
      },
      {
        kind: 'list',
        items: open.slice(0, SHOWN).map((line) => ({
          mark: `${numbers.indexOf(line.id) + 1}`,
          text: whoLine(line, language),
          buttons: [
            {
              label: say('登记', 'Log'),
              style: 'primary',
              opensForm: true,
              intent: { command: 'outcome-form', input: { taskId: line.id } },
            },
            {
              label: say('晚点', 'Later'),
              intent: { command: 'postpone', input: { taskId: line.id } },
            },
          ],
        })),
      },
      {
        kind: 'buttons',
        buttons: [{ label: say('今日', 'Today'), intent: { command: 'today', input: {} } }],
      },
    ],
  }
}
