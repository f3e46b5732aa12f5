import type { Job } from '../../../bot/feature.ts'
import { addDays } from '../../../core/calendar/time.ts'
import { missingOn } from '../../completeness/store.ts'
import { keepMonth } from './store.ts'

/** Each night, after tiers were decided: how every book stood yesterday, for the month of that day. */
export const keepMonths: Job = {
  name: 'keep-months',
  at: () => '05:35',
  catchUpHours: 15,
  async run({ database, log }, { today }) {
    const missing = await missingOn(database.prisma, today)
    const books = await keepMonth(database.wholeBook, addDays(today, -1), missing)
    log.info({ books }, 'months of books')
  },
}
