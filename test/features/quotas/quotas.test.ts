import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { normalise } from '../../../src/bot/grammar/normalise.ts'
import { scan } from '../../../src/bot/grammar/scan/scan.ts'
import { day } from '../../../src/core/calendar/time.ts'
import { readLook, readSpan } from '../../../src/features/quotas/phrases.ts'
import { QUOTA_PHRASES } from '../../../src/features/quotas/set-words.ts'
import { readWorkbook, writeWorkbook } from '../../../src/infra/sheets/spreadsheet.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { momentOf } from '../../support/moment.ts'
import { ONE_DATABASE } from '../../support/open.ts'
import { play } from '../../support/play.ts'
import { press, send, told } from '../import/book.ts'

const MONDAY = day('2026-11-23')
const AT = momentOf('2026-11-23T09:00:00+08:00')

const readQuota = (said: string) =>
  QUOTA_PHRASES.scans?.(scan(`指标 ${said}`, { at: AT, names: [] }), 3).reading

test.each<[string, string | null]>([
  ['12月', '2026-12'],
  ['1月', '2027-01'],
  ['11月', '2026-11'],
  ['10月', '2026-10'],
  ['本月', '2026-11'],
  ['下月', '2026-12'],
  ['2027-03', '2027-03'],
  ['十月', '2026-10'],
  ['上个月', '2026-10'],
  ['Oct', '2026-10'],
  ['December', '2026-12'],
  ['四季度', '2026-Q4'],
  ['一季度', '2027-Q1'],
  ['2026年4季度', '2026-Q4'],
  ['2027 Q2', '2027-Q2'],
  ['Q4', '2026-Q4'],
  ['下季度', '2027-Q1'],
  ['2027年', '2027'],
  ['明年', '2027'],
  ['13月', null],
  ['五季度', null],
  ['3月5日', null],
  ['M1', null],
])('the span %s is %s', (said, month) => {
  expect(readSpan(said, MONDAY)).toBe(month)
})

test.each<[string, object | null]>([
  [
    '12月 M1 走访 20 新客 8',
    {
      span: '2026-12',
      of: 'M1',
      targets: [
        { measure: 'visits', target: 20, stretch: null },
        { measure: 'new-clients', target: 8, stretch: null },
      ],
    },
  ],
  [
    '一队 走访200次',
    { span: '2026-11', of: '一队', targets: [{ measure: 'visits', target: 200, stretch: null }] },
  ],
  [
    'last month M1 visits 5',
    { span: '2026-10', of: 'M1', targets: [{ measure: 'visits', target: 5, stretch: null }] },
  ],
  [
    'M1 12月 走访20',
    { span: '2026-12', of: 'M1', targets: [{ measure: 'visits', target: 20, stretch: null }] },
  ],
  [
    'Q4 一队 放款额300万 挑战 400万 走访 20',
    {
      span: '2026-Q4',
      of: '一队',
      targets: [
        { measure: 'granted-amount', target: 3_000_000, stretch: 4_000_000 },
        { measure: 'visits', target: 20, stretch: null },
      ],
    },
  ],
  [
    '一队12月放款五百万',
    {
      span: '2026-12',
      of: '一队',
      targets: [{ measure: 'granted-amount', target: 5_000_000, stretch: null }],
    },
  ],
  [
    '明年一月 M1 走访 二十次、新客八户',
    {
      span: '2027-01',
      of: 'M1',
      targets: [
        { measure: 'visits', target: 20, stretch: null },
        { measure: 'new-clients', target: 8, stretch: null },
      ],
    },
  ],
  ['12月 M1 挑战 30', null],
  ['12月 M1 喝茶 20', null],
  ['12月 M1 走访 20 喝茶 5', null],
  ['12月 M1 走访 20 30', null],
  ['一队 走访怎么样', null],
])('the quota %s', (said, input) => {
  expect(readQuota(said)).toEqual(input ? { kind: 'understood', input } : { kind: 'no' })
})

test.each<[string, readonly string[]]>([
  ['12月 M1 放款额 300', ['targets.0.target']],
  ['12月 M1 走访', ['targets.0.target']],
  ['12月 M1 走访 很多', ['targets.0.target']],
  ['12月 M1 走访 20多 挑战 三四十 新客 8', ['targets.0.target', 'targets.0.stretch']],
  ['12月 M1 走访 2-3', ['targets.0.target']],
  ['13月 M1 走访 20', ['span']],
  ['12月15日 M1 走访 20', ['span']],
  ['下周 M1 走访 20', ['span']],
  ['12月 走访 20', ['of']],
  ['12月 M1 M2 走访 20', ['of']],
])('the quota %s asks for %j and keeps the rest', (said, slots) => {
  const reading = readQuota(said)
  expect(reading?.kind === 'asks' && reading.doubts.flatMap((each) => each.slots)).toEqual(slots)
})

test.each<[string, string | null, string | null]>([
  ['', null, null],
  ['上月', '2026-10', null],
  ['上个月完成情况', '2026-10', null],
  ['last month', '2026-10', null],
  ['本月', '2026-11', null],
  ['下月', '2026-12', null],
  ['10月', '2026-10', null],
  ['十月份', '2026-10', null],
  ['2026-10', '2026-10', null],
  ['2026年9月', '2026-09', null],
  ['October', '2026-10', null],
  ['Sep 2025', '2025-09', null],
  ['12月', '2026-12', null],
  ['1月', '2027-01', null],
  ['3月', '2026-03', null],
  ['10月 一队', '2026-10', '一队'],
  ['上月 M1', '2026-10', 'M1'],
  ['M1', null, 'M1'],
  ['三季度', '2026-Q3', null],
  ['今年 一队', '2026', '一队'],
  ['2025', '2025', null],
  ['十月指标', '2026-10', null],
  ['上月的指标', '2026-10', null],
])('progress of "%s" is that of %s, %s', (said, span, of) => {
  expect(readLook(normalise(said), MONDAY)).toEqual({ kind: 'understood', input: { span, of } })
})

test.each<[string, string]>([
  ['2027-01-05', '2026-12'],
  ['2026-12-05', '2026-12'],
])('looked for on %s, 12月 is %s', (today, span) => {
  expect(readLook('12月', day(today))).toMatchObject({ input: { span } })
})

describe.each(ONE_DATABASE)('quotas on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  test('are set by a line, and progress stands on the list and in sums', () =>
    play(
      bank,
      `
      L1> 指标 本月 M1 走访 2 新客 3 联系 5
      已定 2026-11 指标：周敏 走访 2、新客 3、联系 5。
      H1> 指标 一队 走访 10
      已定 2026-11 指标：一队 走访 10。
      M1> 走访 张三 库存充足
      M1> 新客户 李四 13800138000 五金店
      M1> 今日
      本月指标：走访 1/2 · 新客 1/3 · 联系 0/5
      M1> 1 没接
      M1> 2 拒绝
      M1> 指标
      周敏 走访 1/2 · 新客 1/3 · 联系 1/5
      L1> 指标
      一队 走访 1/10
      周敏 走访 1/2
      L1> 指标 本月 M1 走访 0
      M1> 今日
      本月指标：新客 1/3 · 联系 1/5
      M3> 走访 钱进 换了新机器
      M3> 指标
      本月没有定指标。
      本月做了
      何勇 走访 1 · 新客 0 · 联系 0 · 需求 0 · 申请 0 · 放款 0 · 申请额 0元 · 放款额 0元
      L2> 指标
      本月没有定指标。
      二队 走访 1
      L1> 指标 M3 走访 5
      您的机构里没有"M3"
      L1> 指标 一队 走访 0
      本机构的指标由上级来定，没有改动。
      H1> 指标 B1 走访 1
      本机构的指标由上级来定
      K1> 指标 B1 走访 30
      已定 2026-11 指标：城东支行 走访 30。
      L1> 指标 10月 M1 走访 5
      2026年10月已经过去，不能再定指标。看当时的进度说"指标 2026-10"。
      M1> 指标 M1 走访 1
      不在您的岗位功能里
      `,
    ))

  test('are of a quarter or a year too, of amounts, with a stretch, against the workdays gone', () =>
    play(
      bank,
      `
      L1> 指标 本季度 M1 申请额 300万 挑战 400万 走访 45
      已定 2026-Q4 指标：周敏 申请额 300万（挑战 400万）、走访 45。
      L1> 指标 今年 M1 走访 3
      M1> 今日
      M1> 1 已申请 50万
      M1> 走访 张三 库存充足
      M1> 指标
      本季度指标
      周敏 走访 1/45 · 申请额 50万/300万（挑战 400万）
      已过 33/62 个工作日，落后：走访（应到 23）、申请额（应到 159万）
      今年指标
      周敏 走访 1/3
      M1> 指标 四季度
      走访 1/45
      L1> 指标 本季度 M1 申请额 350万
      L1> 指标 四季度 M1
      申请额 50万/350万（挑战 400万）
      L1> 指标 本季度 M1 走访 50 挑战 45
      走访的挑战值 45 要高于指标 50，没有改动。
      L1> 指标 2026年三季度 M1 走访 5
      2026年三季度已经过去
      L1> 指标 本月 M1 走访 200000
      走访指标最多 100000，没有改动。
      `,
    ))

  test('of another month are shown, of all or of one', () =>
    play(
      bank,
      `
      @ 2026-10-12T09:00:00+08:00
      L1> 指标 本月 M1 走访 2
      H1> 指标 一队 走访 10
      L1> 指标 11月 M2 走访 3
      M1> 走访 张三 库存充足
      @ 2026-11-23T09:00:00+08:00
      L1> 指标 上月
      2026年10月指标
      一队 走访 1/10
      周敏 走访 1/2
      L1> 上月指标
      2026年10月指标
      L1> 指标 10月 M1
      周敏 走访 1/2
      L1> 指标 下月
      2026年12月没有定指标。
      L1> 指标 M9
      您的机构里没有"M9"
      L1> 指标 上月 M1 走访 5
      2026年10月已经过去
      M1> 指标 2026-10
      2026年10月指标
      周敏 走访 1/2
      M1> 指标 上月 M2
      您可以看自己的指标
      M2> quotas
      Quotas of this month
      Lee visits 0/3
      M2> quotas last month
      No quotas are set for October 2026.
      Done in October 2026
      Lee visits 0 · new clients 1
      `,
    ))

  test('count new clients where they came on file, in the month of the bank', async () => {
    const moment = (table: string, column: string, client: string, time: string) =>
      bank.rows(`update ${table} set ${column} = '2026-${time}+08:00'
        where ${table === 'client' ? 'id' : 'client_id'} in (
          select id from client where name = '${client}') returning 1`)
    await moment('client', 'entered_at', '孙丽', '10-31T23:59:59')
    await moment('client', 'entered_at', '张三', '11-01T00:00:00')
    await moment('client', 'entered_at', '赵强', '11-30T23:59:59')
    await moment('client', 'entered_at', 'Tom', '12-01T00:00:00')
    await play(
      bank,
      `
      L1> 指标 本月 M1 新客 3 需求 4
      L1> 指标 本月 M2 新客 3
      H1> 指标 一队 新客 9
      M1> 需求 张三 结算卡
      M1> 需求 赵强 结算卡
      M1> 指标
      周敏 新客 2/3 · 需求 2/4
      H1> 交接 M1 给 Lee
      H1> 1
      已交接
      @ 2026-11-23T08:12:00+08:00
      H1> 交接 M2 给 何勇
      H1> 1
      已交接
      L1> 指标
      一队 新客 2/9
      周敏 新客 2/3
      Lee 新客 0/3
      `,
    )
    await moment('need', 'registered_at', '张三', '10-31T23:59:59')
    await moment('need', 'registered_at', '赵强', '11-01T00:00:00')
    await play(bank, 'H1> 撤销\nM1> 指标\n周敏 新客 2/3 · 需求 1/4')
  })

  test.each([
    ['2026-12-01', '2026-12'],
    ['2026-12-15', '2026-12'],
    ['2026-12-16', '2027-01'],
    ['2026-11-02', '2026-12'],
  ])(
    'the sheet of %s is for %s: this month has quotas, or half of it is over',
    async (today, month) => {
      bank.setClock('2026-11-01T09:00:00+08:00')
      await bank.say('L1', '指标 11月 M1 走访 20')
      bank.setClock(`${today}T09:00:00+08:00`)
      const [card] = await bank.say('L1', '指标表')
      expect(card?.blocks).toContainEqual(expect.objectContaining({ name: `指标-${month}.xlsx` }))
    },
  )

  test('are set by a workbook once it was looked at, and taken back but for what was set since', async () => {
    const [card] = await bank.say('H1', '指标表')
    const file = card?.blocks.find((block) => block.kind === 'file')
    const { marker, sheets } = await readWorkbook(
      'q.xlsx',
      Buffer.from(file?.base64 ?? '', 'base64'),
    )
    const rows = sheets[0]?.rows.map(({ cells }) => cells) ?? []
    expect(rows.map(([month, code]) => [month, code])).toEqual([
      ['月份', '代码'],
      ['2026-12', 'T1'],
      ['2026-12', 'T2'],
      ['2026-12', 'M1'],
      ['2026-12', 'M2'],
      ['2026-12', 'M3'],
    ])
    const filled = (visits: unknown[]) =>
      writeWorkbook({
        marker: marker ?? '',
        sheets: [
          {
            name: '指标',
            columns: (rows[0] ?? []).map((title) => ({ title: String(title) })),
            rows: rows
              .slice(1)
              .map((cells, place) => [...cells.slice(0, 3), visits[place] as number]),
          },
        ],
      })
    const book = await filled([40, null, 20.5, 20])
    const shown = await send(bank, 'H1', book, '指标.xlsx')
    expect(shown).toMatch(/指标 · 共 5 行，还没有写入.*新的 2 行\n.*不能采用 1 行\n.*走访应为/s)
    expect(await send(bank, 'L1', book, '指标.xlsx')).toContain('本机构的指标由上级来定')
    await press(bank, 'L1', '放弃')
    expect(await bank.rows(`select 1 from quota`)).toEqual([])
    await press(bank, 'H1', '放弃')
    await bank.say('L1', '指标 12月 M1 走访 5')
    const again = await send(bank, 'H1', await filled([40, null, 20]), '指标.xlsx')
    expect(again).toMatch(/新的 1 行\n.*有变化 1 行（走访 1）\n.*没有变化 3 行/)
    expect(await press(bank, 'H1', '确认导入')).toContain('已导入')
    expect(await bank.rows(`select span, measure, target::int from quota order by target`)).toEqual(
      [
        { span: '2026-12', measure: 'visits', target: 20 },
        { span: '2026-12', measure: 'visits', target: 40 },
      ],
    )
    await bank.say('H1', '指标 12月 一队 走访 41')
    await bank.say('H1', '撤销导入')
    expect(await told(bank, 'H1')).toMatch(/已撤销 1 行\n.*留下 1 行/)
    expect(await bank.rows(`select target::int from quota order by target`)).toEqual([
      { target: 5 },
      { target: 41 },
    ])
  })
})
