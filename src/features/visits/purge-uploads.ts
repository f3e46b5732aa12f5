import type { Job } from '../../bot/feature.ts'

/** So long a file that was sent may be asked for: whoever was asked what it is for may answer. */
const KEPT_MS = 24 * 3_600_000

/**
 * Each night: files that were sent go after a day, but for photos of visits, the documents of clients, papers that are shown, and books that
 * are shown before they are written, whose columns may still be put right.
 */
export const purgeUploads: Job = {
  name: 'purge-uploads',
  at: () => '03:33',
  catchUpHours: 20,
  async run({ database }, { now }) {
    await database.prisma.$executeRaw`
      delete from upload
      where at < ${new Date(now.getTime() - KEPT_MS)}::timestamptz
        and not exists (select from visit where visit.photo_id = upload.id)
        and not exists (select from client_document where upload_id = upload.id)
        and not exists (select from paper where upload_id = upload.id and ended_at is null)
        and not exists (select from import where upload_id = upload.id
          and state in ('reading', 'checking', 'preview'))`
  },
}
