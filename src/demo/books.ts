import { addDays, type Day } from '../core/calendar/time.ts'
import { type Column, type SheetToWrite, writeWorkbook } from '../infra/sheets/spreadsheet.ts'
import type { DemoClient } from './clients.ts'
import type { People } from './people.ts'
import type { OldCall } from './work.ts'
import { OWN_PRODUCTS } from './work-reasons.ts'

// What a bank would hand over on its first day: workbooks of its people, its clients and of whom an older
// system knows to have been called, and two files out of its core system.

/** Nobody fills in more, so that cells need no form of their own. */
const column = (title: string): Column => ({ title, width: 16 })
const write = (sheets: readonly SheetToWrite[]) => writeWorkbook({ marker: null, sheets })

/** Units, people, and the department that serves a line of business. */
export const rosterBook = ({ units, staff }: People): Promise<Buffer> =>
  write([
    {
      name: '机构',
      columns: ['机构代码', '机构名称', '类型', '上级机构'].map(column),
      rows: units.map(({ code, name, kind, parent }) => [code, name, kind, parent]),
    },
    {
      name: '人员',
      columns: ['工号', '姓名', '岗位', '机构'].map(column),
      rows: staff.map(({ code, name, role, unit }) => [code, name, role, unit.code]),
    },
    { name: '条线', columns: ['条线', '部门'].map(column), rows: [['支付结算', 'DP']] },
  ])

/** The columns of `client` that stand in the book of clients, by their headings. */
const CLIENT_COLUMNS = {
  姓名: 'name',
  企业名称: 'business_name',
  身份证号: 'id_number',
  统一社会信用代码: 'credit_code',
  行业: 'industry',
  区域: 'region',
  地址: 'address',
  来源: 'source',
} as const

/** How the older system writes what came of a call. */
const RESULTS: Readonly<Record<string, string>> = {
  thinking: '考虑中',
  'no-answer': '没接',
  declined: '不需要',
}

/** Existing clients and prospects, each with its manager; and calls out of an older system. */
export const clientBook = (
  clients: readonly DemoClient[],
  calls: readonly OldCall[],
): Promise<Buffer> =>
  write([
    {
      name: '客户',
      columns: [...Object.keys(CLIENT_COLUMNS), '手机号', '客户类别', '客户经理工号'].map(column),
      rows: clients.map(({ row, phone, kind, manager }) => [
        ...Object.values(CLIENT_COLUMNS).map((column) => (row[column] as string | null) ?? null),
        phone,
        kind === 'existing' ? '存量' : '潜在',
        manager.code,
      ]),
    },
    {
      name: '历史',
      columns: ['手机号', '日期', '事项', '结果', '工号'].map(column),
      rows: calls.map(({ client, kind, on }) => [
        ...[client.phone, on, '电话', RESULTS[kind] ?? null, client.manager.code],
      ]),
    },
  ])

/** A line of each existing client, with what of it is used. */
export const facilitiesFeed = (clients: readonly DemoClient[], today: Day): Buffer =>
  csv(
    ['手机', '账号', '类型', '产品', '额度', '余额', '起始日', '到期日'],
    clients.flatMap(({ kind, phone, row, facts }, index) => {
      if (kind !== 'existing') return []
      const limit = Number(facts['credit_limit'])
      const balance = Math.round(limit * Number(facts['usage_rate']))
      const product = OWN_PRODUCTS[index % OWN_PRODUCTS.length]
      const ends = row['credit_expires_on'] as Day
      // Those of a year that is over were renewed a year ago.
      const opened = addDays(ends, -(ends > addDays(today, 365) ? 730 : 365))
      const account = `DK${String(index).padStart(8, '0')}`
      return [[phone, account, '授信', product, limit, balance, opened, ends]]
    }),
  )

/** What facilities say of a client, and what a department decides: no feed of facts has it. */
const ELSEWHERE = ['credit_limit', 'usage_rate', 'named_by_risk']

const camelCase = (column: string) =>
  column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Every fact of the clients that the standards ask for, under the names that these call them by. */
export function factsFeed(clients: readonly DemoClient[]): Buffer {
  const all = new Set(clients.flatMap(({ facts }) => Object.keys(facts)))
  const columns = [...all].filter((column) => !ELSEWHERE.includes(column))
  return csv(
    ['phone', ...columns.map(camelCase)],
    clients.map(({ phone, facts }) => [phone, ...columns.map((column) => facts[column])]),
  )
}

/** No value of these has a comma. */
const csv = (titles: readonly string[], rows: readonly (readonly unknown[])[]): Buffer =>
  Buffer.from([titles, ...rows].map((cells) => cells.map((cell) => cell ?? '').join()).join('\n'))
