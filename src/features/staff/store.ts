import type { Account } from '../../bot/inbox/sender/new-account.ts'
import { clearPages, standingPages } from '../../bot/outbox/enqueue.ts'
import type { OnFile } from '../../bot/outbox/post.ts'
import { type Asker, pathOf } from '../../bot/policy.ts'
import { pageOf } from '../../core/chat.ts'
import { ROLE_LABEL, type Role } from '../../core/staff.ts'
import type { Language, Text } from '../../core/text.ts'
import { Prisma } from '../../generated/client.ts'
import type { Queries } from '../../infra/database/index.ts'
import { LISTED } from './rules.ts'

export interface Person {
  readonly code: string
  readonly name: string
  readonly is: Role
  /** What that is called. */
  readonly role: Text
  readonly unit: string
}

/** Everybody who works here, unit by unit. */
export async function listPeople(tx: Queries): Promise<Person[]> {
  const staff = await tx.staff.findMany({
    where: { active: true },
    include: { unit: true },
    orderBy: [{ unit: { path: 'asc' } }, { code: 'asc' }],
  })
  return staff.map(({ code, name, role, unit }) => {
    return { code, name, is: role as Role, role: ROLE_LABEL[role as Role], unit: unit.name }
  })
}

export { superiorsOf } from '../../bot/inbox/sender/superiors.ts'

export interface Colleague {
  readonly id: string
  readonly name: string
}

/** Somebody of one's units, with what decides what one may do about them. */
export interface Member extends Colleague {
  readonly code: string
  readonly role: Role
}

/** Somebody of one's units, with where they are reached beside their chats. */
export interface Enrolled extends Member, OnFile {
  readonly language: Language
}

/** Somebody who works in the units within reach, by staff code. */
export async function findColleague(
  tx: Queries,
  asker: Asker,
  code: string,
): Promise<Enrolled | null> {
  const [found] = await tx.$queryRaw<Enrolled[]>`
    select staff.id, staff.name, staff.code, staff.role, staff.email, staff.phone, staff.language
    from staff join unit on unit.id = staff.unit_id
    where lower(staff.code) = lower(${code}) and active and starts_with(path, ${pathOf(asker)})`
  return found ?? null
}

/** Somebody whom a name or staff code may mean. */
export interface Named {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly role: Role
  readonly active: boolean
  readonly unit: string
  readonly unitPath: string
  /** The path of the branch they belong to; null at head office. */
  readonly branch: string | null
  /** The whole name or code was said, not a part of it. */
  readonly exact: boolean
}

/** More of one name are not offered. */
const MOST_NAMED = 8

/** Somebody as a form offers them, so that of two of a name it is clear who: 周敏(M001), `pickedAs` in SQL. */
const PICKED = Prisma.sql`staff.name || '(' || staff.code || ')'`
export const pickedAs = ({ name, code }: { readonly name: string; readonly code: string }) =>
  `${name}(${code})`

/** So many people are offered in a form; whoever is not among them is named by code. */
const MOST_PICKED = 500

/** Those with a list at and below a path, as a form offers them, the nearest first. */
export async function peopleToPick(tx: Queries, path: string, but: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ picked: string }[]>`
    select ${PICKED} as picked from staff join unit on unit.id = staff.unit_id
    where starts_with(unit.path, ${path}) and staff.active and staff.role = any(${[...LISTED]}::text[])
      and staff.id <> ${but}::uuid
    order by length(unit.path), unit.path, staff.code limit ${MOST_PICKED}`
  return rows.map(({ picked }) => picked)
}

/**
 * Everybody whose staff code or name is what was said; where nobody's is, those whose name it is a
 * part of. Who works here comes first.
 */
export async function staffNamed(tx: Queries, said: string): Promise<Named[]> {
  const rows = await tx.$queryRaw<Named[]>`
    select staff.id, staff.code, staff.name, staff.role, staff.active, unit.name as unit,
      unit.path as "unitPath", branch.path as branch,
      lower(staff.code) = lower(${said}) or lower(staff.name) = lower(${said})
        or ${PICKED} = ${said} as exact
    from staff join unit on unit.id = staff.unit_id
    left join lateral (
      select path from unit as above
      where above.kind = 'branch' and starts_with(unit.path, above.path)
      order by length(path) desc limit 1
    ) as branch on true
    where lower(staff.code) = lower(${said}) or ${PICKED} = ${said} or strpos(lower(staff.name), lower(${said})) > 0
    order by exact desc, lower(staff.code) <> lower(${said}), staff.active desc, staff.code
    limit ${MOST_NAMED * 4}`
  const exact = rows.filter((row) => row.exact)
  return (exact.length > 0 ? exact : rows).slice(0, MOST_NAMED)
}

/** The path of the branch that a unit belongs to; null at head office. */
export async function branchOf(tx: Queries, unitPath: string): Promise<string | null> {
  const [branch] = await tx.$queryRaw<{ path: string }[]>`
    select path from unit where kind = 'branch' and starts_with(${unitPath}, path)
    order by length(path) desc limit 1`
  return branch?.path ?? null
}

const branchSql = (unitId: Prisma.Sql) => Prisma.sql`(
  select above.path from unit as own join unit as above on starts_with(own.path, above.path)
  where own.id = ${unitId} and above.kind = 'branch' order by length(above.path) desc limit 1)`

/**
 * Whether the staff of the aliases `owner` and `other` may serve each other's clients: they work here, have
 * lists of their own and are of one branch, as `resolveColleague` asks for.
 */
export const TOGETHER = Prisma.sql`coalesce(owner.active and other.active
  and owner.role = any(${[...LISTED]}::text[]) and other.role = any(${[...LISTED]}::text[])
  and ${branchSql(Prisma.sql`owner.unit_id`)} = ${branchSql(Prisma.sql`other.unit_id`)}, false)`

/**
 * Whether clients of the staff of the alias `owner` may be shared with the department of the alias `unit`: it is
 * of head office, or of their branch.
 */
export const WITHIN_REACH = Prisma.sql`coalesce(${branchSql(Prisma.sql`unit.id`)}
  = ${branchSql(Prisma.sql`owner.unit_id`)}, ${branchSql(Prisma.sql`unit.id`)} is null)`

/** Somebody by their id; null: there is nobody. */
export const colleagueOf = (tx: Queries, id: string): Promise<Colleague | null> =>
  tx.staff.findUnique({ where: { id }, select: { id: true, name: true } })

/** Everybody of a role who works here. */
export const staffOfRole = (tx: Queries, role: Role): Promise<Colleague[]> =>
  tx.staff.findMany({
    where: { role, active: true },
    select: { id: true, name: true },
    orderBy: { code: 'asc' },
  })

/** An account that somebody joined since this was kept. */
export interface Joined extends Account {
  readonly staffId: string
  readonly name: string
  /** Who issued the code by which it came; null: the service vouched for it. */
  readonly issuedBy: string | null
}

/**
 * The account that is named, or the newest of this person's; of their own, one that came after the
 * account from which they say so.
 */
export async function joinedAccount(
  tx: Queries,
  named: Account | null,
  from: Account,
  who: string,
): Promise<Joined | null> {
  const [found] = await tx.$queryRaw<Joined[]>`
    select account.channel, external_id as "externalId", staff.id as "staffId", staff.name,
      (select issued_by from enrolment_code
        where enrolment_code.staff_id = staff.id and used_at = account.joined_at limit 1
      ) as "issuedBy"
    from account join staff on staff.id = staff_id
    where joined_at is not null and (
        case when ${named === null} then staff_id = ${who}::uuid
          else account.channel = ${named?.channel ?? ''} and external_id = ${named?.externalId ?? ''}
        end)
      and (staff_id <> ${who}::uuid or joined_at > coalesce((
        select joined_at from account as said_from
        where said_from.channel = ${from.channel} and said_from.external_id = ${from.externalId}
      ), '-infinity'))
    order by joined_at desc limit 1`
  return found ?? null
}

/** Ends an account with all that is open in it; no service's word joins it again. */
export async function disown(tx: Queries, account: Joined, now: Date): Promise<void> {
  const { channel, externalId, staffId } = account
  await tx.$executeRaw`
    insert into disowned_account (channel, external_id, staff_id, at)
    values (${channel}, ${externalId}, ${staffId}::uuid, ${now}::timestamptz)
    on conflict do nothing`
  await tx.$executeRaw`
    update message set state = 'dropped'
    from account
    where account.channel = ${channel} and external_id = ${externalId}
      and message.channel = account.channel and message.conversation = account.conversation
      and state = 'queued'`
  const pages = await standingPages(tx, [staffId])
  const page = pageOf(externalId)
  await clearPages(
    tx,
    pages.filter((each) => each.channel === channel && each.conversation === page),
    now,
  )
  await tx.account.delete({ where: { channel_externalId: { channel, externalId } } })
  await tx.dialog.deleteMany({ where: { channel, staffId } })
  // What it may have opened in a browser.
  await tx.pageLink.deleteMany({ where: { staffId } })
  await tx.pageSession.updateMany({ where: { staffId, endedAt: null }, data: { endedAt: now } })
}
