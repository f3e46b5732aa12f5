import type { Day } from '../../../core/calendar/time.ts'
import { newId } from '../../../core/ids.ts'
import { toDay } from '../../../infra/database/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Span } from './rules.ts'

/** An absence that holds, with whose it is and who stands in. */
export interface Absence extends Span {
  readonly id: string
  readonly staffId: string
  readonly staffName: string
  readonly standInId: string
  readonly standInName: string
}

/** Absences not over yet in which somebody is away or stands in; they are locked against others. */
export async function absencesOf(
  tx: Queries,
  staffIds: readonly string[],
  today: Day,
): Promise<Absence[]> {
  await tx.$queryRaw`
    select id from staff where id = any(${staffIds}::uuid[]) order by id for update`
  const rows = await tx.$queryRaw<
    (Omit<Absence, 'from' | 'until'> & { from: Date; until: Date })[]
  >`
    select absence.id, staff_id as "staffId", staff.name as "staffName",
      stand_in_id as "standInId", stand_in.name as "standInName", from_day as from,
      until_day as until
    from absence join staff on staff.id = staff_id join staff as stand_in on stand_in.id = stand_in_id
    where cancelled_at is null and until_day >= ${today}::date
      and (staff_id = any(${staffIds}::uuid[]) or stand_in_id = any(${staffIds}::uuid[]))
    order by from_day`
  return rows.map((row) => ({ ...row, from: toDay(row.from), until: toDay(row.until) }))
}

export async function insertAbsence(
  tx: Queries,
  absence: Span & { readonly staffId: string; readonly standInId: string },
  actId: string,
  now: Date,
): Promise<void> {
  const { staffId, standInId, from, until } = absence
  await tx.$executeRaw`
    insert into absence (id, act_id, staff_id, stand_in_id, from_day, until_day, entered_at)
    values (${newId()}::uuid, ${actId}::uuid, ${staffId}::uuid, ${standInId}::uuid,
      ${from}::date, ${until}::date, ${now}::timestamptz)`
}

/** Takes back the absence that an act entered; resolves to whose it was, and who was to stand in. */
export async function absencesBack(
  tx: Queries,
  actId: string,
  now: Date,
): Promise<Pick<Absence, 'staffId' | 'staffName' | 'standInId'>[]> {
  return tx.$queryRaw<Pick<Absence, 'staffId' | 'staffName' | 'standInId'>[]>`
    update absence set cancelled_at = ${now}::timestamptz from staff
    where act_id = ${actId}::uuid and cancelled_at is null and staff.id = staff_id
    returning staff_id as "staffId", staff.name as "staffName", stand_in_id as "standInId"`
}

export async function cancelAbsences(tx: Queries, ids: readonly string[], now: Date) {
  await tx.$executeRaw`
    update absence set cancelled_at = ${now}::timestamptz where id = any(${ids}::uuid[])`
}
