import type { Undoing } from '../../bot/commands/undo-snapshot.ts'
import type { Feature } from '../../bot/feature.ts'
import { text } from '../../core/text.ts'
import { calendarSheet } from './calendar-sheet.ts'
import { importDays } from './import-days.ts'
import { setDays } from './set-days.ts'
import { showCalendar } from './show-calendar.ts'
import { takeBackChange } from './store.ts'

const undo: Undoing = {
  what: {
    'set-holidays': text('节假日', 'the change of the calendar'),
    'import-holidays': text('节假日', 'the change of the calendar'),
  },
  // What the act entered was changed again, or what it ended was entered anew.
  builtUpon: `
    exists (select from calendar_day where act_id = act.id and ended_by is not null)
    or exists (select from calendar_day as ended join calendar_day as later on later.day = ended.day
        and later.unit_id is not distinct from ended.unit_id and later.ended_by is null
        and later.act_id <> act.id
      where ended.ended_by = act.id)`,
  async takeBack(tx, actId, { actId: undoing, momentChanged }) {
    if ((await takeBackChange(tx, actId, undoing)) > 0) momentChanged()
  },
}

export const calendar: Feature = {
  topic: text('节假日', 'calendar'),
  commands: [showCalendar, calendarSheet, importDays, setDays],
  undo,
}
