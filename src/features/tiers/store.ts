import { type Day, monthsBetween, yearsBetween } from '../../core/time.ts'
import { toDay } from '../../infra/database/columns.ts'
import type { Queries } from '../../infra/database/index.ts'
import { inForce } from '../editions/public.ts'
import type { Facts } from './facts.ts'
import { APPROVED_BY, type TierDecision } from './rules.ts'
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

/** Standards read before, by the edition they came from: a published one never changes. */
const known = new Map<string, Standard>()

/** The standards in force on a day, by kind of client. */
export async function standardsOn(
  tx: Queries,
  today: Day,
): Promise<Record<RecordedFacts['kind'], Standard>> {
  const standardOn = async (kind: RecordedFacts['kind']) => {
    const { version, hash, body } = await inForce(tx, `tiers:${kind}`, today)
    const key = `${kind} ${version} ${hash}`
    const standard = known.get(key) ?? standardSchema.parse({ ...(body as object), kind, version })
    known.set(key, standard)
    return standard
  }
  return { prospect: await standardOn('prospect'), existing: await standardOn('existing') }
}

/**
 * Writes decisions where they differ from the last ones. A move that needs no approval holds at
 * once; for another the tier stays, and the change waits in `tier_change`. What waited for
 * something the standard no longer says is superseded.
 */
export async function writeTiers(
  tx: Queries,
  decided: readonly {
    clientId: string
    decision: TierDecision
    version: number
    changeId: string
    facts: Facts
  }[],
  today: Day,
): Promise<void> {
  const rows = decided.map(({ clientId, decision, version, changeId, facts }) => {
    const { tier, provisional } = decision
    return { clientId, tier, provisional, version, changeId, facts }
  })
  const json = JSON.stringify(rows)
  await tx.$executeRaw`
    update tier_change set status = 'superseded'
    from jsonb_to_recordset(${json}::jsonb) as new ("clientId" uuid, tier text)
    where client_id = "clientId" and status = 'pending' and "to" <> tier`
  await tx.$executeRaw`
    with decided as (
      select new.*, held.tier as held, held.decided as before, case
          when held.tier is null or held.tier = new.tier then null
          when held.tier = any(${TIERS_OF.risk}) or new.tier = any(${TIERS_OF.risk}) then 'risk'
          when held.tier = any(${TIERS_OF.marketing}) or new.tier = any(${TIERS_OF.marketing})
            then 'marketing'
        end as approver
      from jsonb_to_recordset(${json}::jsonb) as new ("clientId" uuid, tier text,
          provisional boolean, version int, "changeId" uuid, facts jsonb)
        left join client_tier as held on held.client_id = "clientId"
      where (held.decided, held.provisional) is distinct from (new.tier, new.provisional)
    ), moved as (
      insert into tier_change (id, client_id, "from", "to", standard_version, changed_on, status,
        approver_role, facts)
      select "changeId", "clientId", held, tier, version, ${today}::date,
        case when approver is null then 'applied' else 'pending' end, approver,
        case when held is not null then jsonb_strip_nulls(facts) end
      from decided where held is distinct from tier and before is distinct from tier
      on conflict (client_id) where status = 'pending' do nothing
    )
    insert into client_tier (client_id, tier, decided, provisional, standard_version, since)
    select "clientId", case when approver is null then tier else held end, tier, provisional,
      version, ${today}::date
    from decided order by "clientId"
    on conflict (client_id) do update set
      since = case when client_tier.tier = excluded.tier then client_tier.since else excluded.since end,
      tier = excluded.tier, decided = excluded.decided, provisional = excluded.provisional,
      standard_version = excluded.standard_version`
}

/** The tiers that each role approves moves into and out of, as lists that SQL takes. */
const TIERS_OF = { risk: [...APPROVED_BY.risk], marketing: [...APPROVED_BY.marketing] }
