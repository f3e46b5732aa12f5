import type { Day } from '../../core/calendar/time.ts'
import { newId } from '../../core/ids.ts'
import { toDay } from '../../infra/database/columns.ts'
import { secret, secretFile } from '../../infra/database/encryption/secret.ts'
import type { Queries } from '../../infra/database/index.ts'
import { idsOf } from '../../infra/database/raw-statements.ts'
import { LATEST, rowsPerClient } from '../clients/per-client.ts'
import type { NoNext } from '../tasks/rules.ts'

export interface NewVisit {
  readonly clientId: string
  readonly staffId: string
  readonly note: string
  readonly photoId: string | null
  readonly noNext: NoNext | null
  readonly visitedOn: Day
}

/** Puts a visit on file and closes the client's open task of that kind. */
export async function insertVisit(tx: Queries, visit: NewVisit, actId: string, now: Date) {
  const { clientId, staffId, note, photoId, noNext, visitedOn } = visit
  await tx.$executeRaw`
    insert into visit (id, act_id, client_id, staff_id, note, photo_id, no_next, visited_on, logged_at)
    values (${newId()}::uuid, ${actId}::uuid, ${clientId}::uuid, ${staffId}::uuid, ${secret('note', note)},
      ${photoId}::uuid, ${noNext}, ${visitedOn}::date, ${now}::timestamptz)`
  await tx.$executeRaw`
    update task set status = 'done', closed_by = ${actId}::uuid, closed_at = ${now}::timestamptz
    where client_id = ${clientId}::uuid and kind = 'visit' and status = 'open'`
}

/** The days of contact that the ceiling counts, newest first. */
export async function contactsOf(tx: Queries, clientId: string): Promise<Day[]> {
  const [row] = await tx.$queryRaw<{ contacts: Date[] | null }[]>`
    select contacts from client where id = ${clientId}::uuid`
  return (row?.contacts ?? []).map(toDay)
}

/** The photo in its small form takes the place of what was sent. */
export async function keepPhoto(tx: Queries, uploadId: string, bytes: Uint8Array): Promise<void> {
  await tx.$executeRaw`
    update upload set bytes = decode(${secretFile(bytes)}, 'base64') where id = ${uploadId}::uuid`
}

/** The photo of a visit, with whose visit it was; null when there is none. */
export async function photoOf(tx: Queries, visitId: string) {
  const [row] = await tx.$queryRaw<{ clientId: string; on: Date; base64: string }[]>`
    select visit.client_id as "clientId", visited_on as on,
      file_base64(bytes) as base64
    from visit join upload on upload.id = photo_id
    where visit.id = ${visitId}::uuid and undone_at is null`
  if (!row) return null
  return { clientId: row.clientId, on: toDay(row.on), bytes: Buffer.from(row.base64, 'base64') }
}

/** Takes back the visits of an act; resolves to whom they were paid. */
export async function visitsBack(tx: Queries, actId: string, now: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ clientId: string }[]>`
    update visit set undone_at = ${now}::timestamptz where act_id = ${actId}::uuid
    returning client_id as "clientId"`
  return rows.map(({ clientId }) => clientId)
}

/** A visit that was paid. */
export interface PastVisit {
  readonly clientId: string
  readonly id: string
  readonly on: Day
  /** The name of whoever paid it. */
  readonly by: string
  readonly note: string
  readonly photo: boolean
}

/** The visits to a client, the latest first. */
export const latestVisitsOf = rowsPerClient(
  (tx, clientIds) => tx.$queryRaw<PastVisit[]>`
    select asked.id::text as "clientId", met.*
    from (select distinct unnest(${idsOf(clientIds)}) as id) as asked
    cross join lateral (
      select visit.id::text, visited_on::text as on, staff.name as by, note,
        photo_id is not null as photo
      from visit join staff on staff.id = staff_id
      where client_id = asked.id and undone_at is null order by logged_at desc limit ${LATEST}
    ) as met`,
)
