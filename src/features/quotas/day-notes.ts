import type { DayNotes } from '../../bot/services.ts'
import { text } from '../../core/text.ts'
import { progressLine } from './rules.ts'
import { quotaProgress } from './store.ts'

/** How far the month's quota is reached. */
export const dayNotes: DayNotes = async (tx, staffIds, at) => {
  const quotas = await quotaProgress(tx, staffIds, at)
  return new Map(
    [...quotas].map(([id, progress]) => [
      id,
      [
        text(
          `本月指标：${progressLine(progress, 'zh')}`,
          `This month: ${progressLine(progress, 'en')}`,
        ),
      ],
    ]),
  )
}
