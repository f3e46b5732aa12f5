/** @module-tag slow */

import { afterEach, describe, expect, test } from 'vitest'
import { render } from '../../../src/channels/console/render.ts'
import { purgeUploads } from '../../../src/features/visits/purge-uploads.ts'
import { writeWorkbook } from '../../../src/infra/sheets/spreadsheet.ts'
import { told } from '../../features/import/book.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'
import { NASTY } from '../../support/xlsx.ts'

let bank: Bank
afterEach(() => bank.close())

const far = NASTY['a cell in the last column of 6000 rows'].bytes()
const uploads = () =>
  bank.database.prisma.upload.findMany({ select: { name: true, staffId: true } })
const said = async (code: string, name: string, bytes: Uint8Array, text = '') =>
  (await bank.sendFile(code, name, bytes, text)).map(render).join('\n')
const list = () =>
  writeWorkbook({
    marker: null,
    sheets: [
      {
        name: '名单',
        columns: [{ title: '手机号' }, { title: '理由' }],
        rows: [['13855556666', '失信']],
      },
    ],
  })

describe.each(ONE_DATABASE)('a file that arrives, on %s', (kind) => {
  test('of a stranger is neither fetched nor kept', async () => {
    bank = await openBank(kind)
    expect(await said('X9', '名单.xlsx', far)).not.toContain('名单')
    expect(await said('X9', '大.bin', new Uint8Array(20 * 1024 * 1024))).not.toContain('大')
    expect(await uploads()).toEqual([])
  })

  test('of somebody whose role sends no files is neither fetched nor read', async () => {
    bank = await openBank(kind)
    expect(await said('S1', '名单.xlsx', far)).toContain('没有要收的文件')
    expect(await uploads()).toEqual([])
    expect(await said('S1', '名单.xlsx', far, '帮助')).toContain('可以这样说')
  })

  test.each(['M1', 'L1', 'R1'])('harmful, of %s, ends nothing and is answered', async (code) => {
    bank = await openBank(kind)
    expect(await said(code, '名单.xlsx', far)).toMatch(/做什么用|256 列|没有保存/)
    const answer = await said(code, '名单.xlsx', far, code === 'R1' ? '负面 导入' : '')
    expect(answer).toMatch(code === 'R1' ? /正在读文件/ : /做什么用|256 列|没有保存/)
    if (code === 'R1') expect(await told(bank, 'R1')).toContain('超过 256 列')
    const help = await bank.say(code, '帮助')
    expect(help.map(render).join('')).toContain('可以这样说')
  })

  test('keeps nobody else waiting while it is read', async () => {
    bank = await openBank(kind)
    const rows = Array.from({ length: 40_000 }, (_, at) => [`139${10_000_000 + at}`, '失信'])
    const long = await writeWorkbook({
      marker: null,
      sheets: [{ name: '长', columns: [{ title: '手机号' }, { title: '原由' }], rows }],
    })
    const order: string[] = []
    const reading = said('R1', '长.xlsx', long, '负面 导入')
      .then(() => told(bank, 'R1'))
      .then(() => order.push('file'))
    await bank.say('M1', '今日').then(() => order.push('list'))
    await reading
    expect(order).toEqual(['list', 'file'])
  })

  test('is the thirteenth within an hour: it is not taken, and an hour later it is', async () => {
    bank = await openBank(kind)
    const bytes = await list()
    for (let at = 0; at < 12; at++) await said('R1', `${at}.xlsx`, bytes)
    expect(await said('R1', '又一份.xlsx', bytes)).toContain('一小时内最多收 12 个文件')
    expect(await said('L1', '别人的.xlsx', bytes)).not.toContain('最多收')
    bank.setClock('2026-11-23T11:30:00+08:00')
    expect(await said('R1', '又一份.xlsx', bytes)).not.toContain('最多收')
  })

  test('of 20 MB is kept whole, and its bytes never become numbers in the heap', async () => {
    bank = await openBank(kind)
    const bytes = Buffer.alloc(20 * 1024 * 1024 - 1, 'Chenhui 晨会 ')
    globalThis.gc?.()
    const before = process.memoryUsage().heapUsed
    let most = 0
    const timer = setInterval(() => {
      most = Math.max(most, process.memoryUsage().heapUsed - before)
    }, 5)
    await said('M1', '大.bin', bytes, '')
    clearInterval(timer)
    // An array of them was beyond 512 MB.
    expect(most).toBeLessThan(250 * 1024 * 1024)
    const [{ same } = { same: false }] = await bank.database.prisma.$queryRaw<{ same: boolean }[]>`
      select bytes = '' or length(bytes) > ${bytes.length}::int as same from upload`
    expect(same).toBe(true)
  })

  test('goes after a day, but for the photo of a visit and a book that is still shown', async () => {
    bank = await openBank(kind)
    const { prisma } = bank.database
    await said('R1', '一.xlsx', await list())
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    await said('M1', '店.png', png, '走访 张三 库存足')
    await said('H1', '客户.csv', Buffer.from('姓名,手机,工号\n李新,13800010001,M1\n'), '导入 客户')
    expect(await uploads()).toHaveLength(3)
    const at = (time: string) => {
      bank.setClock(time)
      return purgeUploads.run(bank.app.services, bank.app.services.moment())
    }
    await at('2026-11-24T03:33:00+08:00')
    expect(await uploads()).toHaveLength(3)
    await at('2026-11-25T03:33:00+08:00')
    expect((await uploads()).map(({ name }) => name)).toEqual(['店.png', '客户.csv'])
    expect(await prisma.visit.count()).toBe(1)
  })
})
