/** @module-tag long */

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bank, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'
import { bookOf, send, stateOf, told } from './book.ts'

const HEADINGS = [
  ...['手机号', '姓名', '工号', '地址', '区域', '年销售额', '征信良好'],
  ...['合同号', '额度', '余额', '授信到期日', '持有产品', '备注'],
]

/** People on file, and people who are not, as a book names them. */
const PEOPLE = [
  ['13490010001', '张三'],
  ['13490010004', '赵强'],
  ['13490010006', 'Tom'],
  ['13800010001', '李新'],
  ['13800010002', '陈新'],
] as const

const maybe = <Value>(...values: readonly Value[]) => fc.constantFrom(null, ...values)

/** What a row says of somebody; an account is nobody else's. */
const row = (at: number) =>
  fc
    .record({
      address: maybe('城东路8号', '西街1号'),
      region: maybe('城东', '城西'),
      sales: maybe('500万', '600万'),
      credit: maybe('是', '否'),
      facility: maybe(['80万', '20万', '2027-11-30'], ['60万', '0', '2026-12-10']),
      held: maybe('收单', '代发工资、收单'),
      note: maybe('周末不接', '要扩店'),
    })
    .map(({ address, region, sales, credit, facility, held, note }) => [
      ...[...(PEOPLE[at] ?? []), at > 2 ? 'M1' : null],
      ...[address, region, sales, credit],
      ...(facility ? [`A-${at}`, ...facility] : [null, null, null, null]),
      ...[held, note],
    ])

/** Some of the people, in any order. */
const book = fc
  .shuffledSubarray(
    PEOPLE.map((_, at) => at),
    { minLength: 1 },
  )
  .chain((who) => fc.tuple(...who.map(row)))

describe.each(DATABASES)('on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  /** Writes what a book changes; false: it changes nothing. */
  async function write(rows: readonly (readonly (string | null)[])[]): Promise<boolean> {
    const preview = await send(bank, 'H1', await bookOf(HEADINGS, ...rows))
    expect(preview).not.toContain('不能采用')
    const changes = /· (?:新客户|有变化|同一客户)/.test(preview)
    const [waits] = await bank.rows<{ id: string }>(`select id from import where state = 'preview'`)
    const input = { importId: waits?.id }
    await bank.send('H1', { command: changes ? 'confirm-import' : 'drop-import', input })
    await bank.app.working.settled()
    expect(await bank.rows(`select 1 from import where state = 'preview'`)).toEqual([])
    return changes
  }

  async function takeBack(): Promise<void> {
    await bank.say('H1', '撤销导入')
    expect(await told(bank, 'H1')).toContain('已撤销')
  }

  test('any two books written one after the other, and taken back, leave what was there before each; a book again changes nothing', () =>
    fc.assert(
      fc.asyncProperty(book, book, async (first, second) => {
        const before = await stateOf(bank)
        const one = await write(first)
        expect(await write(first)).toBe(false)
        const between = await stateOf(bank)
        const two = await write(second)
        if (two) await takeBack()
        expect(await stateOf(bank)).toEqual(between)
        if (one) await takeBack()
        expect(await stateOf(bank)).toEqual(before)
      }),
      { numRuns: 3, endOnFailure: true },
    ))
})
