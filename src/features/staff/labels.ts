import { ROLE_LABEL, type Role } from '../../core/staff.ts'
import type { Text } from '../../core/text.ts'
import type { UnitKind } from './rules.ts'

export const KIND_LABEL: Readonly<Record<UnitKind, Text>> = {
  'head-office': { zh: '总行', en: 'Head office' },
  branch: { zh: '支行', en: 'Branch' },
  'sub-branch': { zh: '二级支行', en: 'Sub-branch' },
  team: { zh: '团队', en: 'Team' },
  department: { zh: '部门', en: 'Department' },
}

/** What else people write for a role, in small letters. */
const ROLE_WORDS: Readonly<Record<Role, string>> = {
  manager: '经理 理财经理 小微客户经理',
  lead: '主管 队长 团队长 团队负责人 小组长 leader',
  head: '负责人 行长 支行行长 分行行长 支行负责人 机构负责人 行领导',
  marketing: '营销 营销部 营销管理部 营销管理部门 市场营销',
  risk: '风险 风控 风险管理中心 风险部 风险管理部',
  line: '条线 条线人员 条线经办 部门经办 line',
  staff: '其他 全员 柜员 行员',
}

/** What else people write for a kind of unit, in small letters. */
const KIND_WORDS: Readonly<Record<UnitKind, string>> = {
  'head-office': '总部 法人 headquarters',
  branch: '分行 一级支行 分支机构',
  'sub-branch': '网点 分理处 营业部 subbranch',
  team: '小组 队 组 营销团队',
  department: '中心 总行部门 dept',
}

function meanings<Key extends string>(
  labels: Readonly<Record<Key, Text>>,
  words: Readonly<Record<Key, string>>,
): ReadonlyMap<string, Key> {
  return new Map(
    (Object.keys(labels) as Key[]).flatMap((key) =>
      [key, labels[key].zh, labels[key].en, ...words[key].split(' ')].map(
        (word) => [word.toLowerCase(), key] as const,
      ),
    ),
  )
}
const ROLES = meanings(ROLE_LABEL, ROLE_WORDS)
const KINDS = meanings(KIND_LABEL, KIND_WORDS)

/** The role that a word means; undefined: none. */
export const roleOf = (word: string): Role | undefined => ROLES.get(word.trim().toLowerCase())

/** The kind of unit that a word means; undefined: none. */
export const kindOf = (word: string): UnitKind | undefined => KINDS.get(word.trim().toLowerCase())
