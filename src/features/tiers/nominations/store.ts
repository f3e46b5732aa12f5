import { type Day, dayIn } from '../../../core/calendar/time.ts'
import { newId } from '../../../core/ids.ts'
import { Prisma } from '../../../generated/client.ts'
import { toColumn, toDay } from '../../../infra/database/columns.ts'
import { encryptedRow } from '../../../infra/database/encryption/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { ApproverRole } from '../../tier-rules/rules.ts'
import type { Nomination } from './rules.ts'

interface Row extends Omit<Nomination, 'namedOn' | 'until' | 'ended'> {
  clientId: string
  namedOn: Date
  until: Date
  endedAt: Date | null
  endedBy: string | null
}

const SELECT = Prisma.sql`
  select nomination.client_id as "clientId", nomination.role, staff.name as by, nomination.reason, evidence,
    named_on as "namedOn", until, ended_at as "endedAt", ender.name as "endedBy"
  from tier_nomination as nomination join staff on staff.id = nomination.staff_id
  left join staff as ender on ender.id = ended_by`

const toNomination = (
  { clientId: _, endedAt, endedBy, ...row }: Row,
  timezone: string,
): Nomination => ({
  ...row,
  namedOn: toDay(row.namedOn),
  until: toDay(row.until),
  ended: endedAt && { on: dayIn(endedAt, timezone), by: endedBy },
})

/**
 * By client, the nominations that count: those in force, and one whose end brought about the move that
 * waits.
 */
export async function nominationsOf(
  tx: Queries,
  clientIds: readonly string[],
  timezone: string,
): Promise<Map<string, Nomination[]>> {
  const rows = await tx.$queryRaw<Row[]>`
    ${SELECT} where nomination.client_id = any(${clientIds}::uuid[]) and (ended_at is null
      or exists (select from tier_change as change
          where change.client_id = nomination.client_id and change.status = 'pending'
            and change.changed_on = (ended_at at time zone ${timezone})::date)
        and not exists (select from tier_nomination as later
          where later.client_id = nomination.client_id and later.role = nomination.role
            and later.id > nomination.id))
    order by nomination.id`
  const byClient = Map.groupBy(rows, ({ clientId }) => clientId)
  return new Map(
    [...byClient].map(([id, own]) => [id, own.map((row) => toNomination(row, timezone))]),
  )
}

/** Every nomination that a client had, the latest first, `limit` at most. */
export async function nominationHistory(
  tx: Queries,
  clientId: string,
  timezone: string,
  limit: number,
): Promise<Nomination[]> {
  const rows = await tx.$queryRaw<Row[]>`
    ${SELECT} where nomination.client_id = ${clientId}::uuid order by nomination.id desc limit ${limit}`
  return rows.map((row) => toNomination(row, timezone))
}

export interface NewNomination {
  readonly clientId: string
  readonly reason: string
  readonly evidence: string | null
  readonly until: Day
}

/**
 * Names clients, each in place of an earlier nomination by the same department, and sets the fact that
 * stands for it. The tiers are decided by whoever calls this.
 */
export async function nameClients(
  tx: Queries,
  role: ApproverRole,
  nominations: readonly NewNomination[],
  by: { readonly staffId: string; readonly actId: string; readonly today: Day; readonly now: Date },
): Promise<void> {
  const rows = nominations.map((nomination) =>
    encryptedRow('tier_nomination', { id: newId(), ...nomination }),
  )
  const ids = rows.map(({ clientId }) => clientId)
  await endNominations(tx, role, ids, by.staffId, by.now)
  await tx.$executeRaw`
    insert into tier_nomination (id, act_id, client_id, role, staff_id, reason, evidence, named_on, until)
    select id, ${by.actId}::uuid, "clientId", ${role}, ${by.staffId}::uuid, reason, evidence,
      ${by.today}::date, until
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as nomination (
      id uuid, "clientId" uuid, reason text, evidence text, until date)`
  await tx.$executeRaw`
    insert into client_facts (client_id) select id from unnest(${ids}::uuid[]) as named (id)
    on conflict do nothing`
  await markFacts(tx, role, ids)
}

/** Ends the nominations of clients by a department; `by` null: they lapsed. */
export async function endNominations(
  tx: Queries,
  role: ApproverRole,
  clientIds: readonly string[],
  by: string | null,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    update tier_nomination set ended_at = ${now}::timestamptz, ended_by = ${by}::uuid
    where client_id = any(${clientIds}::uuid[]) and role = ${role} and ended_at is null`
  await markFacts(tx, role, clientIds)
}

/** By client, what a department's nomination in force says. */
export async function inForce(
  tx: Queries,
  role: ApproverRole,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, NewNomination>> {
  const rows = await tx.$queryRaw<NewNomination[]>`
    select client_id as "clientId", reason, evidence, until::text as until from tier_nomination
    where client_id = any(${[...clientIds]}::uuid[]) and role = ${role} and ended_at is null`
  return new Map(rows.map((row) => [row.clientId, row]))
}

/**
 * Ends the nominations of an act that are still in force; those in whose place they came are in force again. The
 * tiers are decided by whoever calls this. Resolves to the clients.
 */
export async function takeBackNominations(
  tx: Queries,
  role: ApproverRole,
  actId: string,
  by: string | null,
  now: Date,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ clientId: string }[]>`
    update tier_nomination set ended_at = ${now}::timestamptz, ended_by = ${by}::uuid
    where act_id = ${actId}::uuid and role = ${role} and ended_at is null
    returning client_id as "clientId"`
  const ids = rows.map(({ clientId }) => clientId)
  await tx.$executeRaw`
    update tier_nomination set ended_at = null, ended_by = null
    from act
    where act.id = ${actId}::uuid and client_id = any(${ids}::uuid[]) and role = ${role}
      and act_id <> act.id and ended_at = act.at`
  await markFacts(tx, role, ids)
  return ids
}

/** Sets the fact that stands for a nomination of these clients: true while one is not ended. */
async function markFacts(
  tx: Queries,
  role: ApproverRole,
  clientIds: readonly string[],
): Promise<void> {
  const column = role === 'risk' ? 'named_by_risk' : 'named_by_marketing'
  await tx.$executeRawUnsafe(
    `update client_facts set ${column} = exists (
       select from tier_nomination where tier_nomination.client_id = client_facts.client_id
         and role = $1 and ended_at is null)
     where client_id = any($2::uuid[])`,
    role,
    [...clientIds],
  )
}

/** Ends what lapsed before a day; resolves to the clients concerned, `limit` at most. */
export async function lapseNominations(
  tx: Queries,
  today: Day,
  now: Date,
  limit: number,
): Promise<string[]> {
  const lapsed = await tx.tierNomination.findMany({
    where: { endedAt: null, until: { lt: toColumn(today) } },
    select: { clientId: true, role: true },
    orderBy: { id: 'asc' },
    take: limit,
  })
  for (const role of ['marketing', 'risk'] as const) {
    const ids = lapsed.filter((each) => each.role === role).map(({ clientId }) => clientId)
    if (ids.length > 0) await endNominations(tx, role, ids, null, now)
  }
  return [...new Set(lapsed.map(({ clientId }) => clientId))]
}
