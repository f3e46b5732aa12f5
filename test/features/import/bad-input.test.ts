/** @module-tag slow */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bank, openBank } from '../../support/bank.ts'
import { DATABASES, ONE_DATABASE } from '../../support/open.ts'
import { bookOf, lastIntent, send, told } from './book.ts'

const confirm = async (bank: Bank, code: string, importId: string) => {
  await bank.send(code, { command: 'confirm-import', input: { importId } })
}

describe.each(DATABASES)('two people who import at once, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  test('the same new client is entered once, and the second hears that it is there', async () => {
    const row = ['李新', '13800010001', 'M1']
    const headings = ['姓名', '手机号', '工号', '地址']
    expect(await send(bank, 'H1', await bookOf(headings, [...row, null]))).toContain('新客户 1 位')
    expect(await send(bank, 'L1', await bookOf(headings, [...row, '西街1号']))).toContain(
      '新客户 1 位',
    )
    const both = await bank.rows<{ id: string; code: string }>(
      'select import.id, code from import join staff on staff.id = staff_id order by started_at, import.id',
    )
    await Promise.all(both.map(({ id, code }) => confirm(bank, code, id)))
    await bank.app.working.settled()
    const news = (await bank.told()).map(({ code, text }) => `${code} ${text}`)
    expect(news.filter((each) => /已导入.*新客户 1 位/s.test(each))).toHaveLength(1)
    expect(news.filter((each) => /已导入.*(?:有变化|没有变化) 1 位/s.test(each))).toHaveLength(1)
    expect(
      await bank.rows(`select count(*)::int as clients, max(address) as address,
        (select count(*)::int from task where client_id in (select id from client where name = '李新')) as tasks
        from client where name = '李新'`),
    ).toEqual([{ clients: 1, address: '西街1号', tasks: 1 }])
  })
})

describe.each(ONE_DATABASE)('a book that is wrong, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  test('of a manager who left, by code or name, it says so and enters nobody', async () => {
    await bank.rows("update staff set active = false where code = 'M3' returning id")
    const preview = await send(
      bank,
      'H1',
      await bookOf(
        ['姓名', '手机号', '客户经理'],
        ['李', '13800010001', 'M3'],
        ['王', '13800010002', '何勇'],
      ),
    )
    expect(preview).toContain('不能采用 2 行')
    expect(preview).toMatch(/2 行：.*离/)
    expect(await bank.rows('select reason from import_row')).toEqual([
      { reason: 'owner-left' },
      { reason: 'owner-left' },
    ])
  })

  test('of a manager who left after the preview, the row stays behind, and the others are written', async () => {
    const rows = [
      ['李', '13800010001', 'M3'],
      ['王', '13800010002', 'M1'],
    ]
    await send(bank, 'H1', await bookOf(['姓名', '手机号', '工号'], ...rows))
    await bank.rows("update staff set active = false where code = 'M3' returning id")
    const [waits] = await bank.rows<{ id: string }>('select id from import')
    await confirm(bank, 'H1', waits?.id ?? '')
    const result = await told(bank, 'H1')
    expect(result).toContain('新客户 1 位')
    expect(result).toContain('不能采用 1 行')
    expect(await bank.rows("select name from client where name in ('李', '王')")).toEqual([
      { name: '王' },
    ])
  })

  test('is dropped or confirmed in words, and nothing is guessed where two wait', async () => {
    const said = async (text: string) => JSON.stringify(await bank.say('H1', text))
    const book = (name: string, phone: string) =>
      bookOf(['姓名', '手机号', '工号'], [name, phone, 'M1'])
    expect(await said('确认导入')).toContain('没有等您确认的导入')
    await send(bank, 'H1', await book('李新', '13800010001'))
    await send(bank, 'H1', await book('王新', '13800010002'), '另一份.xlsx')
    const drop = await lastIntent(bank, 'H1', '放弃')
    expect(await said('确认导入')).toContain('有 2 份在等您确认')
    await bank.send('H1', drop, '放弃')
    await said('确认导入')
    await told(bank, 'H1')
    expect(await said('取消导入')).toContain('没有等您确认的导入')
    await send(bank, 'H1', await book('张新', '1.38E+10'))
    expect(await said('确认导入')).toContain('没有一行可以写入')
    expect(await bank.rows("select name from client where name in ('李新', '王新')")).toEqual([
      { name: '李新' },
    ])
  })

  test.each([0.3, 0.6, 0.9])('cut off after %d of it, it is refused as a whole', async (share) => {
    const rows = Array.from({ length: 40 }, (_, at) => [
      `客户${at}`,
      `138${String(at).padStart(8, '0')}`,
      'M1',
    ])
    const bytes = await bookOf(['姓名', '手机号', '工号'], ...rows)
    await bank.told()
    const half = bytes.slice(0, Math.floor(bytes.length * share))
    const [answer] = await bank.sendFile('H1', '客户.xlsx', half, '导入 客户')
    const said = `${JSON.stringify(answer)} ${await told(bank, 'H1')}`
    expect(said).toContain('可能没有传完整')
    expect(await bank.rows('select count(*)::int as staged from import_row')).toEqual([
      { staged: 0 },
    ])
  })
})
