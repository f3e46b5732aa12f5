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
  /** Rows of nobody on file, and rows that could not be read. */
  readonly unmatched: number
  readonly rejected: number
  /** Clients of whom something changed. */
  readonly changed: number
  /** Facilities that it did not name: ended, and waiting for a person's yes. */
  readonly ended: number
  readonly waiting: number
  /** Facilities that a lead confirmed and that it does not know. */
  readonly unknown: number
  /** The first of them. */
  readonly faults: readonly RowFault[]
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
  const { feed, day, mode, rows, unmatched, rejected, changed, ended, waiting, faults } = report
  await tx.$executeRaw`
    insert into feed_load (id, feed, day, mode, sha256, rows, unmatched, rejected, changed, ended,
      waiting, faults, received_at)
    values (${newId()}::uuid, ${feed}, ${day}::date, ${mode}, ${sha256}, ${rows}, ${unmatched},
      ${rejected}, ${changed}, ${ended}, ${waiting}, ${JSON.stringify(faults)}::jsonb,
      ${now}::timestamptz)`
}

/** The key of a row that could not be read. */
export const REJECTED = 'rejected'

/** Finds whom the staged rows mean, by whichever number each names, or by an account that is on file. */
export async function matchRows({ wholeBook: tx }: Database, loadId: string): Promise<void> {
  await tx.$executeRaw`
    update feed_row set client_id = known.client_id
    from client_identity as known
    where feed_row.load_id = ${loadId}::uuid and known.kind = feed_row.key_kind
      and known.value = feed_row.key`
  await tx.$executeRaw`
    update feed_row set client_id = client.id from client
    where feed_row.load_id = ${loadId}::uuid and feed_row.key_kind = 'core-number'
      and client.core_number = feed_row.key`
  await tx.$executeRaw`
    update feed_row set client_id = facility.client_id from facility
    where feed_row.load_id = ${loadId}::uuid and feed_row.client_id is null
      and feed_row.key_kind <> ${REJECTED} and facility.account = feed_row.account`
}

/** Rows of nobody on file: how many, and the lines of the first. */
export async function unmatchedRows(
  tx: Queries,
  loadId: string,
  most: number,
): Promise<{ readonly count: number; readonly lines: readonly number[] }> {
  const [row] = await tx.$queryRaw<{ count: number; lines: number[] | null }[]>`
    select count(*)::int as count, (array_agg(line order by line))[1:${most}::int] as lines
    from feed_row where load_id = ${loadId}::uuid and client_id is null
      and key_kind <> ${REJECTED}`
  return { count: row?.count ?? 0, lines: row?.lines ?? [] }
}

/** The last line of each part of a load, so many rows each, in their order. */
export async function partsOf(tx: Queries, loadId: string, size: number): Promise<number[]> {
  const rows = await tx.$queryRaw<{ line: number }[]>`
    select max(line)::int as line from (
      select line, (row_number() over (order by line) - 1) / ${size}::int as part from feed_row
      where load_id = ${loadId}::uuid and client_id is not null
    ) as placed group by part order by 1`
  return rows.map(({ line }) => line)
}

export const clearRows = ({ wholeBook: tx }: Database, loadId: string): Promise<number> =>
  tx.$executeRaw`delete from feed_row where load_id = ${loadId}::uuid`

/** What a load or a crash before left. */
export const clearOldRows = ({ wholeBook: tx }: Database, before: string): Promise<number> =>
  tx.$executeRaw`delete from feed_row where load_id < ${before}::uuid`
