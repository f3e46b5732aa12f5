/** @module-tag slow */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/core/ids.ts'
import { beginFactor } from '../../src/features/desk/second-factor/store.ts'
import { rowsNaming } from '../../src/features/referrals/privacy/book-rows.ts'
import { encryptRows } from '../../src/infra/database/encryption/encrypt-rows.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { bookOf, press, send } from '../features/import/book.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { columnsInClear, columnsLeftClear, numbersOnFile } from '../support/in-clear.ts'
import { DATABASES, ONE_DATABASE, openTestDatabase } from '../support/open.ts'
import { visitorsOf } from '../support/visitor.ts'

/** Where people's own words stand, which are kept as they were said and go by a term. */
const SAID: Readonly<Record<string, string>> = {
  'act.input': 'what a command was given: AUDIT_KEPT_DAYS',
  'dialog.expects': 'what is waited for: gone with the answer',
  'import.mapping': 'examples of the columns of a book: 30 days',
  'message.card': 'what was answered: CHAT_KEPT_DAYS',
  'received.says': 'what was typed: CHAT_KEPT_DAYS',
}

describe.each(ONE_DATABASE)('a bank that was worked with, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test('has no number and no note in clear but in what was said', async () => {
    const lines = [
      ['M1', '新客户 刘小燕 13812349878 水果店'],
      ['M1', '改 张三 身份证 11010519491231002X'],
      ['M1', '改 张三 信用代码 91110108551385082Q'],
      ['M1', '改 张三 电话 13800138004'],
      ['M1', '改 张三 备用电话 财务王姐 13800138001'],
      ['M1', '空号 王芳'],
      ['M1', '家人 张三 配偶 李四 13900139000'],
      ['M1', '查 13800138004'],
      ['R1', '负面 13490010004 冒用他人资料'],
      ['M1', '撤销'],
      ['M1', '张三 在考虑 其实想找山楂片'],
      ['M1', '备注 张三 家里囤了山楂片'],
      ['M1', '走访 张三 店里堆满山楂片'],
      ['M1', '需求 张三 信用卡 山楂片进货用'],
      ['M1', '投诉 张三 山楂片的事没人管'],
      ['M1', '提醒我 明天下午3点 问山楂片'],
      ['M1', '问风险 张三 山楂片压货怎么办'],
      ['R1', '答复 张三 山楂片先不管'],
      ['M1', '投诉 结 张三 山楂片已退款'],
      ['L1', '派 周敏 联系张三 明天 问山楂片'],
      ['M1', '今日'],
      ['M1', '改期 1 下周二'],
      ['M1', '共享 张三 M2'],
      ['M1', '删除 刘小燕 不想再谈山楂片'],
      ['K1', '指定调整 张三 山楂片滞销 至 2027-03-31'],
      ['R1', '负面 13490010009 拿山楂片抵债'],
      ['R1', '负面 移除 13490010004'],
      ['M1', '勿扰 张三 山楂片生意不做了'],
    ] as const
    for (const [code, line] of lines) await bank.say(code, line)
    await visitorsOf(bank)
      .from('203.0.113.7')
      .leave(await visitorsOf(bank).linkOf('M1', '我的码'), {
        name: '钱程',
        business: '五金店',
        need: '进货',
        consent: 'yes',
        phone: '13800137002',
      })
    const book = await bookOf(
      ['客户姓名', '手机号', '身份证号', '统一社会信用代码', '备注'],
      ['冯二', '13490020001', '110105194912310038', '91350100M000100Y43', '介绍人 13490010001'],
      ['孙丽', '13490010005', '', '', '老客户'],
    )
    expect(await send(bank, 'M1', book)).toContain('还没有写入')
    await press(bank, 'M1', '确认导入')
    const numbers = await numbersOnFile(bank.database)
    expect(numbers).toEqual(
      expect.arrayContaining(['13490020001', '11010519491231002X', '91350100M000100Y43']),
    )
    const secret = await beginFactor(bank.database.prisma, await staffId('R1'), new Date())
    const clear = await columnsInClear(bank.database, [...numbers, `${secret}`, '山楂片'])
    expect(clear).toEqual(Object.keys(SAID))
    expect(await columnsLeftClear(bank.database)).toEqual([])
    // Whoever erases a person finds the rows of books that name them all the same.
    const qian = await bank.clientId('钱进')
    const naming = (text: string) => rowsNaming(bank.database.prisma, qian, [text])
    expect(await naming('13490020001')).toEqual([expect.objectContaining({ number: 1 })])
    expect(await naming('13490020009')).toEqual([])
  })

  const staffId = async (code: string) =>
    (await bank.database.prisma.staff.findUniqueOrThrow({ where: { code } })).id
})

describe.each(DATABASES)('what an older version wrote in clear, on %s', (kind) => {
  let database: Database
  beforeAll(async () => {
    database = await openTestDatabase(kind)
  })
  afterAll(() => database.close())

  test('is encrypted at the start, from where one ended that was killed, and so is what it writes afterwards', async () => {
    const { prisma } = database
    const unit = newId()
    const staff = newId()
    await prisma.$executeRaw`
      insert into unit (id, code, name, kind, path) values (${unit}::uuid, 'T1', '一队', 'team', '/T1/')`
    await prisma.$executeRaw`
      insert into staff (id, code, name, role, unit_id, language, active, joined_on)
      values (${staff}::uuid, 'M1', '周敏', 'manager', ${unit}::uuid, 'zh', true, '2020-01-01')`
    await prisma.$executeRaw`
      insert into client (id, kind, name, pinyin, initials, phone, id_number, source, owner_id, negative_list, entered_at)
      select gen_random_uuid(), 'prospect', '客户', 'kehu', 'kh', '+86134' || (90020000 + n),
        case when n = 1 then '11010519491231002X' end, 'list', ${staff}::uuid, false, now()
      from generate_series(1, 2500) as n`
    // Of all the phones what they begin with.
    const numbers = ['1349002', '11010519491231002X']
    const clear = ['client.id_number', 'client.phone', 'client_phone.number']
    expect(await columnsInClear(database, numbers)).toEqual(clear)

    let batches = 0
    const dying: Database = {
      ...database,
      transaction(work) {
        batches += 1
        if (batches === 3) throw new Error('killed')
        return database.transaction(work)
      },
    }
    await expect(encryptRows(dying)).rejects.toThrow('killed')
    const half = await prisma.$queryRaw`
      select count(*)::int as left from client_phone where encrypted_by(number) is null`
    expect(half).toEqual([{ left: 500 }])
    // The rest of the numbers, and the one ID number; the numbers on the clients themselves follow by trigger.
    expect(await encryptRows(database)).toBe(501)
    expect(await columnsInClear(database, numbers)).toEqual([])
    expect(await encryptRows(database)).toBe(0)

    const [client] = await prisma.$queryRaw<{ id: string }[]>`
      select id from client where id_number is not null`
    await prisma.$executeRaw`
      update client set credit_code = '91110108551385082Q' where id = ${client?.id}::uuid`
    await prisma.$executeRaw`
      insert into relative (id, client_id, kind, name, phone, staff_id, act_id, recorded_at)
      values (${newId()}::uuid, ${client?.id}::uuid, 'household', '李四', '+8613900139000', ${staff}::uuid,
        ${newId()}::uuid, now())`
    await prisma.$executeRaw`
      insert into file_change (id, act_id, client_id, staff_id, subject, row_id, before, after, recorded_at)
      values (${newId()}::uuid, ${newId()}::uuid, ${client?.id}::uuid, ${staff}::uuid, 'id_number', null,
        '"E12345678"', '"11010519491231002X"', now())`
    const written = [...numbers, '91110108551385082Q', '13900139000', 'E12345678']
    expect(await columnsInClear(database, written)).toEqual([
      ...['client.credit_code', 'file_change.after', 'file_change.before', 'relative.phone'],
    ])
    expect(await encryptRows(database)).toBe(3)
    expect(await columnsInClear(database, written)).toEqual([])
    const [change] = await prisma.$queryRaw<{ before: string }[]>`select before from file_change`
    expect(change).toEqual({ before: 'E12345678' })
  })
})
