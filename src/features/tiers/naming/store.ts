import { type Day, dayIn } from '../../../core/calendar/time.ts'
import { newId } from '../../../core/ids.ts'
import { Prisma } from '../../../generated/client.ts'
import { toColumn, toDay } from '../../../infra/database/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { ApproverRole } from '../rules.ts'
import type { Naming } from './rules.ts'

interface Row extends Omit<Naming, 'namedOn' | 'until' | 'ended'> {
  clientId: string
  namedOn: Date
  until: Date
  endedAt: Date | null
  endedBy: string | null
}

const SELECT = Prisma.sql`
  select naming.client_id as "clientId", naming.role, staff.name as by, naming.reason, evidence,
    named_on as "namedOn", until, ended_at as "endedAt", ender.name as "endedBy"
  from tier_naming as naming join staff on staff.id = naming.staff_id
  left join staff as ender on ender.id = ended_by`

const toNaming = ({ clientId: _, endedAt, endedBy, ...row }: Row, timezone: string): Naming => ({
  ...row,
  namedOn: toDay(row.namedOn),
  until: toDay(row.until),
  ended: endedAt && { on: dayIn(endedAt, timezone), by: endedBy },
})

/**
 * By client, the namings that count: those in force, and one whose end brought about the move that
 * waits.
 */
export async function namingsOf(
  tx: Queries,
  clientIds: readonly string[],
  timezone: string,
): Promise<Map<string, Naming[]>> {
  const rows = await tx.$queryRaw<Row[]>`
    ${SELECT} where naming.client_id = any(${clientIds}::uuid[]) and (ended_at is null
      or exists (select from tier_change as change
          where change.client_id = naming.client_id and change.status = 'pending'
            and change.changed_on = (ended_at at time zone ${timezone})::date)
        and not exists (select from tier_naming as later
          where later.client_id = naming.client_id and later.role = naming.role
            and later.id > naming.id))
    order by naming.id`
  const byClient = Map.groupBy(rows, ({ clientId }) => clientId)
  return new Map([...byClient].map(([id, own]) => [id, own.map((row) => toNaming(row, timezone))]))
}

/** Every naming that a client had, the latest first, `limit` at most. */
export async function namingHistory(
  tx: Queries,
  clientId: string,
  timezone: string,
  limit: number,
): Promise<Naming[]> {
  const rows = await tx.$queryRaw<Row[]>`
    ${SELECT} where naming.client_id = ${clientId}::uuid order by naming.id desc limit ${limit}`
  return rows.map((row) => toNaming(row, timezone))
}

export interface NewNaming {
  readonly clientId: string
  readonly reason: string
  readonly evidence: string | null
  readonly until: Day
}

/**
 * Names clients, each in place of an earlier naming by the same department, and sets the fact that
 * stands for it. The tiers are decided by whoever calls this.
 */
export async function nameClients(
  tx: Queries,
  role: ApproverRole,
  namings: readonly NewNaming[],
  by: { readonly staffId: string; readonly actId: string; readonly today: Day; readonly now: Date },
): Promise<void> {
  const rows = namings.map((naming) => ({ id: newId(), ...naming }))
  const ids = rows.map(({ clientId }) => clientId)
  await endNamings(tx, role, ids, by.staffId, by.now)
  await tx.$executeRaw`
    insert into tier_naming (id, act_id, client_id, role, staff_id, reason, evidence, named_on, until)
    select id, ${by.actId}::uuid, "clientId", ${role}, ${by.staffId}::uuid, reason, evidence,
      ${by.today}::date, until
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as naming (
      id uuid, "clientId" uuid, reason text, evidence text, until date)`
  await tx.$executeRaw`
    insert into client_facts (client_id) select id from unnest(${ids}::uuid[]) as named (id)
    on conflict do nothing`
  await markFacts(tx, role, ids)
}

/** Ends the namings of clients by a department; `by` null: they lapsed. */
export async function endNamings(
  tx: Queries,
  role: ApproverRole,
  clientIds: readonly string[],
  by: string | null,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    update tier_naming set ended_at = ${now}::timestamptz, ended_by = ${by}::uuid
    where client_id = any(${clientIds}::uuid[]) and role = ${role} and ended_at is null`
  await markFacts(tx, role, clientIds)
}

/** Sets the fact that stands for a naming of these clients: true while one is not ended. */
async function markFacts(
  tx: Queries,
  role: ApproverRole,
  clientIds: readonly string[],
): Promise<void> {
  const column = role === 'risk' ? 'named_by_risk' : 'named_by_marketing'
  await tx.$executeRawUnsafe(
    `update client_facts set ${column} = exists (
       select from tier_naming where tier_naming.client_id = client_facts.client_id
         and role = $1 and ended_at is null)
     where client_id = any($2::uuid[])`,
    role,
    [...clientIds],
  )
}

/** Ends what lapsed before a day; resolves to the clients concerned, `limit` at most. */
export async function lapseNamings(
  tx: Queries,
  today: Day,
  now: Date,
  limit: number,
): Promise<string[]> {
  const lapsed = await tx.tierNaming.findMany({
    where: { endedAt: null, until: { lt: toColumn(today) } },
    select: { clientId: true, role: true },
    orderBy: { id: 'asc' },
    take: limit,
  })
  for (const role of ['marketing', 'risk'] as const) {
    const ids = lapsed.filter((each) => each.role === role).map(({ clientId }) => clientId)
    if (ids.length > 0) await endNamings(tx, role, ids, null, now)
  }
  return [...new Set(lapsed.map(({ clientId }) => clientId))]
}
