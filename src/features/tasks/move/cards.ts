import type { Moment } from '../../../bot/moment.ts'
import { type Day, sayWhen } from '../../../core/calendar/time.ts'
import { saySetDay } from '../../../core/calendar/workdays.ts'
import type { Block, Button, Card } from '../../../core/card.ts'
import { inLanguage, type Language, type Say, speaker, type Text } from '../../../core/text.ts'
import { undoButton, undoRow } from '../../../core/undo-button.ts'
import type { Client } from '../../clients/rules.ts'
import type { Named } from '../../staff/store.ts'
import { dayOffNote, taskLabel } from '../labels.ts'
import type { TaskLine } from '../list/line-store.ts'

const todayButton = (say: Say): Button => ({
  label: say('今日', 'Today'),
  intent: { command: 'today', input: {} },
})
const clientButton = (clientId: string, say: Say): Button => ({
  label: say('客户', 'Client'),
  intent: { command: 'client', input: { clientId } },
})

const namesOf = (tasks: readonly TaskLine[], say: Say): string =>
  tasks.map(({ clientName }) => `**${clientName}**`).join(say('、', ', '))

const refusedBlocks = (refused: readonly Text[], language: Language): Block[] =>
  refused.length > 0
    ? [{ kind: 'text', text: refused.map((text) => inLanguage(text, language)).join('\n') }]
    : []

/** Put off this often, a task is rather one to be decided. */
const OFTEN = 3

export function postponedCard(
  { moved, refused, dueOn, saidOn, note, skipped }: Postponed,
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const times = new Set(moved.map(({ dueTime }) => dueTime))
  // Of several hours each stands on its line of the list.
  const [time = null] = times.size === 1 ? times : []
  const day = saySetDay(dueOn, at, language, time)
  const off = dayOffNote(saidOn, say)
  const about = note ? ` "${note}"` : ''
  const often = moved.filter(({ postponed }) => postponed + 1 >= OFTEN)
  const skippedText = say(
    `今天不做：${namesOf(moved, say)}${about}，**${day}** 再上清单。${note ? '' : '是客户不做，就回复"编号 拒绝"。'}`,
    `Left out today: ${namesOf(moved, say)}${about}; on the list again **${day}**.${note ? '' : ' If the client declined, say "number declined".'}`,
  )
  const text = say(
    `已改期：${namesOf(moved, say)} → **${day}**${off}${about}。`,
    `Postponed: ${namesOf(moved, say)} to **${day}**${off}${about}.`,
  )
  const hint = say(
    `${namesOf(often, say)} 已改期 ${OFTEN} 次以上；暂时不需要的，回复"编号 考虑"或"编号 拒绝"更清楚。`,
    `${namesOf(often, say)} was put off ${OFTEN} times or more; an outcome such as "thinking" may say it better.`,
  )
  return {
    blocks: [
      { kind: 'text', text: skipped ? skippedText : text },
      ...refusedBlocks(refused, language),
      ...(often.length > 0 ? [{ kind: 'text', text: hint } as const] : []),
      { kind: 'buttons', buttons: [undoButton(say), todayButton(say)] },
    ],
  }
}

export function handedCard({ to, moved, refused }: Handed, language: Language): Card {
  const say = speaker(language)
  const text = say(
    `已转给 ${to.name}：${namesOf(moved, say)}，已排上其清单；客户仍在您名下。`,
    `Handed to ${to.name}: ${namesOf(moved, say)}. It is on their list; the client stays yours.`,
  )
  return {
    blocks: [
      { kind: 'text', text },
      ...refusedBlocks(refused, language),
      { kind: 'buttons', buttons: [undoButton(say), todayButton(say)] },
    ],
  }
}

/** To the colleague who got a task. */
export function receivedCard(
  from: string,
  moved: readonly TaskLine[],
  note: string | null,
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const items = moved.map((task) => ({
    text: [
      `**${task.clientName}**`,
      task.businessName,
      `${sayWhen(task, at.today, language)} ${taskLabel(task.kind, say)}`,
    ]
      .filter(Boolean)
      .join(' · '),
    buttons: [clientButton(task.clientId, say)],
  }))
  const heading = say(
    `${from}转给您 ${moved.length} 件${note ? `（"${note}"）` : ''}，已排进您的清单：`,
    `${from} handed you ${moved.length}${note ? ` ("${note}")` : ''}; on your list now:`,
  )
  return {
    blocks: [
      { kind: 'text', text: heading },
      { kind: 'list', items },
      { kind: 'buttons', buttons: [todayButton(say)] },
    ],
  }
}

function whatOf(
  { client, kind, dueOn, offOn, dueTime, note }: Assigned,
  at: Moment,
  language: Language,
): string {
  const say = speaker(language)
  return [
    `**${client.name}**`,
    `${saySetDay(dueOn, at, language, dueTime)}${dayOffNote(offOn, say)} ${taskLabel(kind, say)}`,
    note && `"${note}"`,
  ]
    .filter(Boolean)
    .join(' ')
}

export function assignedCard(assigned: Assigned, at: Moment, language: Language): Card {
  const say = speaker(language)
  const what = whatOf(assigned, at, language)
  const { name } = assigned.to
  return {
    blocks: [
      {
        kind: 'text',
        text: [
          say(`已派给 ${name}：${what}。`, `Assigned to ${name}: ${what}.`),
          assigned.freeOn &&
            say(
              '近期联系已到上限，所以排在那天。',
              'The client was contacted as often as allowed, so it is due then.',
            ),
        ]
          .filter(Boolean)
          .join('\n'),
      },
      undoRow(say),
    ],
  }
}

/** To whoever was given a task from above. */
export function ordered(by: string, assigned: Assigned, at: Moment, language: Language): Card {
  const say = speaker(language)
  const what = whatOf(assigned, at, language)
  return {
    blocks: [
      {
        kind: 'text',
        text: say(
          `${by}交办：${what}，已排进您的清单。`,
          `Set by ${by}: ${what}; on your list now.`,
        ),
      },
      { kind: 'buttons', buttons: [clientButton(assigned.client.id, say), todayButton(say)] },
    ],
  }
}

export interface Assignment {
  readonly to: Named
  readonly client: Client
  /** The first day on which the contact ceiling allows a contact; null: any day. */
  readonly freeOn: Day | null
}

/** `freeOn`: why it is due later than it was wanted; null: it is not. */
export interface Assigned extends Assignment {
  readonly kind: 'call' | 'visit' | 'other'
  readonly dueOn: Day
  /** The day that was wanted, which is a day off; null: it is due then. */
  readonly offOn: Day | null
  readonly dueTime: string | null
  readonly note: string | null
}

export interface Handed {
  readonly to: Named
  readonly moved: readonly TaskLine[]
  readonly refused: readonly Text[]
  readonly note: string | null
}

export interface Postponed {
  readonly moved: readonly TaskLine[]
  readonly refused: readonly Text[]
  readonly dueOn: Day
  /** The day that was said, where that is a day off; null otherwise. */
  readonly saidOn: Day | null
  readonly note: string | null
  /** Left off today's list, for the reason noted. */
  readonly skipped: boolean
}
