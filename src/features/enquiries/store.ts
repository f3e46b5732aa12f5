import type { Scope } from '../../bot/policy.ts'
import type { Day } from '../../core/calendar/time.ts'
import { newId } from '../../core/ids.ts'
import { Prisma } from '../../generated/client.ts'
import { toDay } from '../../infra/database/columns.ts'
import { secret } from '../../infra/database/encryption/secret.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Addressee, Enquiry, Told } from './rules.ts'

interface Row extends Omit<Enquiry, 'dueOn'> {
  dueOn: Date
}
const toEnquiry = (row: Row): Enquiry => ({ ...row, dueOn: toDay(row.dueOn) })

const OPEN = Prisma.sql`
  select enquiry.id, addressee, enquiry.client_id as "clientId", client.name as "clientName",
    owner.id as "ownerId", owner.name as "ownerName", unit.path as "ownerPath",
    case when move.id is not null
      then json_build_object('from', move."from", 'to', move."to") end as move,
    case when request.id is not null
      then json_build_object('kind', request.kind, 'payload', request.payload) end as request,
    request.asked_by as requester, requester.name as "requesterName",
    enquiry.asked_by as "askedBy", asker.name as "askedByName", question, enquiry.due_on as "dueOn"
  from enquiry
  join staff as asker on asker.id = enquiry.asked_by
  left join client on client.id = enquiry.client_id
  left join staff as owner on owner.id = client.owner_id
  left join unit on unit.id = owner.unit_id
  left join tier_change as move on move.id = move_id
  left join request on request.id = request_id
  left join staff as requester on requester.id = request.asked_by
  where enquiry.status = 'open'`

/** One that waits, locked, so that it is answered once; null: none of that id waits. */
export async function lockEnquiry(tx: Queries, id: string): Promise<Enquiry | null> {
  const [row] = await tx.$queryRaw<
    Row[]
  >`${OPEN} and enquiry.id = ${id}::uuid for update of enquiry`
  return row ? toEnquiry(row) : null
}

/** Those that wait about a client, the oldest first. */
export async function openOf(tx: Queries, clientId: string): Promise<Enquiry[]> {
  const rows = await tx.$queryRaw<Row[]>`
    ${OPEN} and enquiry.client_id = ${clientId}::uuid order by enquiry.id`
  return rows.map(toEnquiry)
}

/** What a condition on whose clients they are about selects. */
function within(scope: Scope): Prisma.Sql {
  switch (scope.kind) {
    case 'own':
      return Prisma.sql`client.owner_id = any(${scope.staffIds}::uuid[])`
    case 'subtree':
      return Prisma.sql`starts_with(unit.path, ${scope.path})`
    case 'all':
      return Prisma.sql`true`
    case 'none':
      return Prisma.sql`false`
  }
}

/**
 * Those that wait and concern somebody: about clients of a scope, of their department, of their requests, or asked
 * by them. The most pressing first.
 */
export async function openFor(
  tx: Queries,
  { id, role, scope }: { readonly id: string; readonly role: string; readonly scope: Scope },
  most: number,
): Promise<Enquiry[]> {
  const rows = await tx.$queryRaw<Row[]>`
    ${OPEN} and (enquiry.asked_by = ${id}::uuid or request.asked_by = ${id}::uuid
      or (addressee = ${role} and addressee <> 'manager') or (addressee <> 'requester' and ${within(scope)}))
    order by enquiry.due_on, enquiry.id limit ${most}`
  return rows.map(toEnquiry)
}

/** How many wait for each of these managers about their clients, and until when the first. */
export async function openByOwner(
  tx: Queries,
  staffIds: readonly string[],
): Promise<{ readonly ownerId: string; readonly count: number; readonly dueOn: Day }[]> {
  const rows = await tx.$queryRaw<{ ownerId: string; count: number; dueOn: Date }[]>`
    select client.owner_id as "ownerId", count(*)::int as count, min(enquiry.due_on) as "dueOn"
    from enquiry join client on client.id = enquiry.client_id
    where enquiry.status = 'open' and addressee = 'manager'
      and client.owner_id = any(${staffIds}::uuid[])
    group by client.owner_id`
  return rows.map((row) => ({ ...row, dueOn: toDay(row.dueOn) }))
}

/** What was asked about a client and not taken back, the newest first. */
export const toldOf = (tx: Queries, clientId: string, most: number): Promise<Told[]> =>
  tx.$queryRaw<(Omit<Told, 'dueOn'> & { dueOn: Date })[]>`
    select addressee, asker.name as "askedByName", question, asked_at as "askedAt",
      due_on as "dueOn", answer, answerer.name as "answeredByName", answered_at as "answeredAt"
    from enquiry join staff as asker on asker.id = asked_by
    left join staff as answerer on answerer.id = answered_by
    where client_id = ${clientId}::uuid and status <> 'withdrawn'
    order by enquiry.id desc limit ${most}`.then((rows) =>
    rows.map((row) => ({ ...row, dueOn: toDay(row.dueOn) })),
  )

/** What is asked, about whom or what. */
export interface NewEnquiry {
  readonly clientId: string | null
  readonly moveId: string | null
  readonly requestId: string | null
  readonly addressee: Addressee
  readonly question: string
  readonly dueOn: Day
}

export async function insertEnquiry(
  tx: Queries,
  asked: NewEnquiry,
  by: { readonly staffId: string; readonly actId: string; readonly now: Date },
): Promise<string> {
  const id = newId()
  await tx.$executeRaw`
    insert into enquiry (id, act_id, client_id, move_id, request_id, addressee, asked_by, question,
      due_on, asked_at)
    values (${id}::uuid, ${by.actId}::uuid, ${asked.clientId}::uuid, ${asked.moveId}::uuid,
      ${asked.requestId}::uuid, ${asked.addressee}, ${by.staffId}::uuid,
      ${secret('note', asked.question)}, ${asked.dueOn}::date, ${by.now}::timestamptz)`
  return id
}

export const saveAnswer = (
  tx: Queries,
  id: string,
  answer: string,
  by: { readonly staffId: string; readonly actId: string; readonly now: Date },
) =>
  tx.$executeRaw`
    update enquiry set status = 'answered', answer = ${secret('note', answer)},
      answered_by = ${by.staffId}::uuid, answered_at = ${by.now}::timestamptz,
      closed_by = ${by.actId}::uuid
    where id = ${id}::uuid`

export const withdraw = (tx: Queries, id: string, actId: string) =>
  tx.$executeRaw`
    update enquiry set status = 'withdrawn', closed_by = ${actId}::uuid where id = ${id}::uuid`

/** Withdraws what an act asked, and opens again what it answered or took back; resolves to what waits again. */
export async function enquiriesBack(
  tx: Queries,
  actId: string,
): Promise<{ readonly id: string; readonly question: string }[]> {
  await tx.$executeRaw`update enquiry set status = 'withdrawn' where act_id = ${actId}::uuid`
  return tx.$queryRaw<{ id: string; question: string }[]>`
    update enquiry set status = 'open', answer = null, answered_by = null, answered_at = null,
      closed_by = null
    where closed_by = ${actId}::uuid returning id, question`
}

/**
 * Who hears of a question: the department's people, whoever made the request, or whoever serves the client and who
 * stands in for them on a day. Nobody who left.
 */
export async function answerersOf(
  tx: Queries,
  { addressee, clientId, requestId }: Pick<NewEnquiry, 'addressee' | 'clientId' | 'requestId'>,
  today: Day,
): Promise<{ readonly id: string; readonly name: string }[]> {
  return tx.$queryRaw<{ id: string; name: string }[]>`
    select staff.id, staff.name from staff
    where active and (role = ${addressee}
      and ${addressee} in ('marketing', 'risk')
      or ${addressee} = 'requester'
        and id = (select asked_by from request where id = ${requestId}::uuid)
      or ${addressee} = 'manager' and id in (
        select owner_id from client where id = ${clientId}::uuid
        union all select stand_in_id from client join absence on staff_id = owner_id
        where client.id = ${clientId}::uuid and cancelled_at is null
          and ${today}::date between from_day and until_day))
    order by code`
}

/**
 * Who hears the answer: whoever asked; where they left, their department. What a manager asked is also heard by
 * whoever serves the client now.
 */
export async function hearersOf(tx: Queries, enquiryId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct staff.id from enquiry join staff as asker on asker.id = asked_by
    left join client on client.id = client_id
    join staff on staff.active and (staff.id = asker.id
      or asker.role = 'manager' and staff.id = client.owner_id
      or not asker.active and asker.role in ('marketing', 'risk') and staff.role = asker.role)
    where enquiry.id = ${enquiryId}::uuid`
  return rows.map(({ id }) => id)
}

/** Those whose day has passed and of which nobody was told; they count as told now. */
export async function takeLate(tx: Queries, today: Day): Promise<Enquiry[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update enquiry set late = true where status = 'open' and not late and due_on < ${today}::date
    returning id`
  const late = await tx.$queryRaw<Row[]>`
    ${OPEN} and enquiry.id = any(${rows.map(({ id }) => id)}::uuid[]) order by enquiry.id`
  return late.map(toEnquiry)
}
