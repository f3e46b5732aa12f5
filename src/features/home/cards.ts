import type { Moment } from '../../bot/moment.ts'
import { sayDate } from '../../core/calendar/time.ts'
import type { Block, Button, Card } from '../../core/card.ts'
import type { Role } from '../../core/staff.ts'
import { type Language, type Say, speaker } from '../../core/text.ts'

/** A page is of no day: it shows what is true now. */
export const HOME = 'home'

/** What stands on somebody's page: their list and what is under way, where their role has these. */
export function homeCard(
  { role, list, pipeline }: { role: Role; list: Card | null; pipeline: Card | null },
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const heading: Block = { kind: 'text', text: say('**在办**', '**Under way**') }
  return {
    title: list?.title ?? sayDate(at.today, language),
    subject: HOME,
    blocks: [
      { kind: 'buttons', buttons: shortcuts(role, say) },
      ...(list?.blocks ?? []),
      ...(pipeline ? [heading, ...pipeline.blocks] : []),
    ],
  }
}

function shortcuts(role: Role, say: Say): Button[] {
  const opens = (label: string, command: string): Button => ({
    ...{ label, opensForm: true, intent: { command, input: {} } },
  })
  const asks = (label: string, command: string): Button => ({
    ...{ label, intent: { command, input: {} } },
  })
  return [
    ...(role === 'manager' || role === 'lead'
      ? [opens(say('登记结果', 'Log an outcome'), 'outcome-form')]
      : []),
    ...(role === 'manager'
      ? [
          opens(say('新客户', 'New client'), 'new-client-form'),
          asks(say('我的码', 'My code'), 'my-code'),
        ]
      : []),
    asks(say('帮助', 'Help'), 'help'),
  ]
}
