import type { Moment } from '../../../bot/moment.ts'
import type { DayNotes } from '../../../bot/services.ts'
import type { Text } from '../../../core/text.ts'
import { batchPerTransaction } from '../../../infra/batch.ts'

interface Asked {
  readonly staffId: string
  readonly at: Moment
  readonly dayNotes: DayNotes
}

/** What one person's list says besides the tasks; asked by many at once, it is one look. */
export const notesFor = batchPerTransaction(async (tx, asked: readonly Asked[]) => {
  const [first] = asked
  if (!first) return []
  const staffIds = asked.map(({ staffId }) => staffId)
  const notes = await first.dayNotes(tx, staffIds, first.at)
  return staffIds.map((id): readonly Text[] => notes.get(id) ?? [])
})
