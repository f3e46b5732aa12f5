import { addDays, type Day } from '../core/calendar/time.ts'
import type { Chance } from './chance.ts'
import { personName } from './names.ts'

export interface DemoUnit {
  readonly code: string
  readonly name: string
  readonly kind: string
  /** A code; null: the head office. */
  readonly parent: string | null
  readonly path: string
}

/** `id` stands for them until they are on file. */
export interface DemoPerson {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly role: string
  readonly unit: DemoUnit
  readonly joinedOn: Day
  readonly language: 'zh' | 'en'
}

/** A head office with departments, three branches, eight teams, and everybody in them. */
export interface People {
  readonly units: readonly DemoUnit[]
  readonly staff: readonly DemoPerson[]
  readonly managers: readonly DemoPerson[]
}

const BRANCHES = ['城东支行', '滨江支行', '高新支行'] as const
const TEAMS = ['一', '二', '三', '四', '五', '六', '七', '八'] as const
const TEAM_SIZE = 5
const DEPARTMENTS = [
  ['DM', '营销管理部'],
  ['DR', '风险管理中心'],
  ['DP', '支付结算部'],
  ['DO', '综合管理部'],
] as const

export function peopleOf(chance: Chance, today: Day): People {
  const units: DemoUnit[] = []
  const staff: DemoPerson[] = []
  const unit = (code: string, name: string, kind: string, parent: DemoUnit | null): DemoUnit => {
    const path = `${parent ? parent.path : '/'}${code}/`
    const made = { code, name, kind, parent: parent?.code ?? null, path }
    units.push(made)
    return made
  }
  const person = (code: string, role: string, where: DemoUnit) => {
    const joinedOn = addDays(today, -chance.between(200, 4000))
    const known = { id: chance.id(), code, name: personName(chance), role, unit: where }
    // One reads English, to see it.
    staff.push({ ...known, joinedOn, language: code === 'M002' ? 'en' : 'zh' })
  }
  const head = unit('HQ', '总行', 'head-office', null)
  const [marketing, risk, line, office] = DEPARTMENTS.map(([code, name]) =>
    unit(code, name, 'department', head),
  )
  const branches = BRANCHES.map((name, index) => unit(`B0${index + 1}`, name, 'branch', head))
  branches.forEach((branch, index) => {
    person(`H0${index + 1}`, 'head', branch)
  })
  TEAMS.forEach((numeral, index) => {
    const branch = branches[Math.min(branches.length - 1, Math.floor(index / 3))] ?? head
    const team = unit(`T0${index + 1}`, `${branch.name}${numeral}队`, 'team', branch)
    person(`L0${index + 1}`, 'lead', team)
    for (let place = 1; place <= TEAM_SIZE; place++) {
      person(`M${String(index * TEAM_SIZE + place).padStart(3, '0')}`, 'manager', team)
    }
  })
  for (const code of ['K01', 'K02']) person(code, 'marketing', marketing ?? head)
  for (const code of ['R01', 'R02']) person(code, 'risk', risk ?? head)
  for (const code of ['D01', 'D02']) person(code, 'line', line ?? head)
  for (const code of ['S01', 'S02', 'S03', 'S04']) person(code, 'staff', office ?? head)
  // Above the departments: whom approvals reach that nobody decides.
  person('H00', 'head', head)
  return { units, staff, managers: staff.filter(({ role }) => role === 'manager') }
}
