import { newId } from '../../../core/ids.ts'
import type { Day } from '../../../core/time.ts'
import { toColumn, toDay } from '../../../infra/database/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { ApproverRole } from '../rules.ts'
import type { Naming } from './rules.ts'

/** The namings of a client in force on a day. */
export async function namingsOf(tx: Queries, clientId: string, today: Day): Promise<Naming[]> {
  const rows = await tx.$queryRaw<
    (Omit<Naming, 'namedOn' | 'until'> & { namedOn: Date; until: Date })[]
  >`
    select naming.role, staff.name as by, reason, evidence, named_on as "namedOn", until
    from tier_naming as naming join staff on staff.id = staff_id
    where client_id = ${clientId}::uuid and ended_at is null and until >= ${today}::date
    order by naming.id`
  return rows.map((row) => ({ ...row, namedOn: toDay(row.namedOn), until: toDay(row.until) }))
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
