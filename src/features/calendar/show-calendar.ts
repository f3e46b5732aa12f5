import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { yearOf } from '../../core/calendar/schedule.ts'
import { type OwnDays, yearCard } from './cards.ts'
import { readYear, WORDS } from './phrases.ts'
import * as policy from './policy.ts'
import { namesAt } from './store.ts'

/** Of a year: days off, days worked instead, what is provisional. */
export const showCalendar = query<{ year?: number | null | undefined }, readonly OwnDays[]>({
  name: 'calendar',
  may: policy.seeCalendar,
  help: {
    usage: { zh: '节假日 2027', en: 'holidays 2027' },
    purpose: { zh: '一年的放假和调休上班', en: 'days off and days worked of a year' },
  },
  phrases: {
    words: WORDS,
    read(rest, { today }) {
      const year = readYear(rest, today)
      return year === undefined ? { kind: 'no' } : { kind: 'understood', input: { year } }
    },
  },
  input: z.object({ year: z.int().min(2000).max(2100).nullish() }),
  async load(tx, { year }, { who, at }) {
    const shown = year ?? yearOf(at.today)
    const below = at.workdays.units.filter(
      (path) => path.startsWith(who.unitPath) && path !== who.unitPath,
    )
    const names = await namesAt(tx, below)
    return below.toReversed().flatMap((path) => {
      const days = [...at.workdays.of(path).schedule(shown)].flatMap(
        ([day, { works, name, by }]) =>
          by === 'bank' && at.workdays.isWorkday(day) !== works
            ? [{ day, works, name: name?.zh ?? null }]
            : [],
      )
      return days.length > 0 ? [{ name: names.get(path) ?? path, days }] : []
    })
  },
  reply: (own, { year }, { at, who }) =>
    yearCard(year ?? yearOf(at.today), own, at, who.role in policy.setCalendar.reach, who.language),
})
