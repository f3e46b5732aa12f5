import type { Day } from '../../../core/calendar/time.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { NEW_ID } from '../../../infra/database/new-id.ts'
import { keptSql, listed, quoted } from '../../../infra/database/quoted.ts'
import { idsIn, idsOf } from '../../../infra/database/raw-statements.ts'
import { FACT_NAMES, type FactName } from '../../tier-rules/facts.ts'
import { APPROVED_BY } from '../../tier-rules/rules.ts'
import type { Standard } from '../../tier-rules/standard.ts'
import {
  columnOf,
  decidedTierSql,
  knownSql,
  ON_OLD_FACTS,
  PROVISIONAL,
  tierOf,
} from './tier-sql.ts'

/** The tier that a client who lapsed is still moved to. */
const [EXIT = 'F'] = APPROVED_BY.risk

/** The standards in force, by the kind of client they are for. */
export type Standards = Readonly<Record<Standard['kind'], Standard>>

/**
 * What the standards say of a client of this `kind` with these `facts`, of whom `last` was said before, as
 * `decidedTierSql` writes it; of one who lapsed, what they say of an existing one.
 */
export const codeSql = ({ existing, prospect }: Standards, today: Day, last: string): string =>
  `case kind when 'prospect' then ${decidedTierSql(prospect, today, last)}
    else ${decidedTierSql(existing, today, last)} end`

/** Whether a decision is written down: of those who lapsed only that they belong in F. */
export const holdsFor = (kind: string, code: string): string =>
  `(${kind} <> 'lapsed' or ${code} = ${quoted(EXIT)})`

/** What was said last of a client, written as `tierSql` does; null when nothing was. */
export const SAID = `case when held.old_facts_since is not null then ${quoted(ON_OLD_FACTS)} || held.decided
  when held.provisional then ${quoted(PROVISIONAL)} || held.decided else held.decided end`

/**
 * Rows of what the standards say of the clients whose ids are the first parameter (`idsIn`), where that is written
 * down, beside what was said before. All tables are asked for them, since a planner does not carry it over.
 */
const decidedSql = (standards: Standards, today: Day): string => `
  select * from (
    select client.id, kind, ${codeSql(standards, today, 'held.decided')} as code,
      case kind when 'prospect' then ${standards.prospect.version}
        else ${standards.existing.version} end as version,
      held.tier as held, held.decided as before, ${SAID} as said_before, held.old_facts_since as old_since
    from client left join client_facts as facts
      on facts.client_id = client.id and facts.client_id = any(${idsIn('$1')})
    left join client_tier as held
      on held.client_id = client.id and held.client_id = any(${idsIn('$1')})
    where client.id = any(${idsIn('$1')})
  ) as judged where ${holdsFor('kind', 'code')}`

/** Who has to approve a move, as `approverOf` says; null when it holds at once. */
export const approverSql = (from: string, to: string): string => {
  const concerned = (role: keyof typeof APPROVED_BY) =>
    `${from} in (${listed(APPROVED_BY[role])}) or ${to} in (${listed(APPROVED_BY[role])})`
  return `case when ${from} is null or ${from} = ${to} then null when ${concerned('risk')} then 'risk'
    when ${concerned('marketing')} then 'marketing' end`
}

/** What the standards looked at, as `factsThen` reads it. */
function lookedAt({ existing, prospect }: Standards): string {
  const known = (name: FactName) =>
    name === 'industryClass'
      ? `case kind when 'prospect' then ${knownSql(name, prospect)} else ${knownSql(name, existing)} end`
      : columnOf(name)
  return `(select jsonb_strip_nulls(to_jsonb(known)) from (
    select ${FACT_NAMES.map((name) => `${known(name)} as "${name}"`).join(', ')}
    from client left join client_facts as facts on facts.client_id = client.id
    where client.id = moved.id) as known)`
}

/**
 * Decides these clients' tiers by their recorded facts and writes what changed. A move that needs no
 * approval holds at once; for another the tier stays, and the change waits in `tier_change`. What
 * waited for something that the standard no longer says is superseded. Resolves to how many
 * decisions changed. Locks the clients, so that of two who do this the later sees what the earlier
 * wrote.
 */
export async function applyTiers(
  tx: Queries,
  clientIds: readonly string[],
  standards: Standards,
  today: Day,
): Promise<number> {
  await tx.$queryRaw`
    select count(*)::int from (
      select 1 from client where id = any(${idsOf(clientIds)}) order by id for no key update) as locked`
  const [waiting] = await tx.$queryRaw<{ ids: string[] | null }[]>`
    select array_agg(client_id) as ids from tier_change
    where status = 'pending' and client_id = any(${idsOf(clientIds)})`
  if (waiting?.ids) {
    await tx.$executeRawUnsafe(
      `update tier_change set status = 'superseded'
      from (${decidedSql(standards, today)}) as decided
      where client_id = decided.id and status = 'pending' and "to" <> ${tierOf('code')}`,
      JSON.stringify(waiting.ids),
    )
  }
  const { existing, prospect } = standards
  const sql = applySql(existing, prospect, today)
  return tx.$executeRawUnsafe(sql, JSON.stringify(clientIds), today)
}

/** Writes what changed of the clients in `$1` (`idsIn`) on the day `$2`. */
const applySql = keptSql((existing: Standard, prospect: Standard, today: Day) => {
  const standards = { existing, prospect }
  return `
    with decided as materialized (${decidedSql(standards, today)}),
    said as (
      select id, ${tierOf('code')} as tier, code <> ${tierOf('code')} as provisional,
        case when starts_with(code, ${quoted(ON_OLD_FACTS)})
          then coalesce(old_since, $2::date) end as old_facts_since, version, held, before,
        ${approverSql('held', tierOf('code'))} as approver
      from decided where said_before is distinct from code
    ), moved as (
      insert into tier_change (id, client_id, "from", "to", standard_version, changed_on, status,
        approver_role, facts)
      select ${NEW_ID}, id, held, tier, version, $2::date,
        case when approver is null then 'applied' else 'pending' end, approver,
        case when held is not null then ${lookedAt(standards)} end
      from said as moved where held is distinct from tier and before is distinct from tier
    )
    insert into client_tier (client_id, tier, decided, provisional, standard_version, since,
      old_facts_since)
    select id, case when approver is null then tier else held end, tier, provisional, version, $2::date,
      old_facts_since
    from said order by id
    on conflict (client_id) do update set
      since = case when client_tier.tier = excluded.tier then client_tier.since else excluded.since end,
      tier = excluded.tier, decided = excluded.decided, provisional = excluded.provisional,
      standard_version = excluded.standard_version, old_facts_since = excluded.old_facts_since`
})
