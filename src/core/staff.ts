import type { Language, Text } from './text.ts'

/**
 * What somebody is in the bank. `staff` is anyone without a task of their own here: they can only
 * refer.
 */
export const ROLES = ['manager', 'lead', 'head', 'marketing', 'risk', 'line', 'staff'] as const
export type Role = (typeof ROLES)[number]

export const ROLE_LABEL: Readonly<Record<Role, Text>> = {
  manager: { zh: '客户经理', en: 'Client manager' },
  lead: { zh: '团队主管', en: 'Team lead' },
  head: { zh: '分支机构负责人', en: 'Branch head' },
  marketing: { zh: '营销管理', en: 'Marketing' },
  risk: { zh: '风险管理', en: 'Risk' },
  line: { zh: '条线部门', en: 'Line officer' },
  staff: { zh: '员工', en: 'Staff' },
}

/** The person a command is run for. */
export interface Actor {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly role: Role
  readonly unitId: string
  /** Codes of the units from the root down, `/HQ/B01/T02/`; a subtree is a prefix. */
  readonly unitPath: string
  readonly language: Language
  /** Whose lists this person works today, because they are absent and named them. */
  readonly standsInFor: readonly string[]
}
