import type { Actor, Role } from '../../core/staff.ts'
import type { Text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'

export interface Person {
  readonly code: string
  readonly name: string
  readonly is: Role
  /** What that is called. */
  readonly role: Text
  readonly unit: string
}

const ROLE_LABEL: Record<Role, Text> = {
  manager: { zh: '客户经理', en: 'Client manager' },
  lead: { zh: '团队主管', en: 'Team lead' },
  head: { zh: '分支机构负责人', en: 'Branch head' },
  marketing: { zh: '营销管理', en: 'Marketing' },
  risk: { zh: '风险管理', en: 'Risk' },
  line: { zh: '条线部门', en: 'Line officer' },
  staff: { zh: '员工', en: 'Staff' },
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

export interface Colleague {
  readonly id: string
  readonly name: string
}

/** Somebody who works in the units below this person's, by staff code. */
export async function findColleague(
  tx: Queries,
  who: Actor,
  code: string,
): Promise<Colleague | null> {
  return tx.staff.findFirst({
    where: { code, active: true, unit: { path: { startsWith: who.unitPath } } },
    select: { id: true, name: true },
  })
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

/**
 * Everybody whose staff code or name is what was said; where nobody's is, those whose name it is a
 * part of. Who works here comes first.
 */
export async function staffNamed(tx: Queries, said: string): Promise<Named[]> {
  const rows = await tx.$queryRaw<Named[]>`
    select staff.id, staff.code, staff.name, staff.role, staff.active, unit.name as unit,
      unit.path as "unitPath", branch.path as branch,
      lower(staff.code) = lower(${said}) or lower(staff.name) = lower(${said}) as exact
    from staff join unit on unit.id = staff.unit_id
    left join lateral (
      select path from unit as above
      where above.kind = 'branch' and starts_with(unit.path, above.path)
      order by length(path) desc limit 1
    ) as branch on true
    where lower(staff.code) = lower(${said}) or strpos(lower(staff.name), lower(${said})) > 0
    order by exact desc, lower(staff.code) <> lower(${said}), staff.active desc, staff.code
    limit ${MOST_NAMED * 4}`
  const exact = rows.filter((row) => row.exact)
  return (exact.length > 0 ? exact : rows).slice(0, MOST_NAMED)
}

/**
 * Who is above somebody: the active leads or heads of their unit, or of the nearest unit above that
 * has one; never the person themself.
 */
export async function chiefsOf(tx: Queries, staffId: string): Promise<string[]> {
  const chiefs = await tx.$queryRaw<{ id: string }[]>`
    select id from (
      select boss.id, rank() over (order by length(above.path) desc) as nearness
      from staff join unit on unit.id = staff.unit_id
      join unit as above on starts_with(unit.path, above.path)
      join staff as boss on boss.unit_id = above.id and boss.active
        and boss.role in ('lead', 'head') and boss.id <> staff.id
      where staff.id = ${staffId}::uuid
    ) as ranked where nearness = 1`
  return chiefs.map(({ id }) => id)
}

/** The path of the branch that a unit belongs to; null at head office. */
export async function branchOf(tx: Queries, unitPath: string): Promise<string | null> {
  const [branch] = await tx.$queryRaw<{ path: string }[]>`
    select path from unit where kind = 'branch' and starts_with(${unitPath}, path)
    order by length(path) desc limit 1`
  return branch?.path ?? null
}

/** Everybody of a role who works here. */
export const staffOfRole = (tx: Queries, role: Role): Promise<Colleague[]> =>
  tx.staff.findMany({
    where: { role, active: true },
    select: { id: true, name: true },
    orderBy: { code: 'asc' },
  })
