import type { Actor, Role } from '../../core/staff.ts'
import type { Text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'

export interface Person {
  readonly code: string
  readonly name: string
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
    return { code, name, role: ROLE_LABEL[role as Role], unit: unit.name }
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
