import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { purgeImports } from '../../../src/features/import/undo/purge-imports.ts'
import { writeWorkbook } from '../../../src/infra/sheets/spreadsheet.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'
import { bookOf, press, send, stateOf, told } from './book.ts'

describe.each(ONE_DATABASE)('on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())
  const state = () => stateOf(bank)

  const book = () =>
    writeWorkbook({
      marker: 'clients',
      sheets: [
        {
          name: '客户',
          columns: [
            ...[
              '姓名',
              '手机号',
              '身份证号',
              '工号',
              '区域',
              '地址',
              '年销售额',
              '合同号',
              '额度',
              '余额',
              '持有产品',
              '备注',
            ],
          ].map((title) => ({ title, holds: 'text' })),
          rows: [
            [
              '李新',
              '13800010001',
              null,
              'M1',
              '城东',
              '城东路8号',
              '500万',
              null,
              null,
              null,
              '收单',
              '周末不接',
            ],
            [
              '陈存',
              '13800010002',
              null,
              'M3',
              null,
              null,
              null,
              'A-1',
              '80万',
              '20万',
              null,
              null,
            ],
            [
              '张三',
              '13490010001,13490010099',
              '11010519491231002X',
              null,
              '城西',
              '西街1号',
              '800万',
              null,
              null,
              null,
              '收单',
              '要扩店',
            ],
            [
              '赵强',
              '13490010004',
              null,
              null,
              null,
              null,
              null,
              'A-2',
              '60万',
              '10万',
              null,
              null,
            ],
          ],
        },
        {
          name: '历史',
          columns: ['手机号', '日期', '事项', '结果', '产品', '金额', '内容', '工号'].map(
            (title) => ({ title, holds: 'text' }),
          ),
          rows: [
            ['13800010001', '2026-10-08', '电话', '再考虑', null, null, '想扩店', 'M2'],
            ['13490010001', '2026-09-01', '走访', null, null, null, '看了库存', null],
            ['13490010001', '2026-11-02', '需求', null, '收单', null, '要收款码', null],
            ['13900000000', '2026-11-02', '电话', '没接', null, null, null, null],
          ],
        },
      ],
    })

  test('a book with its history is written, taken back as a whole, and what was before is there', async () => {
    const before = await state()
    const preview = await send(bank, 'H1', await book())
    expect(preview).toContain('历史记录 3 条')
    expect(preview).toContain('1 行：没有这位客户。')
    await press(bank, 'H1', '确认导入')
    expect(
      await bank.rows(`select client.name, outcome.kind, staff.name as by, logged_on::text as on,
          last_contact_on::text as last from outcome join client on client.id = client_id
        join staff on staff.id = staff_id`),
    ).toEqual([{ name: '李新', kind: 'thinking', by: 'Lee', on: '2026-10-08', last: '2026-10-08' }])
    expect(await bank.rows(`select kind from client where name = '赵强'`)).toEqual([
      { kind: 'existing' },
    ])
    const again = await send(bank, 'H1', await book())
    expect(again).toContain('没有变化 4 位')
    expect(again).not.toContain('历史记录')
    await bank.say('H1', '撤销导入')
    expect(await told(bank, 'H1')).toContain('已撤销 7 行')
    expect(await state()).toEqual(before)
  })

  test('whom somebody worked on since stays, and what somebody changed since', async () => {
    const headings = ['姓名', '手机号', '工号', '地址', '年销售额']
    const rows = [
      ['李新', '13800010001', 'M1', '城东路8号', '500万'],
      ['陈新', '13800010002', 'M1', null, null],
      ['张三', '13490010001', null, '西街1号', '800万'],
    ]
    await send(bank, 'L1', await bookOf(headings, ...rows))
    await press(bank, 'L1', '确认导入')
    await bank.say('M1', '走访 李新 库存充足')
    await bank.say('M1', '改 张三 地址 东街2号')
    await bank.say('L1', '撤销导入')
    const result = await told(bank, 'L1')
    expect(result).toContain('已撤销 1 行')
    expect(result).toContain('留下 2 行')
    expect(
      await bank.rows(`select name, address, annual_sales::int as sales from client
        left join client_facts on client_id = id where phone in
        ('+8613800010001', '+8613800010002', '+8613490010001') order by name`),
    ).toEqual([
      { name: '张三', address: '东街2号', sales: null },
      { name: '李新', address: '城东路8号', sales: 5_000_000 },
    ])
    expect((await bank.say('L1', '撤销导入')).length).toBe(1)
  })

  test('after a month nothing of a book is kept but that it was imported', async () => {
    await send(bank, 'H1', await book())
    await press(bank, 'H1', '确认导入')
    const purge = async (time: string) => {
      bank.setClock(time)
      await purgeImports.run(bank.app.services, bank.app.services.moment())
      return bank.rows(
        'select mapping from import join import_row on import.id = import_id limit 1',
      )
    }
    expect(await purge('2026-12-20T03:41:00+08:00')).toHaveLength(1)
    expect(await purge('2026-12-26T03:41:00+08:00')).toEqual([])
    expect(await bank.rows('select state, mapping from import')).toEqual([
      { state: 'done', mapping: {} },
    ])
    expect((await bank.say('H1', '撤销导入'))[0]?.blocks).toMatchObject([
      { text: expect.stringContaining('超过 30 天') },
    ])
  })
})
