import type { Moment } from '../../../bot/moment.ts'
import { newId } from '../../../core/ids.ts'
import type { Actor } from '../../../core/staff.ts'
import { toColumn, toDay } from '../../../infra/database/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { FactName } from '../../tier-rules/facts.ts'
import { type FactChange, isDated, type Recorded, SINCE } from './rules.ts'

type Asked = Pick<Moment, 'now' | 'today'>

const columnOf = (fact: FactName) => (isDated(fact) ? SINCE[fact] : fact)

/** What is on file of these facts of a client, as it is kept. */
export async function recordedOf(
  tx: Queries,
  clientId: string,
  facts: readonly FactName[],
): Promise<Partial<Record<FactName, Recorded | null>>> {
  const row = (await tx.clientFacts.findUnique({ where: { clientId } })) ?? null
  const columns = (row ?? {}) as Record<string, unknown>
  return Object.fromEntries(facts.map((fact) => [fact, plain(columns[columnOf(fact)])]))
}

function plain(value: unknown): Recorded | null {
  if (value instanceof Date) return toDay(value)
  if (typeof value === 'bigint') return Number(value)
  return (value ?? null) as Recorded | null
}

/** Writes facts of a client, with who said so, when, of which day, and what was there before. */
export async function saveFacts(
  tx: Queries,
  clientId: string,
  changes: readonly FactChange[],
  by: { readonly who: Pick<Actor, 'id'>; readonly actId: string; readonly at: Asked },
): Promise<void> {
  const rows = changes.map((change) => ({ id: newId(), ...change }))
  await tx.$executeRaw`
    insert into fact_entry (id, act_id, client_id, staff_id, fact, before, after, recorded_at)
    select id, ${by.actId}::uuid, ${clientId}::uuid, ${by.who.id}::uuid, fact, before, after,
      ${by.at.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as entry (
      id uuid, fact text, before jsonb, after jsonb)`
  await writeColumns(
    tx,
    clientId,
    changes.map(({ fact, after }) => [fact, after]),
  )
  const days = Object.fromEntries(changes.map(({ fact }) => [fact, by.at.today]))
  await tx.$executeRaw`
    update client_facts set as_of = as_of || ${JSON.stringify(days)}::jsonb
    where client_id = ${clientId}::uuid`
}

async function writeColumns(
  tx: Queries,
  clientId: string,
  values: readonly (readonly [FactName, Recorded | null])[],
): Promise<void> {
  const columns = Object.fromEntries(
    values.map(([fact, value]) => {
      const date = isDated(fact) && typeof value === 'string'
      return [columnOf(fact), date ? toColumn(value as Parameters<typeof toColumn>[0]) : value]
    }),
  )
  await tx.clientFacts.upsert({
    where: { clientId },
    create: { clientId, ...columns },
    update: columns,
  })
}

/**
 * Takes back the facts that an act recorded, each to what was there before, unless somebody recorded
 * it anew since. Resolves to the clients whose facts changed.
 */
export async function restoreFacts(
  tx: Queries,
  actId: string,
  at: Pick<Moment, 'now' | 'timezone'>,
): Promise<string[]> {
  const entries = await tx.$queryRaw<
    { clientId: string; fact: FactName; before: Recorded | null; latest: boolean }[]
  >`
    update fact_entry as entry set undone_at = ${at.now}::timestamptz
    where act_id = ${actId}::uuid and undone_at is null
    returning client_id as "clientId", fact, before, not exists (
      select from fact_entry as later where later.client_id = entry.client_id
        and later.fact = entry.fact and later.undone_at is null and later.id > entry.id) as latest`
  const changed = Map.groupBy(
    entries.filter(({ latest }) => latest),
    ({ clientId }) => clientId,
  )
  for (const [clientId, of] of changed) {
    await writeColumns(
      tx,
      clientId,
      of.map(({ fact, before }) => [fact, before]),
    )
    await restoreDays(
      tx,
      clientId,
      of.map(({ fact }) => fact),
      at.timezone,
    )
  }
  return [...changed.keys()]
}

/** The days of which facts are known: those of the entries that hold now. */
const restoreDays = (
  tx: Queries,
  clientId: string,
  facts: readonly FactName[],
  timezone: string,
): Promise<number> =>
  tx.$executeRaw`
    update client_facts set as_of = (as_of - ${[...facts]}::text[]) || coalesce((
      select jsonb_object_agg(fact, day) from (
        select distinct on (fact) fact, (recorded_at at time zone ${timezone})::date as day
        from fact_entry where client_id = ${clientId}::uuid and fact = any(${[...facts]}::text[])
          and undone_at is null
        order by fact, id desc
      ) as latest), '{}')
    where client_id = ${clientId}::uuid`

/** A fact that somebody recorded. */
export interface FactEntry {
  readonly fact: FactName
  readonly before: Recorded | null
  readonly after: Recorded
  /** Null: a feed. */
  readonly by: string | null
  readonly at: Date
}

/** The latest entries about a client, newest first. */
export const factHistory = (tx: Queries, clientId: string, limit: number): Promise<FactEntry[]> =>
  tx.$queryRaw<FactEntry[]>`
    select fact, before, after, staff.name as by, recorded_at as at
    from fact_entry left join staff on staff.id = staff_id
    where client_id = ${clientId}::uuid and undone_at is null
    order by fact_entry.id desc limit ${limit}`

/** The clients of whom an act changed the industry. */
export async function otherIndustry(tx: Queries, actId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct client_id as id from file_change
    where act_id = ${actId}::uuid and subject in ('industry', 'industry_id')`
  return rows.map(({ id }) => id)
}
