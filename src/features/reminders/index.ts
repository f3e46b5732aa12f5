import type { Feature } from '../../bot/feature.ts'
import { sayTime } from '../../core/calendar/time.ts'
import { text } from '../../core/text.ts'
import { calendarPage } from './calendar-link/calendar-page.ts'
import { dropLink, makeLink } from './calendar-link/make-link.ts'
import { drop } from './drop-reminder.ts'
import { notifyTeam } from './notify-team.ts'
import { forget, remind } from './remind.ts'
import { remindMe } from './remind-me.ts'
import { showAgenda } from './show-agenda.ts'
import { remindersOf, takeBackReminders } from './store.ts'

export const reminders: Feature = {
  topic: { zh: '任务', en: 'tasks' },
  commands: [remindMe, drop, showAgenda, makeLink, dropLink, notifyTeam],
  pages: [calendarPage],
  jobs: [remind, forget],
  undo: {
    what: { 'remind-me': text('提醒', 'the reminder') },
    async takeBack(tx, actId) {
      await takeBackReminders(tx, actId)
    },
  },
  /** What one is to be reminded of today stands on the list too. */
  async dayNotes(tx, staffIds, { today }) {
    const due = await remindersOf(tx, staffIds, { from: today, until: today })
    return new Map(
      [...Map.groupBy(due, ({ staffId }) => staffId)].map(([id, theirs]) => [
        id,
        theirs.map(({ dueTime, note }) =>
          text(
            `${sayTime(dueTime, 'zh')}提醒：${note}`,
            `Reminder at ${sayTime(dueTime, 'en')}: ${note}`,
          ),
        ),
      ]),
    )
  },
}
