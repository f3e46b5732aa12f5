import type { Day } from '../../../core/calendar/time.ts'
import { newId } from '../../../core/ids.ts'
import { analyzeAfter } from '../../../infra/database/analyze.ts'
import { toColumn, toDayOrNull } from '../../../infra/database/columns.ts'
import { secret, secretKey } from '../../../infra/database/encryption/secret.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { idsOf } from '../../../infra/database/raw-statements.ts'
import type { Identity } from '../../clients/identity/rules.ts'
import { identitiesOfClients } from '../../clients/identity/store.ts'
import { hashable } from '../rules.ts'

/** The keyed hash of the bank. */
export type KeyedHash = (text: string) => string

/** Somebody to be put on the list. */
export interface NewEntry {
  readonly identities: readonly Identity[]
  readonly reason: string
  /** The last day in force; null: for good. */
  readonly until: Day | null
}

/** A client whom an entry meant, with whose they are. */
export interface Hit {
  readonly clientId: string
  readonly name: string
  readonly ownerId: string
}

/** Entries written in one statement. */
const BATCH = 2000

/** Puts people on the list; resolves to the clients on file who were not on it before. */
export async function addEntries(
  tx: Queries,
  hash: KeyedHash,
  entries: readonly NewEntry[],
  by: { readonly staffId: string; readonly actId: string; readonly now: Date },
): Promise<Hit[]> {
  const hits: Hit[] = []
  for (let from = 0; from < entries.length; from += BATCH) {
    const rows = entries.slice(from, from + BATCH).map(({ identities, reason, until }) => {
      return {
        id: newId(),
        reason: secret('note', reason),
        until,
        hashes: identities.map((each) => hash(hashable(each))),
        keys: identities.map(({ kind, value }) => secretKey(kind, value)),
      }
    })
    hits.push(...(await writeEntries(tx, JSON.stringify(rows), by)))
    await analyzeAfter(tx, rows.length, ['negative_entry', 'negative_key', 'negative_hit'])
  }
  return hits
}

async function writeEntries(
  tx: Queries,
  json: string,
  by: { readonly staffId: string; readonly actId: string; readonly now: Date },
): Promise<Hit[]> {
  await tx.$executeRaw`
    insert into negative_entry (id, act_id, reason, until, added_by, added_at)
    select id, ${by.actId}::uuid, reason, until, ${by.staffId}::uuid, ${by.now}::timestamptz
    from jsonb_to_recordset(${json}::jsonb) as entry (id uuid, reason text, until date)`
  await tx.$executeRaw`
    insert into negative_key (hash, entry_id)
    select distinct hash, id from jsonb_to_recordset(${json}::jsonb) as entry (id uuid, hashes text[])
    cross join unnest(hashes) as hash`
  await tx.$executeRaw`
    insert into negative_hit (entry_id, client_id)
    select distinct entry.id, meant.client_id
    from jsonb_to_recordset(${json}::jsonb) as entry (id uuid, keys text[])
    cross join lateral (
      select client_id from client_identity where key = any(entry.keys)) as meant`
  return tx.$queryRaw<Hit[]>`
    update client set negative_list = true
    where not negative_list and id in (
      select client_id from negative_hit
      join jsonb_to_recordset(${json}::jsonb) as entry (id uuid) on entry.id = entry_id)
    returning id as "clientId", name, owner_id as "ownerId"`
}

/** Whether one of these numbers is on the list. */
export async function isListed(
  tx: Queries,
  hash: KeyedHash,
  identities: readonly Identity[],
): Promise<boolean> {
  if (identities.length === 0) return false
  const hashes = identities.map((each) => hash(hashable(each)))
  const [found] = await tx.$queryRaw<unknown[]>`
    select 1 from negative_key join negative_entry on negative_entry.id = entry_id
    where hash = any(${hashes}::text[]) and ended_at is null limit 1`
  return found !== undefined
}

/**
 * Screens clients on file by their numbers, with each as it is now: sets or clears `negative_list`
 * by the entries in force. Resolves to those newly found on the list.
 */
export async function screen(
  tx: Queries,
  hash: KeyedHash,
  clientIds: readonly string[],
): Promise<string[]> {
  const known = await identitiesOfClients(tx, clientIds)
  const keys = known.map((each) => ({ id: each.clientId, hash: hash(hashable(each)) }))
  await tx.$executeRaw`
    insert into negative_hit (entry_id, client_id)
    select distinct negative_key.entry_id, client.id
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as client (id uuid, hash text)
    join negative_key on negative_key.hash = client.hash
    join negative_entry on negative_entry.id = entry_id and ended_at is null
    on conflict do nothing`
  const found = await tx.$queryRaw<{ id: string }[]>`
    update client set negative_list = true
    where id = any(${idsOf(clientIds)}) and not negative_list and id in (
      select client_id from negative_hit join negative_entry on negative_entry.id = entry_id
      where ended_at is null)
    returning id`
  return found.map(({ id }) => id)
}

/** Of these rows, the numbers of those whose every identity is on the list for that reason until that day. */
export async function listedAlready(
  tx: Queries,
  hash: KeyedHash,
  rows: readonly (NewEntry & { readonly number: number })[],
): Promise<Set<number>> {
  const listed = new Set<number>()
  for (let from = 0; from < rows.length; from += BATCH) {
    const asked = rows.slice(from, from + BATCH).map(({ number, identities, reason, until }) => {
      const hashes = identities.map((each) => hash(hashable(each)))
      return { number, reason: secretKey('note', reason), until, hashes }
    })
    // The hashes first, each looked up once: entries are many, and many say the same reason.
    const found = await tx.$queryRaw<{ number: number }[]>`
      with asked as (
        select number, reason, until, hash from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
          as row (number int, reason text, until date, hashes text[])
        cross join unnest(hashes) as hash
      ), known as materialized (
        select key.hash, secret_key(entry.reason) as reason, entry.until
        from negative_key as key join negative_entry as entry on entry.id = key.entry_id
        where key.hash = any(${asked.flatMap(({ hashes }) => hashes)}::text[]) and ended_at is null
      )
      select number from asked left join known on known.hash = asked.hash
        and known.reason = asked.reason and known.until is not distinct from asked.until
      group by number having bool_and(known.hash is not null)`
    for (const { number } of found) listed.add(number)
  }
  return listed
}

/** What stands on the list about a number. */
export interface Listed {
  readonly id: string
  readonly reason: string
  readonly until: Day | null
  readonly by: string
  readonly addedAt: Date
  /** Clients on file whom it means. */
  readonly clients: number
}

/** The entries in force that name one of these numbers. */
export async function entriesOf(
  tx: Queries,
  hash: KeyedHash,
  identities: readonly Identity[],
): Promise<Listed[]> {
  const hashes = identities.map((each) => hash(hashable(each)))
  const rows = await tx.$queryRaw<(Omit<Listed, 'until'> & { until: Date | null })[]>`
    select entry.id, reason, until, staff.name as by, added_at as "addedAt",
      (select count(*)::int from negative_hit where entry_id = entry.id) as clients
    from negative_entry as entry join staff on staff.id = added_by
    where ended_at is null and entry.id in (
      select entry_id from negative_key where hash = any(${hashes}::text[]))
    order by entry.id`
  return rows.map((row) => ({ ...row, until: toDayOrNull(row.until) }))
}

/**
 * Ends entries, by somebody or, with `by` null, because they lapsed; resolves to the clients who are
 * on the list no longer.
 */
export async function endEntries(
  tx: Queries,
  entryIds: readonly string[],
  by: { readonly staffId: string; readonly why: string } | null,
  now: Date,
): Promise<Hit[]> {
  await tx.$executeRaw`
    update negative_entry set ended_at = ${now}::timestamptz,
      ended_by = ${by?.staffId ?? null}::uuid, end_reason = ${secret('note', by?.why ?? null)}
    where id = any(${entryIds}::uuid[]) and ended_at is null`
  return tx.$queryRaw<Hit[]>`
    update client set negative_list = false
    where negative_list and id in (
        select client_id from negative_hit where entry_id = any(${entryIds}::uuid[]))
      and not exists (select from negative_hit join negative_entry on negative_entry.id = entry_id
        where client_id = client.id and ended_at is null)
    returning id as "clientId", name, owner_id as "ownerId"`
}

/** Clients with these numbers who are marked though no entry in force means them: by hand, before. */
export const markedWithout = (tx: Queries, identities: readonly Identity[]): Promise<Hit[]> => {
  const keys = identities.map(({ kind, value }) => secretKey(kind, value))
  return tx.$queryRaw<Hit[]>`
    select id as "clientId", name, owner_id as "ownerId" from client
    where negative_list
      and id in (select client_id from client_identity where key = any(${keys}::text[]))
      and not exists (select from negative_hit join negative_entry on negative_entry.id = entry_id
        where client_id = client.id and ended_at is null)`
}

/** Of these clients, those who are still marked though no entry in force means them. */
export const stillMarked = (tx: Queries, clientIds: readonly string[]): Promise<Hit[]> =>
  tx.$queryRaw<Hit[]>`
    select id as "clientId", name, owner_id as "ownerId" from client
    where negative_list and id = any(${clientIds}::uuid[])
      and not exists (select from negative_hit join negative_entry on negative_entry.id = entry_id
        where client_id = client.id and ended_at is null)`

/** The entries in force that an act made. */
export async function entriesOfAct(tx: Queries, actId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from negative_entry where act_id = ${actId}::uuid and ended_at is null`
  return rows.map(({ id }) => id)
}

/** Of these entries, those in force, locked. */
export const entriesInForce = (tx: Queries, entryIds: readonly string[]) =>
  tx.$queryRaw<{ id: string }[]>`
    select id from negative_entry where id = any(${entryIds}::uuid[]) and ended_at is null
    order by id for update`

export async function unmark(tx: Queries, hits: readonly Hit[]): Promise<void> {
  const ids = hits.map(({ clientId }) => clientId)
  await tx.client.updateMany({ where: { id: { in: ids } }, data: { negativeList: false } })
}

/** Entries whose last day lies before a day, `limit` at most. */
export async function lapsedEntries(tx: Queries, today: Day, limit: number): Promise<string[]> {
  const rows = await tx.negativeEntry.findMany({
    where: { endedAt: null, until: { lt: toColumn(today) } },
    select: { id: true },
    take: limit,
  })
  return rows.map(({ id }) => id)
}

/** How long the list is, and how many clients on file it bars. */
export async function sizeOf(tx: Queries): Promise<{ entries: number; clients: number }> {
  const entries = await tx.negativeEntry.count({ where: { endedAt: null } })
  const clients = await tx.client.count({ where: { negativeList: true } })
  return { entries, clients }
}
