/** @module-tag slow */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requestExits } from '../../src/features/risk/exit/request-exits.ts'
import { lapseEntries } from '../../src/features/risk/list/lapse-entries.ts'
import { readWorkbook, writeWorkbook } from '../../src/infra/sheets/spreadsheet.ts'
import { lastIntent, press, send, told } from '../features/import/book.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { hire } from '../support/hire.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'
import { visitorsOf } from '../support/visitor.ts'

/** A removal has its second person. */
const CONFIRMED = '已请 方刚、叶青 确认\nK1> 待确认\nK1> [确认]\n已确认，已生效：移出负面清单'

describe.each(ONE_DATABASE)('risk on %s', (kind) => {
  let bank: Bank
  const run = (job: typeof lapseEntries) => job.run(bank.app.services, bank.app.services.moment())
  const tasksOf = (name: string) =>
    bank.rows<{ status: string; why: string | null; due: string }>(
      `select task.status, no_next as why, due_on::text as due from task
       join client on client.id = client_id where task.kind = 'call' and client.name = '${name}' order by task.id`,
    )
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test('on the negative list marketing ends at once; off it, or lapsed, it goes on', async () => {
    await bank.told()
    await play(
      bank,
      `
      R1> 负面 13490010001 冒用他人资料 至 2027-12-31
      已列入负面清单：…0001，冒用他人资料，到 2027年12月31日。
      M1<
      已列入负面清单，不再营销：张三。未办的营销任务已取消。
      M1> 查 张三
      在负面清单上，不做营销。
      M1> 查负面 张三
      "查负面 张三"不在您的岗位功能里，由风险管理来办。
      R1> 查负面 张三
      "张三"不是有效的手机号、身份证号或统一社会信用代码
      R1> 负面 查 13490010001
      冒用他人资料 · 到 2027-12-31 · 高远
      R1> 负面 13490010001 冒用他人资料 至 2027-12-31
      已在负面清单上
      M1> 负面 13490010002 x
      不在您的岗位功能里
      `,
    )
    expect(await tasksOf('张三')).toEqual([
      { status: 'cancelled', why: 'negative-list', due: '2026-11-20' },
    ])
    await play(
      bank,
      `
      R1> 负面 移除 13490010001
      为什么移出？请写理由。
      R1> 已核实是本人
      已请 方刚、叶青 确认，14 天内有效；确认前不生效
      K1> 待确认
      高远 请第二人确认：
      移出负面清单：…0001（原因曾为：冒用他人资料）
      理由：已核实是本人
      K1> [确认]
      已确认，已生效：移出负面清单：…0001
      M1<
      已移出负面清单，可以继续营销：张三。
      R1> 负面 移除 13490010001 误登
      不在负面清单上，没有改动。
      `,
    )
    expect(await tasksOf('张三')).toEqual([{ status: 'open', why: null, due: '2026-11-23' }])
    expect(await bank.rows('select end_reason as why from negative_entry')).toEqual([
      { why: '已核实是本人' },
    ])
    await play(bank, 'R1> 负面 13490010001 投诉 至 2026-11-30\n已列入')
    bank.setClock('2026-11-30T00:13:00+08:00')
    await run(lapseEntries)
    expect((await tasksOf('张三'))[0]?.status).toBe('cancelled')
    bank.setClock('2026-12-01T00:13:00+08:00')
    await run(lapseEntries)
    expect((await tasksOf('张三'))[0]).toEqual({ status: 'open', why: null, due: '2026-12-01' })
    bank.setClock('2026-11-23T10:00:00+08:00')
  })

  test('whoever was marked by hand comes off the list too', async () => {
    await bank.rows(`update client set negative_list = true where name = '孙丽' returning 1`)
    await play(bank, `R1> 负面 移除 13490010005 误登\n${CONFIRMED}\nM1<\n可以继续营销：孙丽`)
  })

  test('two entries for one client: only the end of both lets marketing go on', async () => {
    await play(
      bank,
      'R1> 负面 13490010004 甲\n已列入\nR1> 负面 13490010004 乙 至 2026-11-25\n已列入',
    )
    bank.setClock('2026-11-26T00:13:00+08:00')
    await run(lapseEntries)
    expect((await tasksOf('赵强'))[0]?.status).toBe('cancelled')
    bank.setClock('2026-11-23T10:00:00+08:00')
    await play(bank, `R1> 负面 移除 13490010004 误登\n${CONFIRMED}`)
    expect((await tasksOf('赵强'))[0]?.status).toBe('open')
  })

  test('whoever is on the list is stopped at the chat’s door, with the words for a colleague’s client', async () => {
    await play(
      bank,
      `
      R1> 负面 13800138000 冒用资料
      长期
      M1> 新客户 李四 13800138000 五金店
      这个手机号不能登记：已有客户经理在服务，或有其他限制。
      L1<
      周敏 想登记手机号 …8000，没有登记：这个号码在负面清单上。
      M1> 新客户 李四 13490010007 五金店
      这个手机号不能登记：已有客户经理在服务，或有其他限制。
      L1<
      周敏 想登记手机号 …0007，没有登记：这个号码是 何勇 的客户。
      R1> 负面 1380013 冒用
      不是有效的手机号、身份证号或统一社会信用代码
      R1> 负面 110101199003071234 理由
      不是有效的身份证号或统一社会信用代码，请核对。
      `,
    )
    expect(await bank.rows(`select 1 from client where name = '李四'`)).toEqual([])
    const keys = await bank.rows<{ hash: string }>('select hash from negative_key')
    expect(keys.every(({ hash }) => /^[0-9a-f]{64}$/.test(hash))).toBe(true)
    expect(JSON.stringify(await bank.rows('select * from negative_entry'))).not.toMatch(/138001/)
  })

  test('what is no number of anybody, or no last day, is asked for and never taken', async () => {
    await play(
      bank,
      `
      R1> 负面 2027-12-31 到期未还
      不是有效的手机号、身份证号或统一社会信用代码
      R1> 负面 9555812345 失信
      固定电话请带区号
      R1> 负面 查 H12345678
      护照等其他证件不能用
      R1> 负面 13800138077 失信 至后年
      "后年"不能确定，到哪一天为止？
      R1> 2027-12-31
      已列入负面清单：…8077，失信，到 2027年12月31日。
      `,
    )
  })

  async function sendWorkbook(code: string, marker: string, rows: (string | null)[][]) {
    const titles = ['姓名', '手机号', '身份证号', '统一社会信用代码', '理由', '到期日']
    const columns = titles.map((title) => ({ title }))
    const bytes = await writeWorkbook({ marker, sheets: [{ name: '名单', columns, rows }] })
    return send(bank, code, bytes, '名单.xlsx')
  }
  /** The rows that were not taken, as they are given back. */
  async function rejects(code: string): Promise<Buffer> {
    const cards = await bank.send(code, await lastIntent(bank, code, '不采用的行'))
    const file = cards[0]?.blocks.find((block) => block.kind === 'file')
    return Buffer.from(file?.kind === 'file' ? file.base64 : '', 'base64')
  }
  test('and at the doors of campaigns and of referrals', async () => {
    await play(bank, 'R1> 负面 13800138011 13800138012 冒用资料\n已列入')
    const plan = {
      name: '旺季',
      startsOn: '2026-11-23',
      endsOn: '2026-12-04',
      audience: '一队',
      products: '流贷',
      talkingPoints: '旺季备货。',
      targetReached: '10',
    }
    await bank.send('L1', { command: 'save-campaign', input: plan })
    await play(
      bank,
      'L1> [发布]\n进行中\nM1> 打标 旺季 孙七 13800138011 粮油店 有意向\n这个手机号不能登记：已有客户经理在服务，或有其他限制。',
    )
    expect(await bank.rows(`select id from client where name = '孙七'`)).toEqual([])

    const visitors = visitorsOf(bank)
    await bank.told()
    const details = {
      name: '周八',
      phone: '13800138012',
      business: '茶庄',
      need: '周转',
      consent: 'yes',
    }
    await visitors.from('203.0.113.9').leave(await visitors.linkOf('M1', '我的码'), details)
    const told = (await bank.told()).filter(({ text }) => text.includes('周八'))
    expect(told.map(({ code }) => code)).toEqual(['M1'])
    expect(told[0]?.text).toContain('在负面清单上：已记下，不做营销，不用联系')
    expect(await tasksOf('周八')).toEqual([])
    bank.setClock('2026-11-23T10:00:00+08:00')
  })

  test('a workbook is looked at, puts many on the list, and gives back the rows it cannot use', async () => {
    const shown = await sendWorkbook('R1', 'negative-list', [
      ['Tom', '13490010006', null, null, '诈骗', '2027-01-01'],
      ['钱进', '134900', null, null, '诈骗', null],
      ['孙丽', '13490010005', null, null, null, null],
      ['某某', '13912345678', null, null, '诈骗', '2020-01-01'],
    ])
    expect(shown).toContain('负面清单 · 共 4 行，还没有写入')
    expect(shown).toMatch(/新的 1 行\n.*不能采用 3 行/)
    expect(shown).toContain('涉及在册客户 1 位')
    const yes = await lastIntent(bank, 'R1', '确认导入')
    const bytes = await rejects('R1')
    const back = await readWorkbook('back.xlsx', bytes)
    expect(back.marker).toBe('negative-list')
    expect(back.sheets[0]?.rows.map(({ cells }) => cells.at(-1))).toEqual([
      '问题',
      '"…4900"不是有效的手机号、身份证号或统一社会信用代码。',
      '没有理由。',
      '到期日 2020-01-01 已经过去。',
    ])
    expect((await tasksOf('Tom'))[0]?.why).not.toBe('negative-list')
    await bank.send('R1', yes)
    expect(await told(bank, 'R1')).toContain('已导入 · 名单.xlsx')
    expect((await tasksOf('Tom'))[0]?.why).toBe('negative-list')
    expect(
      await bank.rows("select says, cells from import_row where verdict = 'new'"),
      'nothing in clear stays of whom is on the list',
    ).toEqual([{ says: {}, cells: [] }])

    const again = await send(bank, 'R1', bytes, '没有采用的行.xlsx')
    expect(again).toContain('不能采用 3 行')
    expect(again).not.toContain('确认导入')
    const twice = await readWorkbook('twice.xlsx', await rejects('R1'))
    expect(twice.sheets[0]?.rows[0]?.cells.filter((title) => title === '问题')).toHaveLength(1)

    await play(
      bank,
      `
      R1> 撤销导入
      已请 方刚、叶青 确认
      K1> 待确认
      撤销导入：把"名单.xlsx"列入的 1 条移出负面清单
      K1> [确认]
      已确认，已生效
      `,
    )
    expect(await told(bank, 'R1')).toContain('已撤销 1 行')
    expect((await tasksOf('Tom'))[0]?.status).toBe('open')
    await play(bank, 'R1> 负面 13490010006\n不在负面清单上')
  })

  test('what the list says already is not added again, and a number alone is looked up', async () => {
    const row = ['某某', '13912345677', null, null, '诈骗', null]
    const first = await sendWorkbook('R1', 'negative-list', [row, row])
    expect(first).toMatch(/新的 1 行\n.*重复的行 1/)
    expect(first).not.toContain('涉及在册客户')
    await press(bank, 'R1', '确认导入')
    const later = ['某某', '13912345677', null, null, '诈骗', '2027-01-01']
    const second = await sendWorkbook('R1', 'negative-list', [row, later])
    expect(second).toMatch(/有变化 1 行\n.*没有变化 1 行/)
    await press(bank, 'R1', '确认导入')
    await play(
      bank,
      `
      R1> 负面 13912345677
      在负面清单上：…5677
      诈骗 · 长期 · 高远 今天
      诈骗 · 到 2027-01-01 · 高远 今天
      R1> 负面 移除 13912345677 重名
      ${CONFIRMED}
      R1> 负面 13912345677
      …5677 不在负面清单上。要列入就加上理由
      `,
    )
    expect(
      JSON.stringify(
        await bank.sendFile(
          'K1',
          '名单.xlsx',
          await writeWorkbook({ marker: 'negative-list', sheets: [] }),
        ),
      ),
    ).toContain('别的岗位用的表格')
  })

  test('once a year risk is asked for the exit list, reminded, and its answer waits in F', async () => {
    await play(
      bank,
      'R1> 退出名单 日期 2-30\n不是每年都有的日期\nR1> 退出名单 日期 11-21\n每年 11-21 征集退出名单。',
    )
    await bank.told()
    await run(requestExits)
    await run(requestExits)
    const asked = await bank.told()
    expect(asked.map(({ code }) => code)).toEqual(['R1'])
    expect(asked[0]?.text).toContain('请提供 2026 年退出名单')
    bank.setClock('2026-11-30T09:11:00+08:00')
    await run(requestExits)
    expect((await bank.told())[0]?.text).toContain('提醒：2026 年退出名单还没有收到')

    const rows = [
      ['Tom', '13490010006', null, null, '连续欠息', null],
      ['赵强', '13490010004', null, null, '连续欠息', null],
      ['无此人', '13912345678', null, null, '连续欠息', null],
      ['Tom', '13490010006', null, null, '涉诉', null],
      ['钱进', '13490010007', null, null, '涉诉', '2045-01-01'],
    ]
    const shown = await sendWorkbook('R1', 'exit-list', rows)
    expect(shown).toMatch(/新的 1 行\n.*不能采用 4 行/)
    expect(shown).toContain('等风险部门的另一位同事批准')
    const yes = await lastIntent(bank, 'R1', '确认导入')
    const left = await readWorkbook('left.xlsx', await rejects('R1'))
    expect(left.sheets[0]?.rows.map(({ cells }) => cells.at(-1)).slice(1)).toEqual([
      '是潜在客户，不能退出。',
      '在册没有这个客户。',
      '表里前面已有同一项，内容不同，请只留一行。',
      '到期日最晚 2029-11-30。',
    ])
    await bank.send('R1', yes)
    await told(bank, 'R1')
    await play(bank, 'R1> 退出名单 无\n今年已经指定了 1 位客户退出，没有改动。')
    await bank.say('R1', '撤销导入')
    expect(await told(bank, 'R1')).toContain('已撤销 1 行')
    expect(await bank.rows('select 1 from tier_nomination where ended_at is null')).toEqual([])
    expect(await bank.rows('select named, answered_at from exit_request')).toEqual([
      { named: 0, answered_at: null },
    ])
    await sendWorkbook('R1', 'exit-list', rows)
    await press(bank, 'R1', '确认导入')
    await bank.told()
    expect(await sendWorkbook('R1', 'exit-list', rows.slice(0, 1))).toContain('没有变化 1 行')
    expect((await tasksOf('Tom'))[0]?.status).toBe('open')
    await hire(bank, 'R2', '沈月', 'risk', 'HQ')
    await play(
      bank,
      `
      R2> 待批
      1 Tom　D 普惠 → F 淘汰
      风险部门指定退出
      R2> 批准 1
      已批准 1 件，即日生效：
      M2> tier Tom
      F exit
      Named by 高远 of risk until 30 Nov 2027 (连续欠息).
      `,
    )
    expect((await tasksOf('Tom'))[0]).toMatchObject({ status: 'cancelled', why: 'exit-tier' })
    await bank.told()
    bank.setClock('2026-12-10T09:11:00+08:00')
    await run(requestExits)
    expect((await bank.told()).filter(({ code }) => code === 'R1')).toEqual([])
  })

  test('the list made with one key is not read with another', async () => {
    const { openKeyedHash, KeyFault } = await import('../../src/features/risk/key.ts')
    const kept = await openKeyedHash(bank.database, null)
    expect(kept('phone:+8613800138000')).toBe(
      bank.app.services.bank.keyedHash('phone:+8613800138000'),
    )
    await expect(openKeyedHash(bank.database, 'another key of enough length')).rejects.toThrow(
      KeyFault,
    )
    await bank.rows('delete from negative_key returning 1')
    const given = await openKeyedHash(bank.database, 'another key of enough length')
    expect(given('x')).not.toBe(kept('x'))
  })

  test('the key of the list can be changed, twice: whoever was on it is, and no key of before is taken', async () => {
    const { changeKey, openKeyedHash, KeyFault } = await import('../../src/features/risk/key.ts')
    const { isListed } = await import('../../src/features/risk/list/store.ts')
    await bank.rows(`delete from setting where key = 'negative-list-key' returning 1`)
    const hash = await openKeyedHash(bank.database, null)
    await bank.rows(
      `insert into negative_key (hash, entry_id)
       select '${hash('phone:+8613490010098')}', id from negative_entry where ended_at is null limit 1 returning 1`,
    )
    const listed = async (key: string | null, phone: string) =>
      isListed(bank.database.prisma, await openKeyedHash(bank.database, key), [
        { kind: 'phone', value: phone },
      ])
    const [one, two] = ['a first key of enough length', 'a second key of enough length']
    await expect(changeKey(bank.database, two, one)).rejects.toThrow(KeyFault)
    expect(await listed(null, '+8613490010098')).toBe(true)
    expect(await changeKey(bank.database, null, one)).toBeGreaterThan(0)
    expect(await listed(one, '+8613490010098')).toBe(true)
    await expect(openKeyedHash(bank.database, null)).rejects.toThrow(KeyFault)
    await changeKey(bank.database, one, two)
    expect(await listed(two, '+8613490010098')).toBe(true)
    expect(await listed(two, '+8613490010099')).toBe(false)
    await expect(openKeyedHash(bank.database, one)).rejects.toThrow(KeyFault)
    const [kept] = await bank.rows<{ clear: boolean }>(
      `select strpos(value::text, '${one}') > 0 as clear from setting where key = 'negative-list-key'`,
    )
    expect(kept).toEqual({ clear: false })
  })
})
