import type { Cell, Sheet } from '../../../src/infra/sheets/spreadsheet.ts'

/** Sheets by their names, each as lines of cells with bars between; the first has the headings. */
export const sheetsOf = (sheets: Readonly<Record<string, string>>): Sheet[] =>
  Object.entries(sheets).map(([name, lines]) => ({
    name,
    hidden: false,
    rows: lines
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .map((line, index) => ({
        number: index + 1,
        hidden: false,
        faults: new Map(),
        cells: line.split('|').map((cell): Cell => cell.trim() || null),
      })),
  }))

const UNITS = `
  机构代码 | 机构名称 | 类型 | 上级机构
  示例 X1 | 某队 | 团队 | B1
  HQ | 总行 | 总行 |
  B1 | 城东支行 | 支行 | HQ
  B2 | 城西支行 | 支行 | 总行
  T1 | 一队 | 团队 | B1
  T2 | 二队 | 团队 | 城西支行
  DM | 营销部 | 部门 | HQ
  DR | 风险部 | 部门 | HQ
  DP | 支付部 | 部门 | HQ`
const PEOPLE = `
  工号 | 姓名 | 岗位 | 机构 | 手机 | 邮箱 | Slack ID | 企业微信账号
  示例 M1 | 张伟 | 客户经理 | T1
  H0 | 行长 | 分支机构负责人 | HQ | | h0@bank.cn | U0000000H0 | h0
  H1 | 东行长 | 负责人 | B1
  L1 | 谢英 | 团队主管 | 一队
  M1 | 周敏 | 客户经理 | T1 | 13800138000 | m1@bank.cn | U0000000M1 | zhoumin
  M2 | 李静 | 客户经理 | T2
  K1 | 方刚 | 营销管理 | DM
  R1 | 高远 | 风险管理 | DR
  D1 | 林涛 | 条线部门 | | | | |`
const LINES = `
  条线 | 部门
  支付结算 | DP
  对公 | 营销部`

/** A small bank, filled in without a fault; lines of a part are added behind it. */
export const bankSheets = (
  more: { readonly units?: string; readonly people?: string; readonly lines?: string } = {},
): Readonly<Record<string, string>> => ({
  机构: `${UNITS}\n${more.units ?? ''}`,
  人员: `${PEOPLE.replace('条线部门 |', '条线部门 | DP')}\n${more.people ?? ''}`,
  条线: `${LINES}\n${more.lines ?? ''}`,
})

/** The whole bank, with parts of its sheets in other words. */
export const changed = (...changes: [from: string, to: string][]) =>
  Object.fromEntries(
    Object.entries(bankSheets()).map(([name, lines]) => [
      name,
      changes.reduce((text, [from, to]) => text.replaceAll(from, to), lines),
    ]),
  )
