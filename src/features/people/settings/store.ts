import { keepSnapshot, ownSnapshotsOf } from '../../../bot/commands/undo-snapshot.ts'
import type { Day } from '../../../core/calendar/time.ts'
import type { Language } from '../../../core/text.ts'
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

/** No pushes to this person up to and including a day; null: none are kept back. */
export async function muteUntil(
  tx: Queries,
  staffId: string,
  { before, after }: { readonly before: Day | null; readonly after: Day | null },
  actId: string,
): Promise<void> {
  await keepSnapshot(tx, actId, 'muted-until', null, before)
  await writeMute(tx, staffId, after)
}

const writeMute = (tx: Queries, staffId: string, until: Day | null) => tx.$executeRaw`
  update staff set muted_until = ${until}::date where id = ${staffId}::uuid`

/** Takes back what a person's act set. */
export async function settingsBack(tx: Queries, actId: string, staffId: string): Promise<void> {
  for (const { before } of await ownSnapshotsOf<Day | null>(tx, actId, 'muted-until')) {
    await writeMute(tx, staffId, before)
  }
}

export async function changeSettings(
  tx: Queries,
  staffId: string,
  { morningAt, language }: Settings,
): Promise<void> {
  await tx.$executeRaw`
    update staff set morning_at = ${morningAt}, language = ${language}
    where id = ${staffId}::uuid`
}
