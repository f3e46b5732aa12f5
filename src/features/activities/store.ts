import { randomBytes } from 'node:crypto'
import { toDay } from '../../infra/database/columns.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Activity } from './rules.ts'

/** What the QR code at the door stands for: nobody guesses it. */
export const newDoorCode = (): string => randomBytes(9).toString('base64url')
export const DOOR_CODE = /^[\w-]{12}$/

const SELECT = `
  select activity.id, activity.name, place, held_on as "heldOn", starts_at as "startsAt",
    host_id as "hostId", staff.name as "hostName", host_path as "hostPath", activity.code, cancelled, series,
    count(invited_by)::int as invited, count(attended_at)::int as attended
  from activity join staff on staff.id = host_id
  left join activity_guest on activity_id = activity.id`

type Row = Omit<Activity, 'heldOn'> & { heldOn: Date }

async function select(tx: Queries, where: string, value: string): Promise<Activity[]> {
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `${SELECT} where ${where} group by activity.id, staff.name order by held_on, activity.id`,
    value,
  )
  return rows.map((row) => ({ ...row, heldOn: toDay(row.heldOn) }))
}

/** Those of the last month and to come. */
export const activitiesSince = (tx: Queries, day: string) =>
  select(tx, 'held_on >= $1::date and not cancelled', day)
export const activityById = async (tx: Queries, id: string): Promise<Activity | null> =>
  (await select(tx, 'activity.id = $1::uuid', id))[0] ?? null
export const activityByCode = async (tx: Queries, code: string): Promise<Activity | null> =>
  (await select(tx, 'activity.code = $1', code))[0] ?? null
export const activityNamed = async (tx: Queries, name: string): Promise<Activity | null> =>
  (await select(tx, 'activity.name = $1', name))[0] ?? null

/** Of a series the next event on or after a day, else the last one. */
export async function nextOfSeries(
  tx: Queries,
  series: string,
  today: string,
): Promise<Activity | null> {
  const all = await select(tx, 'activity.series = $1 and not cancelled', series)
  return all.find(({ heldOn }) => heldOn >= today) ?? all.at(-1) ?? null
}

/** How many events there ever were of a series: the next one's number goes on from there. */
export async function insertedSoFar(tx: Queries, series: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from activity where series = ${series}`
  return row?.count ?? 0
}

export async function insertActivity(tx: Queries, activity: Activity): Promise<void> {
  const { id, name, place, heldOn, startsAt, hostId, hostPath, code, series } = activity
  await tx.$executeRaw`
    insert into activity (id, name, place, held_on, starts_at, host_id, host_path, code, series)
    values (${id}::uuid, ${name}, ${place}, ${heldOn}::date, ${startsAt}, ${hostId}::uuid,
      ${hostPath}, ${code}, ${series})`
}

/** Puts a client on the guest list; false when they are on it. */
export async function insertGuest(
  tx: Queries,
  activityId: string,
  clientId: string,
  invitedBy: string,
  actId: string,
): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    insert into activity_guest (activity_id, client_id, invited_by, act_id)
    values (${activityId}::uuid, ${clientId}::uuid, ${invitedBy}::uuid, ${actId}::uuid)
    on conflict (activity_id, client_id) do update
      set invited_by = excluded.invited_by, act_id = excluded.act_id
      where activity_guest.invited_by is null and activity_guest.attended_at is null`
  return inserted > 0
}

/**
 * A phone number was given at the door, by whoever: of a guest who was invited it is noted that they came; a
 * client who was not is `uninvited` the first time, and nothing is noted.
 */
export async function signIn(
  tx: Queries,
  activityId: string,
  clientId: string,
  now: Date,
): Promise<'noted' | 'uninvited' | 'before'> {
  const noted = await tx.$executeRaw`
    update activity_guest set attended_at = ${now}::timestamptz, via = 'scan'
    where activity_id = ${activityId}::uuid and client_id = ${clientId}::uuid
      and invited_by is not null and attended_at is null`
  if (noted > 0) return 'noted'
  const first = await tx.$executeRaw`
    insert into activity_guest (activity_id, client_id)
    values (${activityId}::uuid, ${clientId}::uuid) on conflict do nothing`
  return first > 0 ? 'uninvited' : 'before'
}

/**
 * Notes that a client came, invited or not; false when it was noted before. The task to invite them
 * is done with it.
 */
export async function noteAttendance(
  tx: Queries,
  activityId: string,
  clientId: string,
  actId: string,
  now: Date,
): Promise<boolean> {
  const noted = await tx.$executeRaw`
    insert into activity_guest (activity_id, client_id, act_id, attended_at, via)
    values (${activityId}::uuid, ${clientId}::uuid, ${actId}::uuid, ${now}::timestamptz, 'line')
    on conflict (activity_id, client_id) do update
      set attended_at = excluded.attended_at, via = excluded.via
      where activity_guest.attended_at is null`
  return noted > 0
}

/** Who was invited or came, who came first. */
export const guestsOf = (tx: Queries, activityId: string) =>
  tx.$queryRaw<{ id: string; name: string; businessName: string | null; came: boolean }[]>`
    select client.id, client.name, business_name as "businessName", attended_at is not null as came
    from activity_guest join client on client.id = client_id
    where activity_id = ${activityId}::uuid and (invited_by is not null or attended_at is not null)
    order by attended_at is null, client.name limit 500`

/** Calls it off; with `series`, also all of that which its host holds on its day and later. Resolves to how many. */
export const cancel = (
  tx: Queries,
  { id, series }: Pick<Activity, 'id' | 'series'>,
): Promise<number> =>
  tx.$executeRaw`
    update activity set cancelled = true from activity as this
    where this.id = ${id}::uuid and not activity.cancelled and (activity.id = this.id
      or activity.series = ${series} and activity.host_id = this.host_id and activity.held_on >= this.held_on)`

/** Takes those whom an act invited off the guest list, unless they came. */
export async function guestsBack(tx: Queries, actId: string): Promise<void> {
  await tx.$executeRaw`
    delete from activity_guest where act_id = ${actId}::uuid and attended_at is null`
}
