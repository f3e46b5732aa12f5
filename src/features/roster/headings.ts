import type { Headings } from '../../infra/sheets/headings.ts'
import type { LineColumn, PersonColumn, UnitColumn } from './rules.ts'

const words = (all: string): readonly string[] => all.split(' ')

export const UNIT_HEADINGS: Headings<UnitColumn> = {
  code: { exact: words('机构代码 机构号 机构编号 代码 编号 code unitcode') },
  name: { exact: words('机构名称 机构名 名称 name unitname') },
  kind: { exact: words('类型 机构类型 机构类别 层级 kind type') },
  parent: { exact: words('上级机构 上级 上级代码 上级机构代码 上级机构号 parent parentunit') },
}

export const PERSON_HEADINGS: Headings<PersonColumn> = {
  code: { exact: words('工号 员工号 员工编号 柜员号 code staffcode') },
  name: { exact: words('姓名 员工姓名 name') },
  role: { exact: words('岗位 角色 职务 岗位类型 role post') },
  unit: { exact: words('机构 所属机构 机构代码 所在机构 部门 团队 unit unitcode department') },
  line: { exact: words('条线 所属条线 业务条线 line') },
  phone: { exact: words('手机 手机号 手机号码 联系电话 电话 phone mobile') },
  email: { exact: words('邮箱 电子邮箱 邮件 工作邮箱 email mail e-mail') },
  slack: { exact: words('slack slackid slack账号 slack成员id slackmemberid') },
  wecom: {
    exact: words('企业微信 企业微信账号 企业微信帐号 企业微信id 成员账号 wecom wecomid userid'),
  },
}

export const LINE_HEADINGS: Headings<LineColumn> = {
  line: { exact: words('条线 业务条线 条线名称 line') },
  department: { exact: words('部门 办理部门 承办部门 负责部门 机构 机构代码 department unit') },
}

/** The sheets of the workbook: how they are called, and the columns without which there is nothing. */
export const SHEETS = {
  units: { named: /机构|^units?$/i, needs: ['code', 'name', 'kind', 'parent'] },
  people: {
    named: /人员|员工|花名册|^(?:people|staff)$/i,
    needs: ['code', 'name', 'role', 'unit'],
  },
  lines: { named: /条线|^lines?$/i, needs: ['line', 'department'] },
} as const

/** What stands in the first column of a row that only shows how to fill in the others. */
export const EXAMPLE = /^(?:示例|例如|样例|example)/i
/** A sheet that only explains. */
export const EXPLAINS = /^(?:说明|填写说明|notes?|readme)$/i
/** In place of an address or number: there is none any more. */
export const NONE = /^(?:无|没有|-+|—+|none)$/i
