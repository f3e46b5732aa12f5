import type { Moment } from '../../bot/moment.ts'
import { addDays } from '../../core/calendar/time.ts'
import { speaker, type Text, text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { together } from '../../infra/database/together.ts'
import { statusLabel } from '../handover/labels.ts'
import { answersBetween } from '../handover/public.ts'
import { productLabel } from '../needs/rules.ts'
import { quotaProgress } from '../quotas/public.ts'
import { progressLine } from '../quotas/rules.ts'

/** Answers named in one line; of more the number is said. */
const MOST_NAMED = 3

/**
 * What a day's list says besides the tasks: what departments answered since the last workday, and the
 * month's quota; by person, who has neither is left out.
 */
export async function dayNotes(
  tx: Queries,
  staffIds: readonly string[],
  at: Moment,
): Promise<Map<string, Text[]>> {
  const { today, workdays } = at
  let since = addDays(today, -1)
  while (!workdays.isWorkday(since)) since = addDays(since, -1)
  const [answers, quotas] = await Promise.all([
    answersBetween(tx, staffIds, since, today),
    quotaProgress(tx, staffIds, at),
  ])
  const notes = new Map<string, Text[]>()
  for (const [id, rows] of answers) {
    const named = (language: 'zh' | 'en') => {
      const say = speaker(language)
      const shown = rows.slice(0, MOST_NAMED).map(({ client, product, status }) => {
        return `${client} ${productLabel(product, language)} ${statusLabel(status, say)}`
      })
      const more = rows.length - shown.length
      return [...shown, ...(more > 0 ? [say(`另有 ${more} 条`, `${more} more`)] : [])].join(
        say('、', ', '),
      )
    }
    notes.set(id, [text(`移交答复：${named('zh')}`, `Hand-overs answered: ${named('en')}`)])
  }
  for (const [id, progress] of quotas) {
    const line = text(
      `本月指标：${progressLine(progress, 'zh')}`,
      `This month: ${progressLine(progress, 'en')}`,
    )
    notes.set(id, [...(notes.get(id) ?? []), line])
  }
  return notes
}

/** What one person's list says besides the tasks. */
export const notesFor = together(
  async (tx, asked: readonly { readonly staffId: string; readonly at: Moment }[]) => {
    const [first] = asked
    if (!first) return []
    const notes = await dayNotes(
      tx,
      asked.map(({ staffId }) => staffId),
      first.at,
    )
    return asked.map(({ staffId }): readonly Text[] => notes.get(staffId) ?? [])
  },
)
