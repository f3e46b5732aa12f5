import { joinDirectory } from '../../../bot/inbox/sender/accounts.ts'
import { type Refusal, refuse } from '../../../core/decision.ts'
import { newId } from '../../../core/ids.ts'
import { encryptedRow } from '../../../infra/database/encryption/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { UnitKind } from '../../staff/rules.ts'
import { branchOf } from '../../staff/store.ts'
import { holdingsOf } from '../portfolio/store.ts'
import { type Ended, endWithPlace } from './end-with-place.ts'
import type { Person, PersonOnFile } from './rules.ts'

/** Whoever changes who works where holds it until the end of the transaction, so that no two mix. */
export async function holdRoster(tx: Queries): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended('roster', 0))::text`
}

/** Everybody who works or worked here, unit by unit; with `codes`, those alone. */
export const peopleOnFile = (tx: Queries, codes: readonly string[] | null = null) =>
  tx.$queryRaw<PersonOnFile[]>`
    select staff.id, staff.code, staff.name, role, unit.code as unit, phone, email, active,
      coalesce(slack, '{}') as slack, coalesce(wecom, '{}') as wecom,
      coalesce(disowned, '{}') as disowned, coalesce(clients, 0) as clients
    from staff join unit on unit.id = staff.unit_id
    left join (select staff_id,
        array_agg(external_id order by joined_at, external_id) filter (where channel = 'slack') as slack,
        array_agg(distinct external_id) filter (where channel in ('wecom-app', 'wecom-bot')) as wecom
      from account group by staff_id) as accounts on accounts.staff_id = staff.id
    left join (select staff_id, array_agg(distinct external_id) as disowned
      from disowned_account group by staff_id) as others on others.staff_id = staff.id
    left join (select owner_id, count(*)::int as clients
      from client group by owner_id) as books on books.owner_id = staff.id
    where ${codes === null} or staff.code = any(${codes ?? []}::text[])
    order by unit.path, staff.code`

/** Which channels of a service people have the same ids in, and whether the bot may begin there. */
export interface Reach {
  readonly channel: string
  readonly service: 'slack' | 'wecom'
  readonly reachable: boolean
}

/** Moves somebody to another unit; resolves to what ended with the place that they had. */
export async function moveStaff(
  tx: Queries,
  staffId: string,
  unitId: string,
  on: { readonly today: string; readonly now: Date },
): Promise<Ended[]> {
  await tx.staff.update({ where: { id: staffId }, data: { unitId } })
  return endWithPlace(tx, [staffId], on)
}

/**
 * Puts people on file as they shall be: new ones, those who come back, and those who are here; their
 * accounts too, of which whoever has another one hears. Resolves to what ended with the places that they
 * had.
 */
export async function writePeople(
  tx: Queries,
  people: readonly Person[],
  { today, now, reaches }: { today: string; now: Date; reaches: readonly Reach[] },
): Promise<Ended[]> {
  const rows = JSON.stringify(
    people.map((person) => encryptedRow('staff', { ...person, id: newId() })),
  )
  const moved = await tx.$queryRaw<{ id: string }[]>`
    select staff.id from staff join unit on unit.id = staff.unit_id
    join jsonb_to_recordset(${rows}::jsonb) as wanted (code text, role text, unit text)
      on staff.code = wanted.code
    where staff.active and (staff.role <> wanted.role or unit.code <> wanted.unit)`
  // Addresses may change hands; who left keeps none that somebody else is to have.
  await tx.$executeRaw`
    update staff set email = null
    from jsonb_to_recordset(${rows}::jsonb) as wanted (code text, email text)
    where staff.code = wanted.code and staff.email is distinct from wanted.email
      or not active and staff.email = wanted.email`
  await tx.$executeRaw`
    insert into staff (id, code, name, role, unit_id, email, phone, language, active, joined_on)
    select wanted.id, wanted.code, wanted.name, role, unit.id, email, phone, 'zh', true, ${today}::date
    from jsonb_to_recordset(${rows}::jsonb) as wanted (id uuid, code text, name text, role text,
      unit text, email text, phone text)
    join unit on unit.code = wanted.unit
    on conflict (code) do update set name = excluded.name, role = excluded.role,
      unit_id = excluded.unit_id, email = excluded.email, phone = excluded.phone, active = true,
      left_on = null,
      joined_on = case when staff.active then staff.joined_on else excluded.joined_on end`
  for (const { channel, service, reachable } of reaches) {
    const contacts = people.flatMap(({ code, [service]: userId }) =>
      userId ? [{ code, userId }] : [],
    )
    await joinDirectory(tx, contacts, { channel, reachable, now })
  }
  return endWithPlace(
    tx,
    moved.map(({ id }) => id),
    { today, now },
  )
}

/** As other accounts of each channel are; a channel of which there is none does not reach anybody yet. */
export async function reachesNow(tx: Queries): Promise<Reach[]> {
  const known = await tx.$queryRaw<{ channel: string; reachable: boolean }[]>`
    select channel, bool_or(reachable is not false) as reachable from account group by channel`
  return CHANNELS.map(({ channel, service }) => {
    const reachable = known.find((each) => each.channel === channel)?.reachable ?? false
    return { channel, service, reachable: reachable && channel !== 'wecom-bot' }
  })
}

/** The channels in which people are known by ids of their service. */
export const CHANNELS = [
  { channel: 'slack', service: 'slack' },
  { channel: 'wecom-app', service: 'wecom' },
  // Its bot begins no conversation.
  { channel: 'wecom-bot', service: 'wecom' },
] as const

export interface NamedUnit {
  readonly code: string
  readonly name: string
  readonly kind: UnitKind
}

/** The units of these codes. */
export async function unitsNamed(
  tx: Queries,
  codes: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, NamedUnit>> {
  const said = codes.filter((code) => code !== undefined)
  const units = await tx.$queryRaw<NamedUnit[]>`
    select code, name, kind from unit where code = any(${said}::text[])`
  return new Map(units.map((unit) => [unit.code, unit]))
}

/** Whose address or account somebody would have; null: nobody else's. */
export async function takenBy(tx: Queries, person: Person): Promise<string | null> {
  const { code, email, slack, wecom } = person
  const [row] = await tx.$queryRaw<{ code: string }[]>`
    select code from staff
    where code <> ${code} and active and (lower(email) = ${email ?? ''} or exists (
      select from account where staff_id = staff.id
        and (channel = 'slack' and external_id = ${slack ?? ''}
          or channel in ('wecom-app', 'wecom-bot') and external_id = ${wecom ?? ''})))
    limit 1`
  return row?.code ?? null
}

/** Why somebody cannot move there: their clients and tasks stay in their branch; null: they can. */
export async function bookLeaves(
  tx: Queries,
  { id, name, code, unit: from }: PersonOnFile,
  to: string,
): Promise<Refusal | null> {
  if (from === to) return null
  const { clients, tasks } = await holdingsOf(tx, id)
  if (clients + tasks === 0) return null
  const [was, is] = [await branchOfUnit(tx, from), await branchOfUnit(tx, to)]
  return was === is
    ? null
    : refuse(
        `${name}名下 ${clients} 位客户、${tasks} 件任务要留在原支行：请先"交接 ${code} 平均"。`,
        `The ${clients} clients and ${tasks} tasks of ${name} stay in their branch: first say "hand over ${code} evenly".`,
      )
}

async function branchOfUnit(tx: Queries, code: string): Promise<string | null> {
  const unit = await tx.unit.findUnique({ where: { code }, select: { path: true } })
  return unit && branchOf(tx, unit.path)
}
