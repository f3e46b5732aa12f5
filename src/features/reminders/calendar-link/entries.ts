import { instantOf } from '../../../core/calendar/time.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { taskLabel } from '../../tasks/labels.ts'
import type { Appointment, KeptReminder } from '../store.ts'
import type { Entry } from './calendar-file.ts'

const TASK_MINUTES = 30
const REMINDER_MINUTES = 15

/** Family names of two characters that are not rare. */
const TWO =
  /^(?:欧阳|上官|司马|诸葛|皇甫|尉迟|公孙|慕容|令狐|东方|司徒|夏侯|长孙|宇文|端木|南宫|独孤|呼延|轩辕)/

/** 张先生/女士: the calendar of a telephone is read by others, so no more of a client stands there. */
function courtesyOf(name: string, language: Language): string {
  const family = name.match(TWO)?.[0] ?? (/^[\u4e00-\u9fff]{2,}$/.test(name) ? [...name][0] : null)
  const called = family ?? name.split(/[\s·]/).at(-1) ?? name
  return speaker(language)(`${called}先生/女士`, `Mr/Ms ${called}`)
}

/** What stands in the calendar: hour, kind and whom politely; no phone, no business, no note. */
export function entriesOf(
  {
    appointments,
    reminders,
  }: {
    readonly appointments: readonly Appointment[]
    readonly reminders: readonly KeptReminder[]
  },
  timezone: string,
  language: Language,
): Entry[] {
  const say = speaker(language)
  return [
    ...appointments.map(({ taskId, dueOn, dueTime, kind, clientName }) => ({
      id: taskId,
      starts: instantOf(dueOn, dueTime, timezone),
      minutes: TASK_MINUTES,
      summary: `${taskLabel(kind, say)} · ${courtesyOf(clientName, language)}`,
    })),
    ...reminders.map(({ id, dueOn, dueTime }) => ({
      id,
      starts: instantOf(dueOn, dueTime, timezone),
      minutes: REMINDER_MINUTES,
      summary: say('提醒', 'Reminder'),
    })),
  ]
}
