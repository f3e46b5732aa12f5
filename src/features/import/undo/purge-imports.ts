import type { Job } from '../../../bot/feature.ts'
import { KEPT_DAYS } from '../rules.ts'

const DAY_MS = 24 * 3_600_000
/** What nobody said yes to is forgotten after a week. */
const PREVIEW_DAYS = 7

/** Each night: the rows of books and what was shown of them go, once they cannot be taken back any more or were never written. */
export const purgeImports: Job = {
  name: 'purge-imports',
  at: () => '03:41',
  catchUpHours: 20,
  async run({ database }, { now }) {
    const before = (days: number) => new Date(now.getTime() - days * DAY_MS)
    await database.prisma.$executeRaw`
      with over as (
        update import set state = 'dropped', ended_at = ${now}::timestamptz
        where state = 'preview' and started_at < ${before(PREVIEW_DAYS)}::timestamptz
        returning upload_id
      )
      update upload set bytes = '', name = '' from over where upload.id = over.upload_id`
    await database.prisma.$executeRaw`
      with over as (
        update import set mapping = '{}'
        where mapping <> '{}' and (
          state in ('dropped', 'undone') and ended_at < ${before(1)}::timestamptz
          or state in ('done', 'failed') and ended_at < ${before(KEPT_DAYS + 1)}::timestamptz)
        returning id
      )
      delete from import_row using over where import_id = over.id`
  },
}
