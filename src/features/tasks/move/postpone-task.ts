import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { dayField, noteField, timeField } from '../../../bot/grammar/fields.ts'
import type { Moment } from '../../../bot/moment.ts'
import { type Day, sayDay } from '../../../core/calendar/time.ts'
import { type Refusal, refuse } from '../../../core/decision.ts'
import type { Text } from '../../../core/text.ts'
import { goneFault, isGone } from '../hours-rules.ts'
import type { TaskLine } from '../list/line-store.ts'
import { refreshList } from '../list/today.ts'
import { faultOf, noneListed } from '../outcomes/named-tasks.ts'
import * as policy from '../policy.ts'
import { joined } from '../rules.ts'
import type { Postponed } from './cards.ts'
import { postponedCard } from './cards.ts'
import { POSTPONE_PHRASES } from './postpone-words.ts'
import { findSaidTasks, type TasksSaid } from './said-tasks.ts'
import { moveTask } from './store.ts'

const input = z.object({
  tasks: z.array(z.int().positive()).max(20).default([]),
  taskId: z.uuid().optional(),
  /** Whose tasks, where no number is said. */
  named: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
  clientId: z.uuid().optional(),
  dueOn: dayField,
  /** Null: the hour that it has. */
  dueTime: timeField,
  note: noteField,
  /** Left off today's list; the note is the reason. */
  skipped: z.boolean().default(false),
})
type Input = z.infer<typeof input>
/** Another day for a task: the one that is said, else the next workday. */
export const postponeTask = command<Input, TasksSaid, Postponed>({
  name: 'postpone',
  may: policy.workTasks,
  undoable: true,
  help: {
    usage: { zh: '改期 3 下周二', en: 'postpone 3 Tuesday' },
    purpose: {
      zh: '换一天办；不说哪天就是下个工作日',
      en: 'another day for a task; the next workday unless you say which',
    },
  },
  phrases: POSTPONE_PHRASES,
  input,
  askedInVain: noneListed,
  load: (tx, asked, context) =>
    findSaidTasks(tx, asked, { command: 'postpone', input: asked }, context),
  decide(
    { found, numbers, faults: unknown },
    { dueOn: said, dueTime: time, note, skipped },
    { who, at },
  ): Postponed | Refusal {
    if (said && said < at.today) {
      return refuse(
        `${said} 已经过去，请给今天或以后的日期。`,
        `${said} has gone by; give today or a later day.`,
      )
    }
    const dueOn = said ? at.workdays.onOrAfter(said) : at.workdays.next(at.today)
    const faults = found.map(
      (each) =>
        faultOf(each, numbers.length, who) ??
        lateFault(each.task, dueOn, at.today) ??
        hourFault(time ?? each.task?.dueTime ?? null, dueOn, at),
    )
    const refused = [...unknown, ...faults.filter((fault) => fault !== null)]
    const moved = found.flatMap(({ task }, index) =>
      task && !faults[index] ? [{ ...task, dueTime: time ?? task.dueTime }] : [],
    )
    if (moved.length === 0) return refuseAll(refused)
    return { moved, refused, dueOn, saidOn: said && said !== dueOn ? said : null, note, skipped }
  },
  async save(tx, { moved, dueOn, note, skipped }, context) {
    for (const task of moved) {
      const { id: taskId, managerId, dueTime } = task
      await moveTask(
        tx,
        skipped
          ? { taskId, dueOn, dueTime, managerId, note: task.note, skipReason: note ?? '' }
          : { taskId, dueOn, dueTime, managerId, note: joined(task.note, note) },
        context.actId,
        context.at.now,
      )
    }
    refreshList(context)
  },
  reply: (postponed, _facts, { at, who }) => postponedCard(postponed, at, who.language),
})

/** A complaint is not put off past the day by which it is to be settled. */
const lateFault = (task: TaskLine | null, dueOn: Day, today: Day): Text | null =>
  task?.answerBy && dueOn > task.answerBy
    ? {
        zh: `${task.clientName} 的投诉要在 ${sayDay(task.answerBy, today, 'zh')} 前答复，不能改到那天以后。`,
        en: `The complaint of ${task.clientName} is to be settled by ${sayDay(task.answerBy, today, 'en')}; it cannot be put off past that.`,
      }
    : null

const hourFault = (time: string | null, dueOn: Day, at: Moment): Text | null =>
  time && isGone(dueOn, time, at) ? goneFault(time) : null

export const refuseAll = (texts: readonly Text[]): Refusal =>
  refuse(texts.map(({ zh }) => zh).join('\n'), texts.map(({ en }) => en).join('\n'))
