import { keepSnapshot, snapshotsOf } from '../../../bot/commands/undo-snapshot.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { encryptedRow } from '../../../infra/database/encryption/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { TOGETHER, WITHIN_REACH } from '../../staff/store.ts'
import { keepPast } from './store.ts'

/** Somebody, or the officers of another line's department, who serve a client besides its owner. */
export interface Share {
  /** Of a department: null. */
  readonly staffId: string | null
  /** The department; of a colleague null. */
  readonly unitId: string | null
  /** They get the client first when the owner leaves: a colleague only. */
  readonly backup: boolean
  /** Null: since before this was kept. */
  readonly since: Day | null
  /** The last day; null: until somebody ends it. */
  readonly until: Day | null
  /** What for; null: not said. */
  readonly reason: string | null
}

/** The id of the colleague or the department. */
export const partnerOf = ({ staffId, unitId }: Pick<Share, 'staffId' | 'unitId'>) =>
  staffId ?? unitId

/** A department, and whether a client of somebody may be shared with it: of head office or of their branch. */
interface Department {
  readonly id: string
  readonly name: string
  readonly inReach: boolean
}

/** The department of a name or code; null: there is none. `ownerId`: whose client is to be shared. */
export async function departmentToShare(
  tx: Queries,
  named: string,
  ownerId: string,
): Promise<Department | null> {
  const [unit] = await tx.$queryRaw<Department[]>`
    select unit.id, unit.name, ${WITHIN_REACH} as "inReach"
    from unit, staff as owner
    where owner.id = ${ownerId}::uuid and unit.kind = 'department'
      and (lower(unit.code) = lower(${named}) or unit.name = ${named})
    order by lower(unit.code) <> lower(${named}), unit.code limit 1`
  return unit ?? null
}

/** Departments named at once. */
const MOST_NAMED = 8

/** What the departments are called with whose officers a client of somebody may be shared. */
export async function departmentNames(tx: Queries, ownerId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select unit.name from unit, staff as owner
    where owner.id = ${ownerId}::uuid and unit.kind = 'department' and ${WITHIN_REACH}
      and exists (select from staff where staff.unit_id = unit.id and staff.active and staff.role = 'line')
    order by unit.code limit ${MOST_NAMED}`
  return rows.map(({ name }) => name)
}

export const sharesOf = (tx: Queries, clientId: string): Promise<Share[]> =>
  tx.$queryRaw<Share[]>`
    select staff_id as "staffId", null::uuid as "unitId", backup, since::text as since,
      until::text as until, reason
    from share where client_id = ${clientId}::uuid
    union all
    select null, unit_id, false, since::text, until::text, reason
    from department_share where client_id = ${clientId}::uuid`

/** Whom a client is shared with from now on, and, for `undo`, was before. */
export async function changeShares(
  tx: Queries,
  clientId: string,
  { before, after }: { readonly before: readonly Share[]; readonly after: readonly Share[] },
  { actId, today }: { readonly actId: string; readonly today: Day },
): Promise<void> {
  const kept = before.map((share) => encryptedRow('share', share))
  await keepSnapshot(tx, actId, 'shares', clientId, kept)
  const but = after.flatMap(({ staffId }) => staffId ?? [])
  await keepPast(tx, { of: clientId, but }, today)
  await writeShares(tx, clientId, after)
}

/** Who left meanwhile, or went to another branch, gets nothing back. */
async function writeShares(tx: Queries, clientId: string, shares: readonly Share[]): Promise<void> {
  const rows = JSON.stringify(shares.map((share) => encryptedRow('share', share)))
  await tx.$executeRaw`delete from share where client_id = ${clientId}::uuid`
  await tx.$executeRaw`delete from department_share where client_id = ${clientId}::uuid`
  await tx.$executeRaw`
    insert into share (client_id, staff_id, backup, since, until, reason)
    select ${clientId}::uuid, other.id, backup, since, until, reason
    from jsonb_to_recordset(${rows}::jsonb)
      as kept ("staffId" uuid, backup bool, since date, until date, reason text)
    join staff as other on other.id = "staffId"
    join client on client.id = ${clientId}::uuid join staff as owner on owner.id = owner_id
    where ${TOGETHER}`
  await tx.$executeRaw`
    insert into department_share (client_id, unit_id, since, until, reason)
    select ${clientId}::uuid, unit.id, since, until, reason
    from jsonb_to_recordset(${rows}::jsonb)
      as kept ("unitId" uuid, since date, until date, reason text)
    join unit on unit.id = "unitId"
    join client on client.id = ${clientId}::uuid join staff as owner on owner.id = owner_id
    where ${WITHIN_REACH}`
}

/** Takes back what an act changed of shares; resolves to those who no longer have one. */
export async function sharesBack(
  tx: Queries,
  actId: string,
): Promise<{ readonly staffIds: readonly string[]; readonly client: string }[]> {
  const ended: { staffIds: readonly string[]; client: string }[] = []
  for (const { clientId, before } of await snapshotsOf<Share[]>(tx, actId, 'shares')) {
    const { name } = await tx.client.findUniqueOrThrow({ where: { id: clientId } })
    const was = new Set(before.map(partnerOf))
    const over = (await sharesOf(tx, clientId)).filter((share) => !was.has(partnerOf(share)))
    ended.push({ staffIds: await peopleOf(tx, over), client: name })
    await writeShares(tx, clientId, before)
  }
  return ended
}

/** The colleagues and officers who see a client by some shares. */
export async function peopleOf(
  tx: Queries,
  shares: readonly Pick<Share, 'staffId' | 'unitId'>[],
): Promise<string[]> {
  const people = shares.flatMap(({ staffId }) => staffId ?? [])
  const units = shares.flatMap(({ unitId }) => unitId ?? [])
  if (units.length === 0) return people
  const officers = await tx.$queryRaw<{ id: string }[]>`
    select staff.id from staff join unit as own on own.id = staff.unit_id
      join unit on starts_with(own.path, unit.path)
    where unit.id = any(${units}::uuid[]) and staff.active and staff.role = 'line' order by staff.code`
  return [...people, ...officers.map(({ id }) => id)]
}

/** A share that came to its end. */
export interface Over extends Pick<Share, 'staffId' | 'unitId'> {
  readonly client: string
  readonly ownerId: string
  readonly owner: string
  /** The colleague or the department. */
  readonly partner: string
}

/** Ends what was shared up to a day before today. */
export async function endOverdue(tx: Queries, today: Day): Promise<Over[]> {
  await keepPast(tx, 'overdue', today)
  return tx.$queryRaw<Over[]>`
    with colleagues as (
      delete from share where until < ${today}::date returning client_id, staff_id
    ), departments as (
      delete from department_share where until < ${today}::date returning client_id, unit_id
    ), over as (
      select client_id, staff_id, null::uuid as unit_id from colleagues
      union all select client_id, null, unit_id from departments
    )
    select client.name as client, owner.id as "ownerId", owner.name as owner, staff_id as "staffId",
      over.unit_id as "unitId", coalesce(unit.name, other.name) as partner
    from over join client on client.id = over.client_id join staff as owner on owner.id = owner_id
      left join staff as other on other.id = staff_id left join unit on unit.id = over.unit_id
    order by client.name, partner`
}
