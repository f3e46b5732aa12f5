/** @module-tag long */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../../src/core/ids.ts'
import { readWorkbook } from '../../../src/infra/sheets/spreadsheet.ts'
import { type Bank, bankOn, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'
import { bookOf, lastIntent, press, send, told } from './book.ts'

describe.each(DATABASES)('on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  test('shows what a book would change, writes it on a yes, and finds the same of it again', async () => {
    const book = await bookOf(
      [
        '姓名',
        '手机号',
        '客户经理',
        '区域',
        '授信账号',
        '授信额度(万元)',
        '余额',
        '授信到期日',
        '年销售额',
        '备注',
      ],
      ['李新', '13800010001', '周敏', '城东', null, null, null, null, '500万', '周末不接电话'],
      ['陈存', '13800010002', '何勇', '城 西', 'A-1', 80, '123,456.00', '2027-11-30', null, null],
      ['张三', '13490010001', null, '城东', null, null, null, null, '800万', null],
      ['钱进', '13490010007', null, null, null, null, null, null, null, null],
    )
    const preview = await send(bank, 'H1', book)
    expect(preview).toContain('新客户 2 位')
    expect(preview).toContain('有变化 1 位')
    expect(preview).toContain('没有变化 1 位')
    expect(await bank.rows("select 1 from client where name = '李新'")).toEqual([])
    expect(await press(bank, 'H1', '确认导入')).toContain('已导入')
    expect(
      await bank.rows(
        `select client.name, client.kind, staff.code, region, client.phone, tier, credit_limit::int as "limit",
           usage_rate as usage, annual_sales::int as sales, credit_expires_on::text as ends, source
         from client join staff on staff.id = owner_id
         left join client_facts on client_id = client.id left join client_tier using (client_id)
         where client.name in ('李新', '陈存', '张三')
         order by array_position(array['张三', '李新', '陈存'], client.name)`,
      ),
    ).toEqual([
      {
        ...{ name: '张三', kind: 'existing', code: 'M1', region: '城东', phone: '+8613490010001' },
        ...{ tier: 'B', limit: 900_000, usage: 0.2, sales: 8_000_000, ends: null, source: 'list' },
      },
      {
        ...{ name: '李新', kind: 'prospect', code: 'M1', region: '城东', phone: '+8613800010001' },
        ...{
          tier: 'undetermined',
          limit: null,
          usage: null,
          sales: 5_000_000,
          ends: null,
          source: 'list',
        },
      },
      {
        ...{ name: '陈存', kind: 'existing', code: 'M3', region: '城 西', phone: '+8613800010002' },
        ...{
          tier: 'unclassified',
          limit: 800_000,
          usage: 0.15432,
          sales: null,
          ends: '2027-11-30',
          source: 'list',
        },
      },
    ])
    expect(
      await bank.rows(`select task.kind, due_on::text as due from task join client on client.id = client_id
      where client.name = '李新'`),
    ).toHaveLength(1)
    const again = await send(bank, 'H1', book)
    expect(again).toContain('没有变化 4 位')
    expect(again).not.toMatch(/新客户|· 有变化|确认导入/)
  })

  test('says of each row that is not taken why, and takes it once it is mended', async () => {
    await bank.say('R1', '负面 13800010009 骗贷')
    const headings = [
      '姓名',
      '手机号',
      '身份证号',
      '工号',
      '客户经理',
      '合同号',
      '额度',
      '年销售额',
    ]
    const ID = '11010519491231002X'
    const book = await bookOf(
      headings,
      ['甲', '13800010001', null, 'M1', null, null, null, '500万'],
      ['甲', '13800010001', null, 'M1', null, null, null, '500万'],
      ['甲', '13800010001', null, null, null, 'A-1', '80万', null],
      ['乙', '13800010002', null, 'M1', null, null, null, '500万'],
      ['乙', '13800010002', null, 'M1', null, null, null, '600万'],
      ['丙', '13800010003', null, null, null, null, null, null],
      ['丁', '13800010004', null, 'X9', null, null, null, null],
      ['戊', '13800010005', null, 'L1', null, null, null, null],
      ['己', '13800010006', null, 'M3', null, null, null, null],
      ['庚', '13800010007', null, 'M1', '何勇', null, null, null],
      [null, '13800010008', null, 'M1', null, null, null, null],
      ['辛', '13800010009', null, 'M1', null, null, null, null],
      ['钱进', '13490010007', null, null, null, null, null, null],
      ['张山', '13490010001', null, null, null, null, null, null],
      ['张三', '13490010001', ID, null, null, null, null, null],
      ['王芳', '13490010002,13490010003', null, null, null, null, null, null],
    )
    const preview = await send(bank, 'L1', book)
    expect(preview).toContain('新客户 1 位')
    expect(preview).toContain('在负面清单上 1 位')
    expect(preview).toContain('别人在服务 1 位')
    expect(preview).toContain('不能采用 11 行')
    expect(preview).toContain('4 行：同一客户在表里写了两次')
    expect(
      (
        await bank.rows<{ line: number; verdict: string; reason: string | null }>(
          'select line, verdict, reason from import_row order by number',
        )
      ).map(({ line, verdict, reason }) => `${line} ${reason ?? verdict}`),
    ).toEqual([
      ...['2 new', '3 twice', '4 also', '5 differs', '6 differs', '7 owner-missing'],
      ...['8 owner-unknown', '9 owner-no-manager', '10 owner-outside', '11 owner-differs'],
      ...['12 no-name', '13 listed', '14 foreign', '15 differs', '16 differs', '17 two-clients'],
    ])
    await press(bank, 'L1', '确认导入')
    expect(
      await bank.rows(`select client.name, client.kind, account, credit_limit::int as "limit"
        from client left join facility on client_id = client.id where client.name in ('甲', '乙', '辛')`),
    ).toEqual([{ name: '甲', kind: 'existing', account: 'A-1', limit: 800_000 }])

    const [rejects] = (await bank.send('L1', await lastIntent(bank, 'L1', '不采用的行'))).flatMap(
      ({ blocks }) => blocks.flatMap((block) => (block.kind === 'file' ? [block] : [])),
    )
    const { sheets } = await readWorkbook('x.xlsx', Buffer.from(rejects?.base64 ?? '', 'base64'))
    expect(sheets[0]?.rows.map(({ cells }) => [cells[0], cells[8]]).slice(0, 3)).toEqual([
      ['姓名', '问题'],
      ['乙', '同一客户在表里写了两次，内容不同，请只留一行或改成一致。'],
      ['乙', '同一客户在表里写了两次，内容不同，请只留一行或改成一致。'],
    ])
    expect(
      await bank.rows("select given_out as rows from act where command = 'import-rejects'"),
    ).toEqual([{ rows: (sheets[0]?.rows.length ?? 0) - 1 }])
    const mended = await send(
      bank,
      'L1',
      await bookOf(
        [...headings, '问题'],
        ['乙', '13800010002', null, 'M1', null, null, null, '600万', '原因'],
      ),
    )
    expect(mended).toContain('新客户 1 位')
    expect(mended).not.toContain('没有读的列')
  })

  test('a manager imports prospects of their own; who may import no more is told so', async () => {
    const book = await bookOf(['姓名', '手机号'], ['李', '13800010001'], ['钱进', '13490010007'])
    const preview = await send(bank, 'M1', book)
    expect(preview).toContain('新客户 1 位')
    expect(preview).toContain('别人在服务 1 位')
    await bank.rows("update staff set role = 'staff' where code = 'M1' returning id")
    await bank.rows("update import set state = 'running', act_id = id returning id")
    bank.app.working.wake()
    expect(await told(bank, 'M1')).toContain('不能导入这份表')
    expect(await bank.rows("select 1 from client where name = '李'")).toEqual([])
  })

  test('what a process left half written is gone on with, and nothing is written twice', async () => {
    const rows = Array.from({ length: 1200 }, (_, at) => [
      `客户${at}`,
      `138${String(at).padStart(8, '0')}`,
      'M1',
    ])
    await send(bank, 'H1', await bookOf(['姓名', '手机号', '工号'], ...rows))
    const act = newId()
    await bank.rows(`update import set state = 'running', next = 0, act_id = '${act}' returning id`)
    const stop = bank.app.working
    stop.wake()
    await stop.stop()
    const [half] = await bank.rows<{ next: number; state: string }>(
      'select next, state from import',
    )
    expect(half).toMatchObject({ state: 'running' })
    expect(half?.next).toBeGreaterThan(0)
    await bank.close()
    bank = await bankOn(bank.database, null)
    bank.app.working.wake()
    expect(await told(bank, 'H1')).toContain('新客户 1200 位')
    expect(
      await bank.rows(`select count(*)::int as count, count(distinct phone)::int as phones from client
        where name like '客户%'`),
    ).toEqual([{ count: 1200, phones: 1200 }])
  })
})
