import { clearPages, standingPages } from '../../../bot/outbox/enqueue.ts'
import { Prisma } from '../../../generated/client.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { UnitKind } from '../../staff/rules.ts'
import { TOGETHER } from '../../staff/store.ts'

/** What somebody holds. */
export interface Holdings {
  readonly clients: number
  readonly tasks: number
}

export async function holdingsOf(tx: Queries, staffId: string): Promise<Holdings> {
  const [held] = await tx.$queryRaw<Holdings[]>`
    select (select count(*)::int from client where owner_id = ${staffId}::uuid) as clients,
      (select count(*)::int from task where manager_id = ${staffId}::uuid and status = 'open') as tasks`
  return held ?? { clients: 0, tasks: 0 }
}

/** Who gets a part of a book. */
export interface Receiver {
  readonly id: string
  readonly name: string
}

/** The active managers of a unit who are at work on a day, but for one. */
export async function managersOf(
  tx: Queries,
  unitPath: string,
  but: string,
  today: string,
): Promise<Receiver[]> {
  return tx.$queryRaw<Receiver[]>`
    select staff.id, staff.name from staff join unit on unit.id = staff.unit_id
    where starts_with(unit.path, ${unitPath}) and staff.role = 'manager' and staff.active
      and staff.id <> ${but}::uuid and not exists (
        select from absence where staff_id = staff.id and cancelled_at is null
          and ${today}::date between from_day and until_day)
    order by staff.code`
}

/**
 * Whom each client of a book goes to, as `given (id, to_id)`: to its backup where that is one of the
 * receivers, else in turn, tier by tier, so that everybody gets as many and as good ones.
 */
const given = (from: string, receivers: readonly string[]) => Prisma.sql`
  receivers as (select ${receivers}::uuid[] as ids),
  book as (
    select client.id, share.staff_id as backup,
      row_number() over (partition by share.staff_id is null
        order by coalesce(client_tier.tier, 'z'), client.id) - 1 as place
    from client
    left join client_tier on client_tier.client_id = client.id
    left join share on share.client_id = client.id and share.backup
      and share.staff_id = any((select ids from receivers)::uuid[])
    where client.owner_id = ${from}::uuid
  ), given as (
    select book.id, coalesce(backup, ids[1 + place % cardinality(ids)]) as to_id
    from book cross join receivers
  )`

/** What somebody would get of a book, or got. */
export interface Part extends Holdings {
  readonly staffId: string
  readonly name: string
}

/** What each would get if a book went to these receivers now, in the order of staff codes. */
export const planOf = (tx: Queries, from: string, receivers: readonly string[]): Promise<Part[]> =>
  tx.$queryRaw<Part[]>`
    with ${given(from, receivers)}, parts as (
      select to_id, 1 as client, 0 as task from given
      union all
      select coalesce(given.to_id, case when owner.active then owner.id
          else (${receivers}::uuid[])[1] end), 0, 1
      from task join client on client.id = task.client_id join staff as owner on owner.id = owner_id
      left join given on given.id = client.id
      where manager_id = ${from}::uuid and status = 'open'
    )
    select staff.id as "staffId", staff.name, sum(client)::int as clients, sum(task)::int as tasks
    from parts join staff on staff.id = to_id
    group by staff.id, staff.name, staff.code order by staff.code`

/**
 * Hands a whole book over, in one statement each: the clients as `given` says, then the open tasks
 * after their clients. A task for somebody else's client goes back to that client's owner.
 */
export async function handBook(
  tx: Queries,
  from: string,
  receivers: readonly string[],
  actId: string,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    with ${given(from, receivers)}, noted as (
      insert into owner_change (id, act_id, client_id, from_id, to_id, changed_at)
      select gen_random_uuid(), ${actId}::uuid, id, ${from}::uuid, to_id, ${now}::timestamptz
      from given
    )
    update client set owner_id = given.to_id from given where client.id = given.id`
  await tx.$executeRaw`
    with moved as (
      insert into task_move (id, act_id, task_id, from_due_on, to_due_on, from_manager_id,
        to_manager_id, from_note, moved_at)
      select gen_random_uuid(), ${actId}::uuid, task.id, due_on, due_on, manager_id,
        case when owner.active then owner.id else (${receivers}::uuid[])[1] end, note,
        ${now}::timestamptz
      from task join client on client.id = task.client_id join staff as owner on owner.id = owner_id
      where manager_id = ${from}::uuid and status = 'open'
      returning task_id, to_manager_id
    )
    update task set manager_id = to_manager_id from moved where task.id = task_id`
}

/** Hands one client over, and the open tasks that its owner works with it. */
export async function handClient(
  tx: Queries,
  { id, ownerId }: { readonly id: string; readonly ownerId: string },
  to: string,
  actId: string,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    with noted as (
      insert into owner_change (id, act_id, client_id, from_id, to_id, changed_at)
      values (gen_random_uuid(), ${actId}::uuid, ${id}::uuid, ${ownerId}::uuid, ${to}::uuid,
        ${now}::timestamptz)
    )
    update client set owner_id = ${to}::uuid where id = ${id}::uuid`
  await tx.$executeRaw`
    with moved as (
      insert into task_move (id, act_id, task_id, from_due_on, to_due_on, from_manager_id,
        to_manager_id, from_note, moved_at)
      select gen_random_uuid(), ${actId}::uuid, id, due_on, due_on, manager_id, ${to}::uuid, note,
        ${now}::timestamptz
      from task
      where client_id = ${id}::uuid and manager_id = ${ownerId}::uuid and status = 'open'
      returning task_id
    )
    update task set manager_id = ${to}::uuid from moved where task.id = task_id`
}

/** What each receiver got by an act. */
export async function receivedBy(tx: Queries, actId: string): Promise<Part[]> {
  return tx.$queryRaw`
    select staff.id as "staffId", staff.name, count(*)::int as clients,
      (select count(*)::int from task_move
        where task_move.act_id = ${actId}::uuid and to_manager_id = staff.id) as tasks
    from owner_change join staff on staff.id = to_id
    where act_id = ${actId}::uuid group by staff.id, staff.name, staff.code order by staff.code`
}

/** Shares that are about to end: of a client with others than these, with people, those past their day, of people apart. */
type Ending =
  | { readonly of: string; readonly but: readonly string[] }
  | { readonly with: readonly string[] }
  | 'overdue'
  | 'apart'

function endingSql(ending: Ending, today: string): Prisma.Sql {
  if (ending === 'overdue') return Prisma.sql`until < ${today}::date`
  if (ending === 'apart') return Prisma.sql`not ${TOGETHER}`
  return 'of' in ending
    ? Prisma.sql`client.id = ${ending.of}::uuid and other.id <> all(${[...ending.but]}::uuid[])`
    : Prisma.sql`other.id = any(${[...ending.with]}::uuid[])`
}

/** Keeps how long shares were that are about to end: up to today, or to the day that was said. */
export const keepPast = (tx: Queries, ending: Ending, today: string): Promise<number> =>
  tx.$executeRaw`
    insert into past_share (id, client_id, staff_id, owner_id, since, until)
    select gen_random_uuid(), client.id, other.id, owner.id, since, least(until, ${today}::date)
    from share join client on client.id = share.client_id join staff as owner on owner.id = owner_id
      join staff as other on other.id = share.staff_id
    where since is not null and ${endingSql(ending, today)}`

/**
 * Nobody of these ids works here any more: no account, no code, no absence that waits for them. Resolves
 * to whose absences they stood in for.
 */
export async function deactivate(
  tx: Queries,
  staffIds: readonly string[],
  today: string,
  now: Date,
): Promise<{ readonly staffId: string; readonly standInId: string }[]> {
  const staffId = { in: [...staffIds] }
  await tx.$executeRaw`
    update staff set active = false, left_on = ${today}::date where id = any(${staffIds}::uuid[])`
  await clearPages(tx, await standingPages(tx, staffIds), now)
  await tx.account.deleteMany({ where: { staffId } })
  await tx.enrolmentCode.deleteMany({
    where: { usedAt: null, OR: [{ staffId }, { issuedBy: staffId }] },
  })
  await tx.dialog.deleteMany({ where: { staffId } })
  await tx.pageSession.updateMany({ where: { staffId, endedAt: null }, data: { endedAt: now } })
  await tx.calendarLink.deleteMany({ where: { staffId } })
  await keepPast(tx, { with: staffIds }, today)
  await tx.share.deleteMany({ where: { staffId } })
  const ended = await tx.$queryRaw<{ staffId: string; standInId: string }[]>`
    update absence set cancelled_at = ${now}::timestamptz
    where cancelled_at is null and until_day >= ${today}::date
      and (staff_id = any(${staffIds}::uuid[]) or stand_in_id = any(${staffIds}::uuid[]))
    returning staff_id as "staffId", stand_in_id as "standInId"`
  return ended.filter((each) => !staffIds.includes(each.staffId))
}

/** Clients that an act handed over are whose they were, unless they went on since. */
export async function bookBack(tx: Queries, actId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    update client set owner_id = from_id from owner_change
    where client_id = client.id and act_id = ${actId}::uuid and undone_at is null
      and owner_id = to_id`
  await tx.$executeRaw`
    update owner_change set undone_at = ${now}::timestamptz where act_id = ${actId}::uuid`
}

export interface Unit {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly kind: UnitKind
  readonly path: string
}

/** The units at and below a path that a code or name means: one of a code, else all of a name. */
export async function unitsBelow(tx: Queries, path: string, named: string): Promise<Unit[]> {
  const found = await tx.$queryRaw<Unit[]>`
    select id, code, name, kind, path from unit
    where starts_with(path, ${path}) and (lower(code) = lower(${named}) or name = ${named})
    order by lower(code) <> lower(${named}), code`
  const [first] = found
  return first?.code.toLowerCase() === named.toLowerCase() ? [first] : found
}
