import type { Day } from '../../../core/calendar/time.ts'
import { toColumn } from '../../../infra/database/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'

/** The day of the year, `MM-DD`, on which risk is asked; 1 November unless set. */
export async function exitDay(tx: Queries): Promise<string> {
  const row = await tx.setting.findUnique({ where: { key: SETTING } })
  return typeof row?.value === 'string' ? row.value : '11-01'
}

const SETTING = 'exit-list-day'

export async function setExitDay(tx: Queries, monthDay: string): Promise<void> {
  await tx.setting.upsert({
    where: { key: SETTING },
    create: { key: SETTING, value: monthDay },
    update: { value: monthDay },
  })
}

/** The request of a year; null before it was made. */
export const requestOf = (tx: Queries, year: number) =>
  tx.exitRequest.findUnique({ where: { year } })

/** Notes that risk was asked, or asked again. */
export async function noteAsked(tx: Queries, year: number, today: Day): Promise<void> {
  const on = toColumn(today)
  await tx.exitRequest.upsert({
    where: { year },
    create: { year, askedOn: on },
    update: { remindedOn: on },
  })
}

/** Notes the answer to this year's request, whether it was made or not yet. */
export async function noteAnswered(
  tx: Queries,
  year: number,
  named: number,
  today: Day,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    insert into exit_request (year, asked_on, answered_at, named)
    values (${year}, ${today}::date, ${now}::timestamptz, ${named})
    on conflict (year) do update set answered_at = ${now}::timestamptz,
      named = coalesce(exit_request.named, 0) + ${named}`
}

/** So many whom an act named are not any more; where nobody is left, that year's request waits for an answer again. */
export async function noteTakenBack(tx: Queries, actId: string, left: number): Promise<void> {
  await tx.$executeRaw`
    update exit_request set named = greatest(0, coalesce(named, 0) - ${left}),
      answered_at = case when coalesce(named, 0) > ${left} then answered_at end
    from act where act.id = ${actId}::uuid and year = extract(year from act.at) and ${left} > 0`
}

/** Everybody of risk. */
export async function riskStaff(tx: Queries): Promise<string[]> {
  const rows = await tx.staff.findMany({
    where: { role: 'risk', active: true },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}
