import { keepSnapshot, ownSnapshotsOf } from '../../bot/commands/undo-snapshot.ts'
import type { Moment } from '../../bot/moment.ts'
import { type Asker, scopeOf } from '../../bot/policy.ts'
import { addDays, type Day } from '../../core/calendar/time.ts'
import { Prisma } from '../../generated/client.ts'
import type { Queries } from '../../infra/database/index.ts'
import { within } from '../questions/sources/store.ts'
import type { Register } from '../registers/rules.ts'
import { meantBy } from '../registers/store.ts'
import { retier } from '../tiers/retier.ts'
import {
  type ListedPlace,
  MOST_AT_ONCE,
  type PlaceClients,
  QUIET_DAYS,
  type Unsettled,
} from './rules.ts'

const COLUMN: Readonly<Record<Register, Prisma.Sql>> = {
  region: Prisma.sql`client.region_id`,
  cluster: Prisma.sql`client.cluster_id`,
  industry: Prisma.sql`client.industry_id`,
}

/** The bank's clients in a place, as numbers, and how many of them the asker sees. */
export async function clientsIn(
  tx: Queries,
  register: Register,
  entryId: string,
  asker: Asker & { readonly at: Pick<Moment, 'today' | 'timezone'> },
): Promise<PlaceClients> {
  const [row] = await tx.$queryRaw<PlaceClients[]>`
    select count(*)::int as clients, count(*) filter (where kind = 'existing')::int as existing,
      count(*) filter (where tier in ('A', 'B'))::int as key,
      count(*) filter (where coalesce(last_contact_on, (entered_at at time zone ${asker.at.timezone})::date)
        <= ${addDays(asker.at.today, -QUIET_DAYS)}::date)::int as quiet,
      count(*) filter (where ${within(Prisma.sql`client.owner_id`, scopeOf(asker))})::int as within,
      count(visit.on)::int as visits, min(visit.on)::text as "nextVisitOn"
    from client left join client_tier on client_tier.client_id = client.id
    left join lateral (select min(due_on) as on from task
      where task.client_id = client.id and status = 'open' and task.kind = 'visit') as visit on true
    where ${COLUMN[register]} in ${meantBy([entryId])}`
  const none = { clients: 0, existing: 0, key: 0, quiet: 0, within: 0, visits: 0 }
  return row ?? { ...none, nextVisitOn: null }
}

/** So many are listed, those with most clients first. */
const MOST_LISTED = 20

/** The regions, or the industries, that have clients or that somebody registered. */
export const placesListed = (
  tx: Queries,
  register: 'region' | 'industry',
): Promise<ListedPlace[]> =>
  tx.$queryRaw<ListedPlace[]>`
    select entry.name, entry.code, count(client.id)::int as clients,
      count(*) filter (where client.kind = 'existing')::int as existing,
      count(*) filter (where tier in ('A', 'B'))::int as key, count(*) over ()::int as total
    from register_entry as entry
    join register_entry as spelling on coalesce(spelling.same_as, spelling.id) = entry.id
    left join client on ${COLUMN[register]} = spelling.id
    left join client_tier on client_tier.client_id = client.id
    where entry.register = ${register} and entry.same_as is null
    group by entry.id having count(client.id) > 0 or entry.settled_at is not null
    order by count(client.id) desc, entry.name limit ${MOST_LISTED}`

/** The clusters with most clients in a region. */
export async function clustersIn(tx: Queries, regionId: string): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select cluster as name from client
    where region_id in ${meantBy([regionId])} and cluster is not null
    group by cluster order by count(*) desc, cluster limit 5`
  return rows.map(({ name }) => name)
}

/** What nobody has said the meaning of: on file of most clients first. */
export const unsettled = (tx: Queries, most: number): Promise<Unsettled[]> =>
  tx.$queryRaw<Unsettled[]>`
    select open.id::text, open.register, open.name, open.clients, open.total, array(
      select settled.name from register_name as known
      join register_entry as entry on entry.id = known.entry_id
      join register_entry as settled on settled.id = coalesce(entry.same_as, entry.id)
      where known.register = open.register and (settled.settled_at is not null or settled.code is not null)
        and length(known.key) > 1
        and (strpos(known.key, name_key(open.name)) > 0 or strpos(name_key(open.name), known.key) > 0)
      group by settled.id, settled.name order by max(length(known.key)) desc, settled.name limit 3) as near
    from (
      select entry.id, entry.register, entry.name, coalesce(written.clients, 0)::int as clients,
        count(*) over ()::int as total
      from register_entry as entry left join (
        select place.id, count(*) as clients
        from client cross join lateral (values (region_id), (cluster_id), (industry_id)) as place (id)
        where place.id is not null group by place.id
      ) as written on written.id = entry.id
      where entry.settled_at is null and entry.same_as is null and entry.code is null
      order by clients desc, entry.register, entry.name limit ${most}
    ) as open order by open.clients desc, open.register, open.name`

/** One merge after the other: of two at once, each into the other's, neither would be left to count by. */
export async function holdRegisters(tx: Queries): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended('registers', 0))::text`
}

/** Entries of any register that somebody calls so. */
export const entriesNamed = (tx: Queries, name: string): Promise<SettledEntry[]> =>
  tx.$queryRaw<SettledEntry[]>`
    select entry.id::text, entry.register, entry.name, entry.code,
      entry.code is not null and entry.same_as is null as standard
    from register_name as known join register_entry as entry on entry.id = known.entry_id
    where known.key = name_key(${name}) order by entry.register`

export interface SettledEntry {
  readonly id: string
  readonly register: Register
  readonly name: string
  readonly code: string | null
  /** One of the national classification. */
  readonly standard: boolean
}

export async function entryById(tx: Queries, id: string): Promise<SettledEntry | null> {
  const [entry] = await tx.$queryRaw<SettledEntry[]>`
    select id::text, register, name, code, code is not null and same_as is null as standard
    from register_entry where id = ${id}::uuid`
  return entry ?? null
}

interface By {
  readonly actId: string
  readonly now: Date
}

/** An entry before an act settled it, by its columns. */
interface Before {
  readonly id: string
  readonly same_as: string | null
  readonly code: string | null
  readonly settled_at: Date | null
  readonly settled_act: string | null
}

/** Says that an entry, and whatever was the same as it, is the same as another (null: one of its own); resolves to all of them. */
export async function settle(
  tx: Queries,
  id: string,
  into: Pick<SettledEntry, 'id' | 'code'> | null,
  by: By,
): Promise<readonly string[]> {
  const before = await tx.$queryRaw<Before[]>`
    select id, same_as, code, settled_at, settled_act from register_entry
    where id = ${id}::uuid or (${into !== null} and same_as = ${id}::uuid)`
  await keepSnapshot(tx, by.actId, 'register-entries', null, before)
  await tx.$executeRaw`
    update register_entry set same_as = ${into?.id ?? null}::uuid, code = ${into?.code ?? null},
      settled_at = ${by.now}::timestamptz, settled_act = ${by.actId}::uuid
    where id = ${id}::uuid or (${into !== null} and same_as = ${id}::uuid)`
  return before.map((each) => each.id)
}

/** What an act settled is as it was, but for what somebody settled since; resolves to what it had settled. */
export async function unsettle(tx: Queries, actId: string): Promise<string[]> {
  const ids: string[] = []
  for (const { before } of await ownSnapshotsOf<Before[]>(tx, actId, 'register-entries')) {
    ids.push(...before.map(({ id }) => id))
    await tx.$executeRaw`
      update register_entry set same_as = before.same_as, code = before.code,
        settled_at = before.settled_at, settled_act = before.settled_act
      from jsonb_to_recordset(${JSON.stringify(before)}::jsonb)
        as before (id uuid, same_as uuid, code text, settled_at timestamptz, settled_act uuid)
      where register_entry.id = before.id and register_entry.settled_act = ${actId}::uuid`
  }
  return ids
}

/** How many clients are where an entry, or what is the same as it, says. */
export async function writtenOf(tx: Queries, { register, id }: SettledEntry): Promise<number> {
  const [row] = await tx.$queryRaw<{ clients: number }[]>`
    select count(*)::int as clients from client where ${COLUMN[register]} in (
      select register_entry.id from register_entry where ${id}::uuid in (register_entry.id, same_as))`
  return row?.clients ?? 0
}

/**
 * Decides the tiers of clients anew whose industry means another one now, by the entries that stand on their
 * files; of many it is done in the night.
 */
export async function retierOf(
  tx: Queries,
  entryIds: readonly string[],
  today: Day,
): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from client where industry_id = any(${[...entryIds]}::uuid[]) limit ${MOST_AT_ONCE + 1}`
  if (rows.length > MOST_AT_ONCE) return
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0) await retier(tx, ids, today)
}
