import type { Queries } from '../../infra/database/index.ts'

/** What waits in one chat service's outbox. */
export interface Lane {
  readonly channel: string
  /** Messages that are due and not sent, and how long (s) the oldest of them has been due. */
  readonly waiting: number
  readonly oldestS: number
  /** Messages that were given up, until an operator sends or drops them. */
  readonly failed: number
}

/** How the service stands, as far as the database knows; the same asked of any instance. */
export interface Vitals {
  readonly lanes: readonly Lane[]
  /** Events that are stored and not answered, and the age (s) of the oldest. */
  readonly unanswered: { readonly count: number; readonly oldestS: number }
  /** Events that ended the process each time, until an operator has them tried again. */
  readonly setAside: number
}

/** Reads it, each part along an index of what waits. */
export async function readVitals(tx: Queries, now: Date): Promise<Vitals> {
  const lanes = await tx.$queryRaw<Lane[]>`
    select channel, sum(waiting)::int as waiting, sum(failed)::int as failed,
      greatest(coalesce(extract(epoch from ${now}::timestamptz - min(due)), 0), 0)::float8 as "oldestS"
    from (
      select channel, 1 as waiting, 0 as failed, not_before as due from message
      where state in ('queued', 'sending', 'unknown') and not_before <= ${now}::timestamptz
      union all
      select channel, 0, 1, null from message where state = 'failed'
    ) as lane
    group by channel order by channel`
  const [unanswered] = await tx.$queryRaw<Vitals['unanswered'][]>`
    select count(*)::int as count,
      coalesce(extract(epoch from ${now}::timestamptz - min(received_at)), 0)::float8 as "oldestS"
    from received where answered_at is null`
  const setAside = await tx.received.count({ where: { setAsideAt: { not: null } } })
  return { lanes, unanswered: unanswered ?? { count: 0, oldestS: 0 }, setAside }
}
