import { dayIn } from '../../../core/calendar/time.ts'
import { toDay, toDayOrNull } from '../../../infra/database/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { factsThen } from '../../tier-rules/store.ts'
import type { Move, Standing } from './rules.ts'

/** What the tier of a client is, and how it came to be so, `limit` moves back at most. */
export async function standingOf(
  tx: Queries,
  clientId: string,
  timezone: string,
  limit: number,
): Promise<Standing> {
  const holding = tx.clientTier.findUnique({ where: { clientId } })
  const moving = tx.$queryRaw<
    (Omit<Move, 'on' | 'decidedOn' | 'facts'> & {
      on: Date
      decidedAt: Date | null
      facts: unknown
    })[]
  >`
    select change."from", change."to", change.changed_on as on, change.standard_version as version,
      change.status, change.approver_role as approver, decider.name as "decidedBy",
      change.decided_at as "decidedAt", change.reason, change.facts,
      coalesce((select array_agg(distinct entry.fact) from fact_entry as entry
        where entry.client_id = change.client_id and entry.undone_at is null
          and (entry.recorded_at at time zone ${timezone})::date = change.changed_on),
        '{}') as recorded
    from tier_change as change left join staff as decider on decider.id = change.decided_by
    where change.client_id = ${clientId}::uuid
    order by change.changed_on desc, change.id desc limit ${limit}`
  const [held, moves] = await Promise.all([holding, moving])
  return {
    tier: held?.tier ?? null,
    decided: held?.decided ?? null,
    since: toDayOrNull(held?.since ?? null),
    moves: moves.map(({ decidedAt, facts, ...move }) => ({
      ...move,
      on: toDay(move.on),
      facts: facts ? factsThen(facts, toDay(move.on)) : null,
      decidedOn: decidedAt && dayIn(decidedAt, timezone),
    })),
  }
}
