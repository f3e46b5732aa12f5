import type { Moment } from '../../bot/moment.ts'
import { type Day, sayDay } from '../../core/calendar/time.ts'
import type { Card, Form, FormField } from '../../core/card.ts'
import { offeredKinds } from '../../core/outcome.ts'
import { inLanguage, type Language, speaker } from '../../core/text.ts'
import { offered } from '../catalogue/rules.ts'
import { whoLine, whyLine } from './lines.ts'
import type { TaskLine } from './list/line-store.ts'

/** The same as one line of words, for those who rather tap. */
export function outcomeFormCard(
  line: TaskLine,
  at: Moment,
  language: Language,
  shared: boolean,
): Card {
  const say = speaker(language)
  const about = `${whoLine(line, language)}\n${whyLine(line, at, say, language, shared)}`
  const form = outcomeForm({ taskId: line.id }, [], at, language)
  return {
    blocks: [
      { kind: 'text', text: about },
      { kind: 'form', form },
    ],
  }
}

function outcomeForm(
  input: { readonly taskId?: string },
  first: readonly FormField[],
  { catalogue, kinds }: Moment,
  language: Language,
): Form {
  const say = speaker(language)
  const option = (value: string, label: string) => ({ value, label })
  return {
    title: say('登记结果', 'Log the outcome'),
    submit: say('登记', 'Log'),
    intent: { command: 'log-outcome', input },
    fields: [
      ...first,
      {
        name: 'outcome',
        label: say('结果', 'Outcome'),
        type: 'choice',
        required: true,
        options: offeredKinds(kinds).map(({ code, label }) =>
          option(code, inLanguage(label, language)),
        ),
      },
      {
        name: 'amount',
        label: say('金额', 'Amount'),
        type: 'amount',
        required: false,
        hint: say('如 50万', 'such as 500000'),
      },
      {
        name: 'product',
        label: say('产品', 'Product'),
        type: 'choice',
        required: false,
        options: offered(catalogue).map(({ code, label }) =>
          option(code, inLanguage(label, language)),
        ),
        extra: true,
      },
      { name: 'nextDate', label: say('下次联系', 'Next contact'), type: 'date', required: false },
      {
        name: 'nextTime',
        label: say('几点', 'Hour'),
        type: 'text',
        required: false,
        hint: say('如 15:00 或 下午3点', 'such as 15:00 or 3 pm'),
      },
      { name: 'note', label: say('备注', 'Note'), type: 'long-text', required: false },
    ],
  }
}

export function newTaskFormCard(
  filled: { readonly named: string; readonly note: string; readonly today: Day },
  language: Language,
): Card {
  const say = speaker(language)
  return {
    blocks: [
      {
        kind: 'form',
        form: {
          title: say('新任务', 'New task'),
          submit: say('排上', 'Set'),
          intent: { command: 'new-task', input: {} },
          fields: [
            {
              name: 'named',
              label: say('客户', 'Client'),
              type: 'text',
              required: true,
              value: filled.named,
              seeks: 'client',
            },
            {
              name: 'dueOn',
              label: say('哪天', 'Day'),
              type: 'date',
              required: true,
              value: filled.today,
            },
            {
              name: 'dueTime',
              label: say('几点', 'Hour'),
              type: 'text',
              required: false,
              hint: say('如 15:00 或 下午3点', 'such as 15:00 or 3 pm'),
            },
            {
              name: 'note',
              label: say('做什么', 'What'),
              type: 'long-text',
              required: true,
              value: filled.note,
            },
          ],
        },
      },
    ],
  }
}

/** Which of the day's tasks, and what came of it: a form for those who begin with the outcome. */
export function anyOutcomeFormCard(
  lines: readonly TaskLine[],
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  if (lines.length === 0) {
    return {
      blocks: [{ kind: 'text', text: say('今天没有到期的任务。', 'Nothing is due today.') }],
    }
  }
  const options = lines.map((line) => {
    const label = [line.clientName, line.businessName, sayDay(line.dueOn, at.today, language)]
    return { value: line.id, label: label.filter(Boolean).join(' · ') }
  })
  const task = {
    name: 'taskId',
    label: say('任务', 'Task'),
    type: 'choice',
    required: true,
    options,
  } as const
  return { blocks: [{ kind: 'form', form: outcomeForm({}, [task], at, language) }] }
}
