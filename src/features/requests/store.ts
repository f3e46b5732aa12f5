import { dayIn } from '../../core/calendar/time.ts'
import { newId } from '../../core/ids.ts'
import type { Role } from '../../core/staff.ts'
import { secret } from '../../infra/database/encryption/secret.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Request } from './rules.ts'

type Row = Omit<Request, 'askedOn'> & { readonly askedAt: Date }

const SELECT = `
  select request.id, kind, subject, payload, asked_by as "askedBy", asker.name as "askedByName",
    reason, evidence, asked_at as "askedAt", expires_at as "expiresAt",
    exists (select from enquiry where request_id = request.id and enquiry.status = 'open') as enquired
  from request left join staff as asker on asker.id = asked_by
  where request.status = 'asked'`

const toRequest = ({ askedAt, ...row }: Row, timezone: string): Request => {
  return { ...row, askedOn: dayIn(askedAt, timezone) }
}

/** What waits and has not lapsed, oldest first. */
export async function openRequests(tx: Queries, now: Date, timezone: string): Promise<Request[]> {
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `${SELECT} and expires_at > $1::timestamptz order by request.id`,
    now,
  )
  return rows.map((row) => toRequest(row, timezone))
}

/** A request that waits, locked, so that it is decided once; null: none of that id waits. */
export async function lockRequest(
  tx: Queries,
  id: string,
  timezone: string,
): Promise<Request | null> {
  const [row] = await tx.$queryRawUnsafe<Row[]>(
    `${SELECT} and request.id = $1::uuid for update of request`,
    id,
  )
  return row ? toRequest(row, timezone) : null
}

interface NewRequest {
  readonly kind: string
  readonly subject: string
  readonly payload: unknown
  readonly askedBy: string
  readonly reason: string | null
  readonly evidence: string | null
}

/** Whether a request of just this content waits already. */
export async function isWaiting(
  tx: Queries,
  { kind, subject, payload }: Pick<NewRequest, 'kind' | 'subject' | 'payload'>,
  now: Date,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    select id from request where kind = ${kind} and subject = ${subject} and status = 'asked'
      and payload = ${JSON.stringify(payload)}::jsonb and expires_at > ${now}::timestamptz`
  return row !== undefined
}

/** Puts a request on file, in place of one about the same that nobody confirmed. */
export async function insertRequest(
  tx: Queries,
  asked: NewRequest,
  { now, expiresAt }: { readonly now: Date; readonly expiresAt: Date },
): Promise<string> {
  const id = newId()
  await tx.$executeRaw`
    update request set decided_at = ${now}::timestamptz,
      status = case when expires_at <= ${now}::timestamptz then 'lapsed' else 'superseded' end
    where kind = ${asked.kind} and subject = ${asked.subject} and status = 'asked'`
  await tx.$executeRaw`
    insert into request (id, kind, subject, payload, asked_by, reason, evidence, asked_at,
      expires_at)
    values (${id}::uuid, ${asked.kind}, ${asked.subject}, ${JSON.stringify(asked.payload)}::jsonb,
      ${asked.askedBy}::uuid, ${secret('note', asked.reason)}, ${secret('note', asked.evidence)}, ${now}::timestamptz,
      ${expiresAt}::timestamptz)`
  return id
}

/** What became of a request. */
export const closeRequest = (
  tx: Queries,
  id: string,
  status: 'confirmed' | 'declined',
  by: { readonly staffId: string; readonly now: Date },
) =>
  tx.$executeRaw`
    update request set status = ${status}, decided_by = ${by.staffId}::uuid,
      decided_at = ${by.now}::timestamptz
    where id = ${id}::uuid`

/** Ends the requests that nobody confirmed in time, and says which they were. */
export async function lapse(tx: Queries, now: Date, timezone: string): Promise<Request[]> {
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `${SELECT} and expires_at <= $1::timestamptz order by request.id for update of request`,
    now,
  )
  await tx.$executeRaw`
    update request set status = 'lapsed', decided_at = ${now}::timestamptz
    where status = 'asked' and expires_at <= ${now}::timestamptz`
  return rows.map((row) => toRequest(row, timezone))
}

/** Names of staff, by staff code. */
export async function namesOf(tx: Queries, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select name from staff where id = any(${ids}::uuid[]) order by code`
  return rows.map(({ name }) => name)
}

/**
 * Who is the second person for a role in a unit: colleagues of marketing or risk, else heads of the unit
 * and of those above it; where there are none the heads of head office, then marketing and risk, then any
 * head. Never whoever asked, nor whom it is about (`about`: a staff code).
 */
export async function secondPersons(
  tx: Queries,
  of: {
    readonly about?: string
    readonly askedBy: string
    readonly role: Role
    readonly unit?: string
  },
): Promise<string[]> {
  const colleagues = of.role === 'marketing' || of.role === 'risk'
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from (
      select ranked.*, min(choice) over () as best from (
        select staff.id, staff.code, case
            when ${colleagues} and staff.role = ${of.role} then 1
            when not ${colleagues} and staff.role = 'head'
              and starts_with(place.path, unit.path) then 1
            when staff.role = 'head' and unit.kind = 'head-office' then 2
            when staff.role in ('marketing', 'risk') then 3
            when staff.role = 'head' then 4
          end as choice
        from staff join unit on unit.id = staff.unit_id
        left join unit as place on place.code = ${of.unit ?? ''}
        where active and staff.id <> ${of.askedBy}::uuid and staff.code <> ${of.about ?? ''}
      ) as ranked where choice is not null
    ) as chosen where choice = best order by code`
  return rows.map(({ id }) => id)
}
