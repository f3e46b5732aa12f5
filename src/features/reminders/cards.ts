import type { Moment } from '../../bot/moment.ts'
import { type Day, sayTime, sayWhen } from '../../core/calendar/time.ts'
import { saySetDay } from '../../core/calendar/workdays.ts'
import type { Block, Button, Card, ListItem } from '../../core/card.ts'
import { type Language, type Say, speaker } from '../../core/text.ts'
import { undoButton } from '../../core/undo-button.ts'
import { besideSaid } from '../tasks/list/at-once.ts'
import { taskBlock } from '../tasks/list/line-card.ts'
import type { TaskLine } from '../tasks/list/line-store.ts'
import { type Kept, minutesOf, type Reminder, timeOf } from './rules.ts'
import type { KeptReminder } from './store.ts'

const today: (say: Say) => Button = (say) => ({
  label: say('今日', 'Today'),
  intent: { command: 'today', input: {} },
})
const agenda = (say: Say): Button => ({
  label: say('日程', 'Agenda'),
  intent: { command: 'agenda', input: {} },
})

/** The client behind a note that does not name them. */
const aboutClient = (
  { note, clientName }: Pick<Reminder, 'note' | 'clientName'>,
  say: Say,
): string =>
  clientName && !note.includes(clientName) ? say(`（${clientName}）`, ` (${clientName})`) : ''

/** What will be said when, and what else is at that time. */
export function keptCard(kept: Kept, at: Moment, language: Language): Card {
  const say = speaker(language)
  const { dueOn, dueTime, note, givenAt, beside } = kept
  const when = saySetDay(dueOn, at, language, dueTime)
  const lines = [
    say(
      `**${when}** 提醒您：${note}${aboutClient(kept, say)}。`,
      `I will remind you **${when}**: ${note}${aboutClient(kept, say)}.`,
    ),
    ...(givenAt === dueTime
      ? []
      : [
          say(
            `那时是免打扰时段，改在 ${sayTime(givenAt, 'zh')} 提醒。`,
            `That is within quiet hours, so it comes at ${givenAt}.`,
          ),
        ]),
    ...besideSaid(beside, language),
  ]
  return {
    blocks: [
      { kind: 'text', text: lines.join('\n') },
      { kind: 'buttons', buttons: [undoButton(say), agenda(say)] },
    ],
  }
}

const SNOOZE_MINUTES = 30

/** A reminder that is due. */
export function dueCard(
  { note, clientId, clientName, dueOn, dueTime }: Reminder,
  at: { readonly today: Day; readonly time: string },
  language: Language,
): Card {
  const say = speaker(language)
  const again = minutesOf(at.time) + SNOOZE_MINUTES
  const said = { note, ...(clientId && { clientId }) }
  const buttons: Button[] = [
    ...(again < 24 * 60
      ? [
          {
            label: say(`${timeOf(again)} 再提醒`, `Again at ${timeOf(again)}`),
            intent: {
              command: 'remind-me',
              input: { ...said, dueOn: at.today, dueTime: timeOf(again) },
            },
          },
        ]
      : []),
    ...(clientId
      ? [
          {
            label: say('看客户', 'Client'),
            intent: { command: 'client', input: { clientId } },
          },
        ]
      : []),
  ]
  const when = sayWhen({ dueOn, dueTime }, at.today, language)
  const late = dueOn < at.today ? say(`（${when}）`, ` (${when})`) : ''
  const about = aboutClient({ note, clientName }, say)
  return {
    blocks: [
      {
        kind: 'text',
        text: say(`提醒：**${note}**${about}${late}`, `Reminder: **${note}**${about}${late}`),
      },
      { kind: 'buttons', buttons },
    ],
  }
}

/** An appointment that is near, whole, with what may be done about it. */
export function soonCard(line: TaskLine, at: Moment, language: Language): Card {
  const say = speaker(language)
  const hour = line.dueTime ? sayTime(line.dueTime, language) : ''
  return {
    blocks: [
      { kind: 'text', text: say(`**${hour}** 快到了：`, `Soon, at **${hour}**:`) },
      taskBlock(line, null, at, language, false),
    ],
  }
}

export interface Agenda {
  readonly from: Day
  readonly until: Day
  readonly lines: readonly TaskLine[]
  readonly reminders: readonly KeptReminder[]
}

/** Appointments and reminders by day and hour. */
export function agendaCard(
  { from, until, lines, reminders }: Agenda,
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const entries = [
    ...lines.map((line) => ({
      on: line.dueOn,
      time: line.dueTime ?? '',
      item: appointmentItem(line, language, say),
    })),
    ...reminders.map((reminder) => ({
      on: reminder.dueOn,
      time: reminder.dueTime,
      item: reminderItem(reminder, language, say),
    })),
  ].sort((a, b) => (`${a.on} ${a.time}` < `${b.on} ${b.time}` ? -1 : 1))
  const days = [...Map.groupBy(entries, ({ on }) => on)]
  const span = [from, until].map((day) =>
    sayWhen({ dueOn: day, dueTime: null }, at.today, language),
  )
  const title =
    from === until ? `${span[0]}` : say(`${span[0]}到${span[1]}`, `${span[0]} to ${span[1]}`)
  const blocks: Block[] =
    days.length > 0
      ? days.map(([on, some]) => ({
          kind: 'list' as const,
          heading: saySetDay(on, at, language),
          items: some.map(({ item }) => item),
        }))
      : [
          {
            kind: 'text',
            text: say(
              '没有约好钟点的事。约见说"张三 约见 周三下午3点"，要提醒说"提醒我 明天下午3点 带合同"。',
              'Nothing with an hour. Say "Zhang appointment Wednesday 3pm", or "remind me tomorrow 3pm bring the contract".',
            ),
          },
        ]
  return {
    title: say(`日程 · ${title}`, `Agenda · ${title}`),
    blocks: [
      ...blocks,
      {
        kind: 'buttons',
        buttons: [
          spanButton('today', say('今天', 'Today')),
          spanButton('tomorrow', say('明天', 'Tomorrow')),
          spanButton('this-week', say('本周', 'This week')),
          today(say),
        ],
      },
    ],
  }
}

const spanButton = (span: string, label: string): Button => ({
  label,
  intent: { command: 'agenda', input: { span } },
})

function appointmentItem(line: TaskLine, language: Language, say: Say): ListItem {
  const who = [`**${line.clientName}**`, line.businessName].filter(Boolean).join(' · ')
  const { note, kind } = line
  return {
    text: [
      line.dueTime && sayTime(line.dueTime, language),
      kind === 'visit' ? say('走访', 'visit') : null,
      who,
      note && `"${note}"`,
    ]
      .filter(Boolean)
      .join(' '),
    buttons: [
      {
        ...{ label: say('登记', 'Log'), opensForm: true },
        intent: { command: 'outcome-form', input: { taskId: line.id } },
      },
      {
        label: say('客户', 'Client'),
        intent: { command: 'client', input: { clientId: line.clientId } },
      },
    ],
  }
}

function reminderItem(
  { id, dueTime, note, clientName }: KeptReminder,
  language: Language,
  say: Say,
): ListItem {
  const time = sayTime(dueTime, language)
  const what = `${note}${aboutClient({ note, clientName }, say)}`
  return {
    text: say(`${time} 提醒：${what}`, `${time} reminder: ${what}`),
    buttons: [
      {
        label: say('不用提醒了', 'Drop it'),
        intent: { command: 'drop-reminder', input: { reminderId: id } },
      },
    ],
  }
}
