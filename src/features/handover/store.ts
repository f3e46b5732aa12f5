import type { Day } from '../../core/calendar/time.ts'
import { newId } from '../../core/ids.ts'
import { toDay, toDayOrNull, toYuan } from '../../infra/database/columns.ts'
import { secret } from '../../infra/database/encryption/secret.ts'
import type { Queries } from '../../infra/database/index.ts'
import { OWN_LINE } from '../catalogue/rules.ts'
import {
  type Answer,
  type Reason,
  type Rhythm,
  type Row,
  type RowStatus,
  WEEKLY,
  withProgress,
} from './rules.ts'

type Stored = Omit<Row, 'sentOn' | 'amount' | 'wantedOn'> & {
  sentOn: Date
  amount: bigint | null
  wantedOn: Date | null
}

const SELECT = `
  select hand_over_row.id, number, hand_over_row.status, unit.path as "unitPath",
    hand_over.sent_on as "sentOn", need.id as "needId", client.name as "clientName",
    client.business_name as "businessName", client.phone, need.product, need.amount,
    need.wanted_on as "wantedOn", need.urgency, need.note, need.registered_by as "registeredBy",
    registrar.name as "registeredByName", answered_by as "answeredBy", officer.name as "answeredByName",
    hand_over_row.note as said
  from hand_over_row
  join hand_over on hand_over.id = hand_over_id
  join unit on unit.id = hand_over.unit_id
  join need on need.id = need_id
  join client on client.id = need.client_id
  join staff as registrar on registrar.id = need.registered_by
  left join staff as officer on officer.id = answered_by`

const toRow = (row: Stored): Row => ({
  ...row,
  sentOn: toDay(row.sentOn),
  amount: toYuan(row.amount),
  wantedOn: toDayOrNull(row.wantedOn),
})

export interface Department {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly path: string
}

/** Departments that serve a line of business other than ours, with needs that wait for hand-over. */
export async function departmentsWaiting(tx: Queries): Promise<Department[]> {
  return tx.$queryRaw<Department[]>`
    select unit.id, unit.code, unit.name, unit.path from unit
    where exists (
      select from business_line as line join need on need.line = line.code
      where line.unit_id = unit.id and line.code <> ${OWN_LINE} and need.status = 'open'
        and not exists (select from hand_over_row where need_id = need.id))
    order by unit.code`
}

/** Lines of business whose needs wait because no department serves them. */
export async function linesWithoutDepartment(tx: Queries) {
  return tx.$queryRaw<{ label: string; labelEn: string; count: number }[]>`
    select coalesce(line.label_zh, need.line) as label, coalesce(line.label_en, need.line) as "labelEn",
      count(*)::int as count
    from need left join business_line as line on line.code = need.line
    where need.status = 'open' and need.line <> ${OWN_LINE} and line.unit_id is null
    group by 1, 2 order by 1`
}

/** The officers of a department, who answer for it. */
export async function officersOf(tx: Queries, department: Pick<Department, 'path'>) {
  return tx.$queryRaw<{ id: string }[]>`
    select staff.id from staff join unit on unit.id = staff.unit_id
    where staff.active and staff.role = 'line' and starts_with(unit.path, ${department.path})
    order by staff.code`
}

/**
 * Puts everything that waits for a department on a list of this day; resolves to its rows. Numbers
 * go on from the unfinished rows of earlier lists, so that a number means one row.
 */
export async function makeList(tx: Queries, department: Department, today: Day): Promise<Row[]> {
  const id = newId()
  await tx.$executeRaw`
    insert into hand_over (id, unit_id, sent_on)
    values (${id}::uuid, ${department.id}::uuid, ${today}::date) on conflict do nothing`
  const list = await tx.handOver.findFirstOrThrow({
    where: { unitId: department.id, sentOn: new Date(`${today}T00:00:00Z`) },
  })
  await tx.$executeRaw`
    insert into hand_over_row (id, hand_over_id, need_id, number)
    select gen_random_uuid(), ${list.id}::uuid, need.id, row_number() over (
        order by array_position(array['urgent', 'soon', 'some-day'], need.urgency),
          need.wanted_on nulls last, need.id)
      + (select coalesce(max(number), 0) from hand_over_row as earlier
         join hand_over on hand_over.id = earlier.hand_over_id
         where hand_over.unit_id = ${department.id}::uuid
           and (earlier.status in ('sent', 'accepted') or hand_over.id = ${list.id}::uuid))
    from need join business_line as line on line.code = need.line
    where line.unit_id = ${department.id}::uuid and line.code <> ${OWN_LINE}
      and need.status = 'open'
      and not exists (select from hand_over_row as known where known.need_id = need.id)`
  const rows = await tx.$queryRawUnsafe<Stored[]>(
    `${SELECT} where hand_over.id = $1::uuid and hand_over_row.status = 'sent' order by number`,
    list.id,
  )
  return rows.map(toRow)
}

/** A department's unfinished rows, by number. */
export async function openRows(tx: Queries, unitPath: string): Promise<Row[]> {
  const rows = await tx.$queryRawUnsafe<Stored[]>(
    `${SELECT} where starts_with($1, unit.path) and hand_over_row.status in ('sent', 'accepted')
     order by number`,
    unitPath,
  )
  return rows.map(toRow)
}

/** A department's rows since a day, unfinished ones first, the latest before. */
export async function rowsSince(tx: Queries, unitPath: string, since: Day): Promise<Row[]> {
  const rows = await tx.$queryRawUnsafe<Stored[]>(
    `${SELECT} where starts_with($1, unit.path)
       and (hand_over_row.status in ('sent', 'accepted') or sent_on >= $2::date)
     order by hand_over_row.status not in ('sent', 'accepted'), sent_on desc, number`,
    unitPath,
    since,
  )
  return rows.map(toRow)
}

/** These rows, locked, in the order of their numbers. */
export async function lockRows(tx: Queries, ids: readonly string[]): Promise<Row[]> {
  await tx.$queryRaw`
    select id from hand_over_row where id = any(${ids}::uuid[]) order by id for update`
  const rows = await tx.$queryRawUnsafe<Stored[]>(
    `${SELECT} where hand_over_row.id = any($1::uuid[]) order by number`,
    ids,
  )
  return rows.map(toRow)
}

export interface AnsweredRow {
  readonly row: Row
  readonly answer: Answer
  /** Null unless declined. */
  readonly reason: Reason | null
  readonly note: string | null
}

const STATUS = {
  accept: 'accepted',
  progress: 'accepted',
  decline: 'declined',
  finish: 'done',
} as const
const NEED = { accept: 'open', progress: 'open', decline: 'declined', finish: 'served' } as const

export async function saveAnswers(
  tx: Queries,
  answers: readonly AnsweredRow[],
  staffId: string,
  today: Day,
): Promise<void> {
  for (const { row, answer, reason, note } of answers) {
    const kept = answer === 'progress' && note ? withProgress(row, note, today) : note
    await tx.$executeRaw`
      update hand_over_row set status = ${STATUS[answer]}, reason = ${reason}, note = ${secret('note', kept)},
        answered_by = ${staffId}::uuid, answered_on = coalesce(answered_on, ${today}::date),
        done_on = case when ${answer} = 'finish' then ${today}::date end
      where id = ${row.id}::uuid`
    await tx.$executeRaw`
      update need set status = ${NEED[answer]} where id = ${row.needId}::uuid`
  }
}

/** Lists with unanswered rows that were sent on or before a day and not reminded of. */
export async function listsToRemind(tx: Queries, sentBy: Day) {
  return tx.$queryRaw<{ id: string; path: string; name: string; sentOn: Date }[]>`
    select hand_over.id, unit.path, unit.name, sent_on as "sentOn"
    from hand_over join unit on unit.id = unit_id
    where reminded_on is null and sent_on <= ${sentBy}::date
      and exists (select from hand_over_row where hand_over_id = hand_over.id and status = 'sent')
    order by sent_on, hand_over.id`
}

export async function markReminded(tx: Queries, id: string, today: Day): Promise<void> {
  await tx.$executeRaw`
    update hand_over set reminded_on = ${today}::date where id = ${id}::uuid`
}

const rhythmKey = (code: string): string => `hand-over.${code}`

export async function rhythmOf(tx: Queries, code: string): Promise<Rhythm> {
  const row = await tx.setting.findUnique({ where: { key: rhythmKey(code) } })
  return (row?.value as Rhythm | undefined) ?? WEEKLY
}

export async function setRhythm(tx: Queries, code: string, rhythm: Rhythm): Promise<void> {
  const key = rhythmKey(code)
  const value = { ...rhythm }
  await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } })
}

/** What became of handed-over needs, by department and product. */
export interface HandOverFigure {
  readonly department: string
  readonly product: string
  readonly sent: number
  readonly unanswered: number
  readonly accepted: number
  readonly declined: number
  readonly done: number
  /** Median days to the first answer; null before one. */
  readonly days: number | null
}

/** Figures of what somebody's unit registered since a day; of a department, what it got. */
export async function handOverFigures(
  tx: Queries,
  where: { readonly registeredBelow: string } | { readonly department: string },
  since: Day,
): Promise<HandOverFigure[]> {
  const [column, path] =
    'department' in where ? ['unit.path', where.department] : ['home.path', where.registeredBelow]
  return tx.$queryRawUnsafe<HandOverFigure[]>(
    `select unit.name as department, need.product, count(*)::int as sent,
       count(*) filter (where hand_over_row.status = 'sent')::int as unanswered,
       count(*) filter (where hand_over_row.status = 'accepted')::int as accepted,
       count(*) filter (where hand_over_row.status = 'declined')::int as declined,
       count(*) filter (where hand_over_row.status = 'done')::int as done,
       percentile_cont(0.5) within group (order by answered_on - sent_on)::float as days
     from hand_over_row
     join hand_over on hand_over.id = hand_over_id
     join unit on unit.id = hand_over.unit_id
     join need on need.id = need_id
     join staff as registrar on registrar.id = need.registered_by
     join unit as home on home.id = registrar.unit_id
     where sent_on >= $1::date and starts_with(${column}, $2)
     group by unit.id, need.product order by unit.name, unit.path, sent desc, need.product`,
    since,
    path,
  )
}

/** How often each reason was given since a day, for what a unit registered or a department got. */
export async function reasonsGiven(tx: Queries, path: string, since: Day) {
  return tx.$queryRaw<{ reason: Reason; count: number }[]>`
    select reason, count(*)::int as count
    from hand_over_row join hand_over on hand_over.id = hand_over_id
    join unit on unit.id = hand_over.unit_id join need on need.id = need_id
    join staff on staff.id = need.registered_by join unit as home on home.id = staff.unit_id
    where hand_over_row.status = 'declined' and reason is not null and sent_on >= ${since}::date
      and (starts_with(home.path, ${path}) or starts_with(unit.path, ${path}))
    group by reason order by count desc, reason`
}

/** What a department answered. */
interface AnsweredNeed {
  /** Who registered the need, and where they work. */
  readonly by: string
  readonly unitPath: string
  readonly client: string
  readonly product: string
  readonly status: RowStatus
  readonly on: Day
}

/** What departments answered from a day on and before another. */
export async function answersBetween(
  tx: Queries,
  registrars: readonly string[],
  from: Day,
  before: Day,
): Promise<AnsweredNeed[]> {
  return tx.$queryRaw<AnsweredNeed[]>`
    select registered_by as by, unit.path as "unitPath", client.name as client, need.product,
      hand_over_row.status, greatest(answered_on, done_on)::text as on
    from need join hand_over_row on need_id = need.id join client on client.id = need.client_id
    join staff on staff.id = registered_by join unit on unit.id = staff.unit_id
    where registered_by = any(${registrars}::uuid[]) and hand_over_row.status <> 'sent'
      and greatest(answered_on, done_on) >= ${from}::date
      and greatest(answered_on, done_on) < ${before}::date
    order by hand_over_row.id`
}
