import type { Moment } from '../../../bot/moment.ts'
import { daysBetween, sayDay, sayWhen } from '../../../core/calendar/time.ts'
import { type Card, type ListItem, textCard } from '../../../core/card.ts'
import { counted, type Language, type Say, speaker } from '../../../core/text.ts'
import { outcomeWords } from '../correct/verdict.ts'
import { taskLabel } from '../labels.ts'
import type { AssignedTask } from './store.ts'

const clientButton = (clientId: string, say: Say) => ({
  label: say('客户', 'Client'),
  intent: { command: 'client', input: { clientId } },
})

const about = ({ note }: AssignedTask): string => (note ? `"${note}"` : '')

/** What came of it: the outcome, or what was seen there, and when it goes on. */
function cameOf(task: AssignedTask, at: Moment, language: Language): string {
  const say = speaker(language)
  const { outcome, visit, nextOn, kind, status } = task
  const what = outcome
    ? outcomeWords(outcome, at.kinds, language)
    : visit
      ? [taskLabel('visit', say), visit.note && `"${visit.note}"`].filter(Boolean).join(' ')
      : status === 'done'
        ? say(`${taskLabel(kind, say)}已办`, `${taskLabel(kind, say)} done`)
        : say('没有办就取消了', 'cancelled before it was done')
  const next = nextOn && sayDay(nextOn, at.today, language)
  return next ? say(`${what}，${next} 再联系`, `${what}; next ${next}`) : what
}

/** To whoever set a task: what came of it. */
export function cameOfCard(task: AssignedTask, by: string, at: Moment, language: Language): Card {
  const say = speaker(language)
  const name = `**${task.clientName}**`
  return textCard(
    say(
      `您交办的 ${name}${about(task)}，${by}登记：${cameOf(task, at, language)}。`,
      `What you set, ${name}${about(task) && ` ${about(task)}`}: ${by} logged ${cameOf(task, at, language)}.`,
    ),
    { kind: 'buttons', buttons: [clientButton(task.clientId, say)] },
  )
}

/** To whoever set tasks: what came of each. */
export function assignedCard(tasks: readonly AssignedTask[], at: Moment, language: Language): Card {
  const say = speaker(language)
  if (tasks.length === 0) {
    return textCard(
      say(
        '近 30 天没有交办过。给组员派一件：派 王五 联系李四 明天。',
        'You set nothing in the last 30 days. Set a task: assign Lee call Tom tomorrow.',
      ),
    )
  }
  const open = tasks.filter(({ status }) => status === 'open')
  const over = tasks.filter(({ status }) => status !== 'open')
  const list = (heading: string, those: readonly AssignedTask[]) =>
    those.length > 0
      ? [{ kind: 'list', heading, items: those.map((task) => itemOf(task, at, language)) } as const]
      : []
  return {
    title: say('我交办的 · 近 30 天', 'What I set · last 30 days'),
    blocks: [
      ...list(say(`${open.length} 件未办`, `${open.length} open`), open),
      ...list(say(`${over.length} 件有结果`, `${over.length} with a result`), over),
    ],
  }
}

function itemOf(task: AssignedTask, at: Moment, language: Language): ListItem {
  const say = speaker(language)
  const late = task.status === 'open' ? daysBetween(task.dueOn, at.today) : 0
  const state =
    task.status === 'open'
      ? [
          `${sayWhen(task, at.today, language)} ${taskLabel(task.kind, say)}`,
          late > 0 && say(`逾期 ${late} 天`, `${counted(late, 'day')} overdue`),
        ]
          .filter(Boolean)
          .join(say('，', ', '))
      : cameOf(task, at, language)
  return {
    text: `${[task.managerName, `**${task.clientName}**`, about(task)].filter(Boolean).join(' · ')}\n${state}`,
    buttons: [clientButton(task.clientId, say)],
  }
}
