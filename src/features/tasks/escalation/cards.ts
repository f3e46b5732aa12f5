import type { Moment } from '../../../bot/moment.ts'
import { sayDate, sayDay } from '../../../core/calendar/time.ts'
import type { Block, Button, Card, ListItem } from '../../../core/card.ts'
import { counted, type Language, type Say, speaker } from '../../../core/text.ts'
import { workdaysOverdue } from './rules.ts'
import type { Escalated } from './store.ts'

/** To a lead: what of their people has been overdue for long, and what may go to somebody else. */
export function escalationCard(tasks: readonly Escalated[], at: Moment, language: Language): Card {
  const say = speaker(language)
  const blocks = ([3, 2] as const).flatMap((step): Block[] => {
    const those = tasks.filter((task) => task.step === step)
    const count = those[0]?.count ?? 0
    if (count === 0) return []
    const heading = {
      3: say(
        `${count} 件逾期已久，可以改派`,
        `${count} overdue for long; somebody else may take them`,
      ),
      2: say(`${count} 件逾期未办，请过问`, `${count} overdue; please ask`),
    }[step]
    const more = count - those.length
    return [
      { kind: 'list', heading, items: those.map((task) => itemOf(task, at, say, language)) },
      ...(more > 0
        ? [
            {
              kind: 'text',
              text: say(`这一步还有 ${more} 件。`, `${more} more at this step.`),
            } as const,
          ]
        : []),
    ]
  })
  const none = say('没有逾期到要过问的任务。', 'Nothing is overdue so long that you need to ask.')
  return {
    title: say(`逾期 · ${sayDate(at.today, 'zh')}`, `Overdue · ${sayDate(at.today, 'en')}`),
    blocks: blocks.length > 0 ? blocks : [{ kind: 'text', text: none }],
  }
}

function itemOf(task: Escalated, at: Moment, say: Say, language: Language): ListItem {
  const { clientName, businessName, managerName, dueOn, taskId, colleague, step } = task
  const days = workdaysOverdue(dueOn, at.today, at.workdays.of(task.unitPath))
  const due = sayDay(dueOn, at.today, language)
  const buttons: Button[] = []
  if (step === 3) {
    if (colleague) {
      const input = { taskId, to: colleague.code }
      const label = say(`转给 ${colleague.name}`, `To ${colleague.name}`)
      buttons.push({ label, style: 'primary', intent: { command: 'reassign', input } })
    }
    const label = say(`留给 ${managerName}`, `Leave to ${managerName}`)
    buttons.push({ label, intent: { command: 'keep-task', input: { taskId } } })
  }
  return {
    text: [
      [`**${clientName}**`, businessName].filter(Boolean).join(' · '),
      say(
        `${managerName}，${due} 到期，逾期 ${days} 个工作日`,
        `${managerName}, due ${due}, ${counted(days, 'workday')} overdue`,
      ),
    ].join('\n'),
    ...(buttons.length > 0 && { buttons }),
  }
}

/** Told to whoever a task is given to or left with. */
export const toldCard = (by: string, client: string, left: boolean, language: Language): Card => {
  const say = speaker(language)
  const text = left
    ? say(
        `${by}请您今天跟进逾期的 **${client}**，已排在今天。`,
        `${by} asks you to follow up on **${client}** today; it is on today's list.`,
      )
    : say(
        `${by}把逾期的 **${client}** 转给您，已排在今天；客户归属不变。`,
        `${by} gave you the overdue task with **${client}**; it is on today's list. The client stays with its manager.`,
      )
  return {
    blocks: [
      { kind: 'text', text },
      {
        kind: 'buttons',
        buttons: [{ label: say('今日', 'Today'), intent: { command: 'today', input: {} } }],
      },
    ],
  }
}
