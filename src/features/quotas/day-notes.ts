import type { DayNotes } from '../../bot/services.ts'
import { text } from '../../core/text.ts'
import { spanLines } from './rules.ts'
import { quotaProgress } from './store.ts'

/** How far the quotas under way are reached. */
export const dayNotes: DayNotes = async (tx, staffIds, at) => {
  const quotas = await quotaProgress(tx, staffIds, at)
  return new Map(
    [...quotas].map(([id, progress]) => {
      const english = spanLines(progress, at, 'en')
      return [id, spanLines(progress, at, 'zh').map((zh, place) => text(zh, english[place] ?? ''))]
    }),
  )
}
