import type { Day } from '../../core/calendar/time.ts'
import { newId } from '../../core/ids.ts'
import type { Text } from '../../core/text.ts'
import type { Database, Queries } from '../../infra/database/index.ts'
import type { Feed, Loaded, Mode } from './rules.ts'

/** A row that was not used, and why. */
export interface RowFault {
  readonly line: number
  readonly because: Text
}

/** What came of a feed. */
export interface FeedReport {
  readonly feed: Feed
  readonly day: Day
  readonly mode: Mode
  readonly rows: number
  /** Rows of nobody on file, and rows that could not be read or taken. */
  readonly unmatched: number
  readonly rejected: number
  /** Clients who came on file by it. */
  readonly entered: number
  /** Clients of whom something changed. */
  readonly changed: number
  /** Facilities that it did not name: ended, and waiting for a person's yes. */
  readonly ended: number
  readonly waiting: number
  /** Facilities that a lead confirmed and that it does not know. */
  readonly unknown: number
  /** The first of them. */
  readonly faults: readonly RowFault[]
  /** How long it took. */
  readonly seconds: { readonly staged: number; readonly merged: number }
}

/** The last load of a feed; null: there was none. */
export async function lastLoad(tx: Queries, feed: Feed): Promise<Loaded | null> {
  const [row] = await tx.$queryRaw<Loaded[]>`
    select day::text, sha256 from feed_load where feed = ${feed}
    order by day desc, received_at desc limit 1`
  return row ?? null
}

/** The last business day of each feed that the bank sends. */
export const lastDays = (tx: Queries): Promise<{ feed: Feed; day: Day }[]> => tx.$queryRaw`
  select feed, max(day)::text as day from feed_load group by feed order by feed`

export async function keepLoad(
  tx: Queries,
  report: FeedReport,
  sha256: string,
  now: Date,
): Promise<void> {
  const { feed, day, mode, rows, unmatched, rejected, entered, changed, ended, waiting, faults } =
    report
  await tx.$executeRaw`
    insert into feed_load (id, feed, day, mode, sha256, rows, unmatched, rejected, entered, changed,
      ended, waiting, faults, received_at)
    values (${newId()}::uuid, ${feed}, ${day}::date, ${mode}, ${sha256}, ${rows}, ${unmatched},
      ${rejected}, ${entered}, ${changed}, ${ended}, ${waiting}, ${JSON.stringify(faults)}::jsonb,
      ${now}::timestamptz)`
}

/** The key of a row that could not be read. */
export const REJECTED = 'rejected'

export const clearRows = ({ wholeBook: tx }: Database, loadId: string): Promise<number> =>
  tx.$executeRaw`delete from feed_row where load_id = ${loadId}::uuid`

/** What a load or a crash before left. */
export const clearOldRows = ({ wholeBook: tx }: Database, before: string): Promise<number> =>
  tx.$executeRaw`delete from feed_row where load_id < ${before}::uuid`
