import type { Terms } from '../../../core/calendar/terms.ts'
import { type Day, instantOf } from '../../../core/calendar/time.ts'
import { firstIdAt } from '../../../core/ids.ts'
import { toDay } from '../../../infra/database/columns.ts'
import type { Database, Queries } from '../../../infra/database/index.ts'

/** Few enough that an embedded database does not keep its process waiting. */
const BATCH = 2000

/** Deletes in batches, each a transaction of its own, until one is not full; resolves to how many went. */
async function inBatches(deleteSome: () => Promise<number>): Promise<number> {
  let all = 0
  for (let gone = BATCH; gone === BATCH; all += gone) gone = await deleteSome()
  return all
}

/** What arrived and was answered before a moment. */
export const purgeReceived = ({ wholeBook }: Database, before: Date): Promise<number> =>
  inBatches(
    () => wholeBook.$executeRaw`
      delete from received where id in (
        select id from received where received_at < ${before}::timestamptz and answered_at is not null
        limit ${BATCH})`,
  )

/** What was to be said before a moment, but for what still waits to be sent. */
export const purgeMessages = ({ wholeBook }: Database, before: Date): Promise<number> =>
  inBatches(
    () => wholeBook.$executeRaw`
      delete from message where id in (
        select id from message where created_at < ${before}::timestamptz
          and state not in ('queued', 'sending', 'unknown') limit ${BATCH})`,
  )

/** What acts before a moment wrote over: nobody takes those back any more. */
export const purgeSnapshots = ({ wholeBook }: Database, before: Date): Promise<number> =>
  inBatches(
    () => wholeBook.$executeRaw`
      delete from undo_snapshot where id in (
        select id from undo_snapshot where id < ${firstIdAt(before)}::uuid limit ${BATCH})`,
  )

/** Lists of days before a day. */
export const purgeLists = ({ wholeBook }: Database, before: Day): Promise<number> =>
  inBatches(
    () => wholeBook.$executeRaw`
      delete from task_list where (staff_id, day) in (
        select staff_id, day from task_list where day < ${before}::date limit ${BATCH})`,
  )

/** Sessions and links of the pages that were over before a moment. */
export async function purgeSessions({ wholeBook }: Database, before: Date): Promise<number> {
  await wholeBook.$executeRaw`delete from page_link where expires_at < ${before}::timestamptz`
  return wholeBook.$executeRaw`
    delete from page_session where coalesce(ended_at, expires_at) < ${before}::timestamptz`
}

/**
 * Days of the trail before a day, each with its acts in a transaction of its own: only days that are sealed go, and
 * their seals stay. Resolves to how many acts went.
 */
export async function purgeAudit(
  { wholeBook }: Database,
  before: Day,
  timezone: string,
): Promise<number> {
  const days = await wholeBook.$queryRaw<{ day: Date }[]>`
    select audit_seal.day from audit_seal left join audit_purge using (day)
    where audit_seal.day < ${before}::date and audit_purge.day is null order by day`
  let acts = 0
  for (const { day } of days) {
    const [gone] = await wholeBook.$queryRaw<{ acts: number }[]>`
      select purge_audit_day(${toDay(day)}::date, ${timezone}) as acts`
    acts += gone?.acts ?? 0
  }
  return acts
}

/** What a second person was asked for, once that was over before a moment: it is part of who did what. */
export const purgeRequests = ({ wholeBook }: Database, before: Date): Promise<number> =>
  wholeBook.$executeRaw`
    delete from request
    where status <> 'asked' and coalesce(decided_at, expires_at) < ${before}::timestamptz`

/** The oldest of what each term is about; null: there is nothing. */
export async function oldestOf(tx: Queries): Promise<Readonly<Record<keyof Terms, Date | null>>> {
  const [row] = await tx.$queryRaw<Record<keyof Terms, Date | null>[]>`
    select least((select min(received_at) from received where answered_at is not null),
        (select min(created_at) from message where state not in ('queued', 'sending', 'unknown'))) as chat,
      least((select min(at) from act), (select min(coalesce(decided_at, expires_at)) from request
        where status <> 'asked')) as audit,
      (select min(coalesce(ended_at, expires_at)) from page_session) as sessions,
      (select min(day)::timestamptz from task_list) as lists,
      (select min(clicked_at) from referral_click) as clicks`
  return row ?? { chat: null, audit: null, sessions: null, lists: null, clicks: null }
}

/** The beginning of a day in the bank's time zone. */
export const beginning = (day: Day, timezone: string): Date => instantOf(day, '00:00', timezone)
