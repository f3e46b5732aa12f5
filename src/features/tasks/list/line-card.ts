import type { Moment } from '../../../bot/moment.ts'
import { sayTime, sayWhen } from '../../../core/calendar/time.ts'
import type { AboutButton, Button, List, ListItem } from '../../../core/card.ts'
import type { OutcomeKinds } from '../../../core/outcome.ts'
import { type Language, type Say, speaker } from '../../../core/text.ts'
import { productLabel } from '../../catalogue/rules.ts'
import { errand } from '../errands/errand.ts'
import { outcomeLabel, taskLabel } from '../labels.ts'
import { reasonLine, whoLine, whyLine } from '../lines.ts'
import { PRESSING } from '../rules.ts'
import type { TaskLine } from './line-store.ts'

/** The tasks with those of the same client behind them; who waits for us has a line of their own. */
export function perClient(
  lines: readonly TaskLine[],
): readonly (readonly [TaskLine, ...TaskLine[]])[] {
  const entries = new Map<string, [TaskLine, ...TaskLine[]]>()
  for (const line of lines) {
    const key = PRESSING.includes(line.kind) ? line.id : `${line.clientId} ${line.managerId}`
    const before = entries.get(key)
    if (before) before.push(line)
    else entries.set(key, [line])
  }
  return [...entries.values()]
}

const alsoDue = (line: TaskLine, at: Moment, language: Language): string => {
  const say = speaker(language)
  const when = line.dueOn > at.today ? ` ${sayWhen(line, at.today, language)}` : ''
  const why = reasonLine(line, at, say, language)
  return say(
    `${taskLabel(line.kind, say)}${when}：${why}`,
    `${taskLabel(line.kind, say)}${when}: ${why}`,
  )
}

/** A task as a line of the list: who, when, why, and the phone number. */
export function listItem(
  line: TaskLine,
  number: number | null,
  at: Moment,
  say: Say,
  language: Language,
  shared: boolean,
  /** What else is to be done with the client, which has no line of its own. */
  others: readonly TaskLine[] = [],
): ListItem {
  const when =
    line.dueOn > at.today
      ? sayWhen(line, at.today, language)
      : line.dueTime && sayTime(line.dueTime, language)
  return {
    ...(number !== null && { mark: `${number}` }),
    text: [
      `${whoLine(line, language)}\n${when ? `${when} ` : ''}${whyLine(line, at, say, language, shared)}`,
      ...others.map((other) => alsoDue(other, at, language)),
    ].join(say('；', '; ')),
    about: { taskId: line.id, clientId: line.clientId },
  }
}

const logs = (outcome: string, kinds: OutcomeKinds, say: Say): AboutButton => ({
  label: outcomeLabel(kinds, outcome, say),
  about: 'taskId',
  intent: { command: 'log-outcome', input: { outcome } },
})
const plain = (label: string, command: string, about: string): AboutButton => ({
  label,
  about,
  intent: { command, input: {} },
})
const logsInForm = (say: Say): AboutButton => ({
  ...plain(say('登记', 'Log'), 'outcome-form', 'taskId'),
  style: 'primary',
  opensForm: true,
})

/** Of an errand, which has no outcome. */
export const finishedButton = (taskId: string, say: Say): Button => ({
  label: say('办好了', 'Done'),
  intent: { command: 'finish-errand', input: { taskId } },
})

/** What may be done with a task, on each line of a list. */
export const lineButtons = (kinds: OutcomeKinds, say: Say): NonNullable<List['each']> => ({
  buttons: [
    logsInForm(say),
    logs('no-answer', kinds, say),
    plain(say('客户', 'Client'), 'client', 'clientId'),
  ],
  menu: [
    logs('interested', kinds, say),
    logs('declined', kinds, say),
    plain(say('改期到下个工作日', 'Later: next workday'), 'postpone', 'taskId'),
  ],
})

/** One task, whole, as what is to be done now. `number`: its place on the list; null: it has none. */
export function taskBlock(
  line: TaskLine,
  number: number | null,
  at: Moment,
  language: Language,
  shared: boolean,
): List {
  const say = speaker(language)
  return {
    kind: 'list',
    items: [listItem(line, number, at, say, language, shared)],
    each: {
      buttons: [
        logsInForm(say),
        errand(line)
          ? { ...finishedButton(line.id, say), about: 'taskId' }
          : logs('no-answer', at.kinds, say),
        plain(say('晚点', 'Later'), 'postpone', 'taskId'),
      ],
      menu: [
        logs('interested', at.kinds, say),
        logs('declined', at.kinds, say),
        plain(say('准备', 'Prepare'), 'prepare', 'clientId'),
        plain(say('客户', 'Client'), 'client', 'clientId'),
        ...(line.papers && line.product !== null ? [papersOf(line.product, at, language)] : []),
      ],
    },
  }
}

/** The bank's papers of what the client wants, to be forwarded. */
const papersOf = (product: string, { catalogue }: Moment, language: Language): AboutButton => ({
  label: speaker(language)('资料', 'Papers'),
  about: 'clientId',
  intent: { command: 'papers', input: { said: productLabel(catalogue, product, language) } },
})
