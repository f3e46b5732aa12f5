import { type Day, monthsBetween, yearsBetween } from '../../core/time.ts'
import { toColumn, toDay } from '../../infra/database/columns.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Facts } from './facts.ts'
import type { TierDecision } from './rules.ts'
import { type Standard, standardSchema } from './standard.ts'

/** A client's recorded facts, with what the standard in force is chosen by. */
export interface RecordedFacts {
  readonly clientId: string
  readonly kind: 'prospect' | 'existing'
  readonly facts: Facts
}

type FactsRow = Record<string, unknown> & {
  clientId: string
  bornOn: Date | null
  operatingSince: Date | null
  mortgageSince: Date | null
}

/** Facts by client; one without a row has none recorded. Age and months are counted on `today`. */
export async function recordedFacts(
  tx: Queries,
  clientIds: readonly string[],
  today: Day,
): Promise<RecordedFacts[]> {
  const clients = await tx.client.findMany({
    where: { id: { in: [...clientIds] } },
    select: { id: true, kind: true, facts: true },
  })
  return clients.map(({ id, kind, facts }) => ({
    clientId: id,
    kind: kind as RecordedFacts['kind'],
    facts: facts ? toFacts(facts, today) : {},
  }))
}

function toFacts(row: FactsRow, today: Day): Facts {
  const { clientId: _, bornOn, operatingSince, mortgageSince, ...columns } = row
  const plain = Object.entries(columns).map(([name, value]) => {
    return [name, typeof value === 'bigint' ? Number(value) : value]
  })
  return {
    ...Object.fromEntries(plain),
    age: bornOn && yearsBetween(toDay(bornOn), today),
    monthsOperating: operatingSince && monthsBetween(toDay(operatingSince), today),
    mortgageMonthsPaid: mortgageSince && monthsBetween(toDay(mortgageSince), today),
  }
}

/** The standards in force on a day, by kind of client. */
export async function standardsOn(
  tx: Queries,
  today: Day,
): Promise<Record<RecordedFacts['kind'], Standard>> {
  const inForce = async (kind: RecordedFacts['kind']) => {
    const row = await tx.standard.findFirst({
      where: { kind, effectiveFrom: { lte: toColumn(today) } },
      orderBy: { version: 'desc' },
    })
    return standardSchema.parse(row?.body)
  }
  return { prospect: await inForce('prospect'), existing: await inForce('existing') }
}

/** Since when the tier in force holds; null before the first decision. */
export async function tierSince(tx: Queries, clientId: string): Promise<Day | null> {
  const row = await tx.clientTier.findUnique({ where: { clientId } })
  return row && toDay(row.since)
}

/** Writes decisions where they differ from the tier in force, with a line of history for each move. */
export async function writeTiers(
  tx: Queries,
  decided: readonly {
    clientId: string
    decision: TierDecision
    version: number
    changeId: string
  }[],
  today: Day,
): Promise<void> {
  const rows = decided.map(({ clientId, decision, version, changeId }) => {
    return { clientId, tier: decision.tier, provisional: decision.provisional, version, changeId }
  })
  await tx.$executeRaw`
    with decided as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as decided (
        "clientId" uuid, tier text, provisional boolean, version int, "changeId" uuid)
    ), moved as (
      insert into tier_change (id, client_id, "from", "to", standard_version, changed_on)
      select "changeId", "clientId", client_tier.tier, decided.tier, version, ${today}::date
      from decided left join client_tier on client_id = "clientId"
      where client_tier.tier is distinct from decided.tier
    )
    insert into client_tier (client_id, tier, provisional, standard_version, since)
    select "clientId", tier, provisional, version, ${today}::date from decided
    on conflict (client_id) do update set
      since = case when client_tier.tier = excluded.tier then client_tier.since else excluded.since end,
      tier = excluded.tier, provisional = excluded.provisional,
      standard_version = excluded.standard_version
    where (client_tier.tier, client_tier.provisional, client_tier.standard_version)
      is distinct from (excluded.tier, excluded.provisional, excluded.standard_version)`
}
