import { text } from '../../../core/text.ts'
import { CLIENT_COLUMNS } from './client-columns.ts'
import type { ColumnSpec } from './rules.ts'

const words = (all: string): readonly string[] => all.split(' ')
const { name, phone, id, code, account } = CLIENT_COLUMNS

/** The columns of what was done with clients before: talks, visits, needs, applications of an old system. */
export const HISTORY_COLUMNS = {
  ...{ name, phone, id, code, account },
  on: {
    ...{ label: text('日期', 'day'), kind: 'day' },
    exact: words(
      '日期 时间 联系日期 沟通日期 跟进日期 拜访日期 走访日期 登记日期 发生日期 day date on',
    ),
  },
  what: {
    ...{ label: text('事项', 'what'), kind: 'word' },
    exact: words(
      '事项 方式 跟进方式 沟通方式 联系类型 跟进类型 记录类型 活动类型 类型 what kind type',
    ),
    words: {
      ...{ 电话: 'call', 通话: 'call', 电访: 'call', 电话营销: 'call', 微信: 'call', call: 'call' },
      ...{
        面谈: 'visit',
        拜访: 'visit',
        走访: 'visit',
        上门: 'visit',
        实地: 'visit',
        visit: 'visit',
      },
      ...{ 需求: 'need', need: 'need', 申请: 'application', 进件: 'application' },
      ...{ application: 'application', 备注: 'note', 其他: 'note', 记录: 'note', note: 'note' },
    },
  },
  result: {
    ...{ label: text('结果', 'result'), kind: 'text', most: 60 },
    exact: words('结果 沟通结果 跟进结果 联系结果 反馈 客户反馈 outcome result'),
  },
  product: {
    ...{ label: text('产品', 'product'), kind: 'product' },
    exact: words('产品 产品名称 需求产品 申请产品 product'),
  },
  amount: {
    ...{ label: text('金额', 'amount'), kind: 'yuan' },
    exact: words('金额 需求金额 申请金额 意向金额 amount'),
  },
  about: {
    ...{ label: text('内容', 'note'), kind: 'text', most: 500 },
    exact: words('内容 沟通内容 跟进内容 记录 备注 说明 摘要 详情 note notes content'),
    anyOfThem: true,
  },
  byCode: {
    ...{ label: text('经办人工号', 'staff code'), kind: 'staff' },
    exact: words('工号 经办人工号 客户经理工号 员工号 staffcode'),
  },
  by: {
    ...{ label: text('经办人', 'by'), kind: 'staff' },
    exact: words('经办人 客户经理 经理 跟进人 拜访人 登记人 记录人 by manager'),
  },
} as const satisfies Readonly<Record<string, ColumnSpec>>
export type HistoryColumn = keyof typeof HISTORY_COLUMNS
