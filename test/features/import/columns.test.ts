/** @module-tag slow */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { plainHeading } from '../../../src/infra/sheets/headings.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'
import { bookOf, press, send, told } from './book.ts'

/** Says a line; resolves to what is shown once that is done. */
async function say(bank: Bank, code: string, line: string): Promise<string> {
  await bank.told()
  await bank.say(code, line)
  return told(bank, code)
}

describe.each(ONE_DATABASE)('on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  const HEADINGS = ['往来单位', '手机号', '工号', '经营概况', '备注']
  const named = (name: string, phone: string) =>
    bookOf(HEADINGS, [name, phone, 'M1', '城东', '不要打扰'])

  test('a line says what a column means, and the next book of that unit is read the same way', async () => {
    const first = await send(bank, 'L1', await named('李新', '13800010001'))
    expect(first).toContain('不能采用 1 行')
    expect(await say(bank, 'L1', '列 往来单位=姓名')).toContain('新客户 1 位')
    await say(bank, 'L1', '列 备注=不要')
    expect(await say(bank, 'L1', '列 经营概况 = 区域')).toMatch(/没有读的列："备注"/)
    expect(await press(bank, 'L1', '确认导入')).toContain('已导入')
    expect(
      await bank.rows(`select client.name, region, (select count(*)::int from client_note) as notes
        from client where name = '李新'`),
    ).toEqual([{ name: '李新', region: '城东', notes: 0 }])

    const next = await send(bank, 'M1', await named('陈存', '13800010002'))
    expect(next).toContain('新客户 1 位')
    expect(next).toContain('按上次的列（谢英 2026-11-23）')
    const elsewhere = await send(bank, 'L2', await named('丁', '13800010003'))
    expect(elsewhere).not.toContain('按上次的列')
    await say(bank, 'M1', '列 备注=备注')
    await press(bank, 'M1', '确认导入')
    expect(
      await bank.rows(
        'select chosen, staff.code from import_layout join staff on staff.id = decided_by',
      ),
    ).toEqual([
      {
        chosen: { [plainHeading('往来单位')]: 'name', 备注: 'note', 经营概况: 'region' },
        code: 'M1',
      },
    ])
  })

  test('two columns that could be one thing are asked about, and nothing is written before', async () => {
    const book = await bookOf(
      ['姓名', '手机1', '手机2', '工号', '商户名', '客户姓名'],
      ['李新', '13800010001', '13800010002', 'M1', '新记五金', '李二'],
    )
    expect(await send(bank, 'L1', book)).toContain('"手机1"和"手机2"都可以是同一项')
    await bank.say('L1', '列 手机3=不要')
    const chosen = await say(bank, 'L1', '列 手机2=不要')
    expect(chosen).toContain('新客户 1 位')
    expect(chosen).toContain('没有读的列："手机2"、"客户姓名"')
    await press(bank, 'L1', '确认导入')
    expect(
      await bank.rows("select phone, business_name as business from client where name = '李新'"),
    ).toEqual([{ phone: '+8613800010001', business: '新记五金' }])
    expect(await bank.rows("select 1 from upload where bytes <> ''")).toEqual([])
  })

  test('what cannot be a column, and a heading that is not there, are answered with what there is', async () => {
    await send(bank, 'L1', await named('李新', '13800010001'))
    expect(await say(bank, 'L1', '列 往来单位=星座')).toContain('没有"星座"这一项')
    expect(await say(bank, 'L1', '列 客户名=姓名')).toContain(
      '表里没有"客户名"这一列，有：往来单位、手机号',
    )
    await press(bank, 'L1', '放弃').catch(() =>
      bank.rows("update import set state = 'dropped' returning id"),
    )
    expect(await say(bank, 'L1', '列 往来单位=姓名')).toContain('没有等您确认的导入')
  })
})
