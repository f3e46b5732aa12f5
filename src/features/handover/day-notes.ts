import type { DayNotes } from '../../bot/services.ts'
import { addDays, type Day } from '../../core/calendar/time.ts'
import { speaker, text } from '../../core/text.ts'
import { productLabel } from '../catalogue/rules.ts'
import { statusLabel } from './labels.ts'
import { answersBetween } from './store.ts'

/** Answers named in one line; of more the number is said. */
const MOST_NAMED = 3

/** What departments answered since the last workday. */
export const dayNotes: DayNotes = async (tx, staffIds, { today, workdays, catalogue }) => {
  const lastWorkday = (path: string): Day => {
    let day = addDays(today, -1)
    while (!workdays.of(path).isWorkday(day)) day = addDays(day, -1)
    return day
  }
  const [since = today] = ['/', ...workdays.units].map(lastWorkday).sort()
  const answers = await answersBetween(tx, staffIds, since, today)
  const fresh = answers.filter(({ on, unitPath }) => on >= lastWorkday(unitPath))
  return new Map(
    [...Map.groupBy(fresh, ({ by }) => by)].map(([id, rows]) => {
      const named = (language: 'zh' | 'en') => {
        const say = speaker(language)
        const shown = rows.slice(0, MOST_NAMED).map(({ client, product, status }) => {
          return `${client} ${productLabel(catalogue, product, language)} ${statusLabel(status, say)}`
        })
        const more = rows.length - shown.length
        return [...shown, ...(more > 0 ? [say(`另有 ${more} 条`, `${more} more`)] : [])].join(
          say('、', ', '),
        )
      }
      return [id, [text(`移交答复：${named('zh')}`, `Hand-overs answered: ${named('en')}`)]]
    }),
  )
}
