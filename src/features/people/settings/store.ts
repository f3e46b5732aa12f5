import type { Language } from '../../../core/text.ts'
import type { Day } from '../../../core/time.ts'
import { toDayOrNull } from '../../../infra/database/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'

export interface Settings {
  /** `08:30`; null: when the bank's lists come. */
  readonly morningAt: string | null
  readonly language: Language
  /** No pushes up to and including this day; null: not muted. */
  readonly mutedUntil: Day | null
}

export async function settingsOf(tx: Queries, staffId: string): Promise<Settings> {
  const row = await tx.staff.findUniqueOrThrow({
    where: { id: staffId },
    select: { morningAt: true, language: true, mutedUntil: true },
  })
  const { morningAt, language, mutedUntil } = row
  return { morningAt, language: language as Language, mutedUntil: toDayOrNull(mutedUntil) }
}

export async function changeSettings(
  tx: Queries,
  staffId: string,
  { morningAt, language, mutedUntil }: Settings,
): Promise<void> {
  await tx.$executeRaw`
    update staff set morning_at = ${morningAt}, language = ${language},
      muted_until = ${mutedUntil}::date
    where id = ${staffId}::uuid`
}
