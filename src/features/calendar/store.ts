import { type Followed, followed } from '../../bot/followed.ts'
import type { EnteredDay } from '../../core/calendar/schedule.ts'
import { bankWorkdays, type Workdays } from '../../core/calendar/workdays.ts'
import type { Queries } from '../../infra/database/index.ts'
import { NEW_ID } from '../../infra/database/new-id.ts'
import { type Change, daysOf, type Place } from './rules.ts'

/** The working days of a service that runs. */
export const followCalendar = (tx: Queries): Promise<Followed<Workdays>> =>
  followed(async () => bankWorkdays(await enteredDays(tx)))

/** The days that the bank entered and that hold, in the order of entry. */
export const enteredDays = (tx: Queries): Promise<EnteredDay[]> =>
  tx.$queryRaw<EnteredDay[]>`
    select day::text, works, calendar_day.name, coalesce(unit.path, '/') as below
    from calendar_day left join unit on unit.id = unit_id
    where ended_by is null order by entered_at, calendar_day.id`

/** Enters or ends days at a place; what was entered of them there before holds no more. */
export async function saveChange(
  tx: Queries,
  change: Change,
  { unitId }: Pick<Place, 'unitId'>,
  by: { readonly actId: string; readonly staffId: string; readonly now: Date },
): Promise<void> {
  await tx.$executeRaw`
    update calendar_day set ended_by = ${by.actId}::uuid
    where ended_by is null and unit_id is not distinct from ${unitId}::uuid
      and day = any(${daysOf(change)}::date[])`
  if (change.kind === 'cancel') return
  await tx.$executeRawUnsafe(
    `insert into calendar_day (id, act_id, unit_id, day, works, name, entered_by, entered_at)
     select ${NEW_ID}, $2::uuid, $3::uuid, day, works, name, $4::uuid, $5::timestamptz
     from jsonb_to_recordset($1::jsonb) as entered (day date, works bool, name text)`,
    JSON.stringify(change.days),
    by.actId,
    unitId,
    by.staffId,
    by.now,
  )
}

/** Takes back what an act entered and what it ended; resolves to how many days that were. */
export async function takeBackChange(tx: Queries, actId: string, undoing: string): Promise<number> {
  const ended = await tx.$executeRaw`
    update calendar_day set ended_by = ${undoing}::uuid
    where act_id = ${actId}::uuid and ended_by is null`
  const restored = await tx.$executeRaw`
    update calendar_day set ended_by = null where ended_by = ${actId}::uuid`
  return ended + restored
}

/** Units within reach of this name or code, but departments, which keep the bank's days. */
export const placesNamed = (tx: Queries, path: string, named: string): Promise<Place[]> =>
  tx.$queryRaw<Place[]>`
    select case when kind = 'head-office' then null else id::text end as "unitId",
      case when kind = 'head-office' then '/' else path end as path,
      case when kind = 'head-office' then null else name end as name
    from unit
    where starts_with(path, ${path}) and kind <> 'department'
      and (lower(code) = lower(${named}) or name = ${named})
    order by lower(code) <> lower(${named}), code`

/** The names of units by their paths. */
export async function namesAt(
  tx: Queries,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.unit.findMany({
    where: { path: { in: [...paths] } },
    select: { path: true, name: true },
  })
  return new Map(rows.map(({ path, name }) => [path, name]))
}
