import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MAX_FILE_BYTES } from '../../../src/bot/inbox/attachments.ts'
import { readPaper } from '../../../src/features/papers/rules.ts'
import { MARKER } from '../../../src/features/papers/workbook/rows.ts'
import { purgeUploads } from '../../../src/features/visits/purge-uploads.ts'
import { writeWorkbook } from '../../../src/infra/sheets/spreadsheet.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'
import { play } from '../../support/play.ts'

test.each([
  ['房抵贷 材料清单：身份证、房产证', '房抵贷 材料清单', '身份证、房产证', null],
  ['房抵贷利率 有效期至2026年12月31日：年化 3.6% 起', '房抵贷利率', '年化 3.6% 起', '2026-12-31'],
  ['话术\n您好，我是…\n利率低', '话术', '您好，我是…\n利率低', null],
  ['利率表 until 2026-12-31', '利率表', null, '2026-12-31'],
])('a paper is said as "%s"', (said, title, body, validUntil) => {
  expect(readPaper(said)).toEqual({ title, body, validUntil })
})

describe.each(ONE_DATABASE)('the library, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test('is kept by marketing in a line, found by product or words, and shown with the tasks of its product', async () => {
    await play(
      bank,
      `
      M1> 资料库
      资料库里还没有资料
      K1> 新增资料 房抵贷 材料清单：身份证、房产证、流水半年 有效期至 2026-11-30
      已放进资料库：房抵贷 材料清单（房抵贷），有效至 2026-11-30。
      K1> 新增资料 小微话术：您好，我是本行客户经理
      已放进资料库：小微话术（不属于某个产品）
      M1> 资料 房抵贷
      房抵贷 材料清单
      身份证、房产证、流水半年
      房抵贷 · 有效至 2026-11-30 · 方刚 今天更新
      M1> 话术
      小微话术
      M1> [发给我]
      您好，我是本行客户经理
      M1> 资料 结算卡
      资料库里没有"结算卡"的资料
      M1> 资料 张三
      张三 的档案
      K1> 新增资料 房抵贷 材料清单：身份证就够
      已放进资料库
      M1> 资料 房抵贷 材料
      身份证就够
      `,
    )
    await bank.rows(`update task set product = 'mortgage-loan' returning id`)
    await bank.say('M1', '今日')
    const [logged] = await bank.say('M1', '1 没接')
    const next = logged?.blocks.find((block) => block.kind === 'list')
    expect(next?.each?.menu).toContainEqual(
      expect.objectContaining({ intent: { command: 'papers', input: { said: '房抵贷' } } }),
    )
  })

  test('takes a file beside the words, keeps it from the nightly purge, and refuses a large one', async () => {
    await bank.sendFile('K1', '利率.pdf', Buffer.from('%PDF-1.7 利率'), '新增资料 结算卡 费率表')
    const services = bank.app.services
    const later = { ...services.moment(), now: new Date('2026-11-26T03:33:00+08:00') }
    await purgeUploads.run(services, later)
    const [card] = await bank.say('M1', '资料 结算卡')
    expect(card?.blocks).toContainEqual({
      kind: 'file',
      name: '利率.pdf',
      base64: Buffer.from('%PDF-1.7 利率').toString('base64'),
    })
    const said = async (size: number) =>
      JSON.stringify(
        await bank.sendFile('K1', '大.pdf', Buffer.alloc(size, 'x'), '新增资料 结算卡 大册子'),
      )
    expect(await said(6 * 1024 * 1024)).toContain('资料最多 5 MB，没有放进去')
    expect(await said(30 * 1024 * 1024)).toContain(
      `超过 ${MAX_FILE_BYTES / 1024 / 1024} MB，没有收下`,
    )
    await play(
      bank,
      `
      K1> 新增资料 结算卡 流程
      请发"结算卡 流程"的图片或文件
      K1> 算了
      K1> 资料库 费率
      费率表
      K1> [撤下]
      已撤下：结算卡 费率表
      M1> 资料 结算卡
      资料库里没有
      `,
    )
  })

  test('goes out as a workbook and comes back: all rows, or none with the faults named', async () => {
    const titles = ['标题', '产品', '关键词', '正文', '有效期至', '撤下']
    const sent = async (rows: readonly (readonly (string | null)[])[]) => {
      const columns = titles.map((title) => ({ title }))
      const file = await writeWorkbook({
        marker: MARKER,
        sheets: [{ name: '资料', columns, rows }],
      })
      return JSON.stringify(await bank.sendFile('K1', '资料库.xlsx', file))
    }
    const faulty = await sent([
      ['保险介绍', '保险', null, '财产险，…', null, null],
      ['怪东西', '没有的产品', null, '…', null, null],
      ['空的', null, null, null, null, null],
    ])
    expect(faulty).toContain('2 行不对，没有改动')
    expect(faulty).toContain('第 3 行：没有产品')
    const taken = await sent([
      ['保险介绍', '保险', '雇主', '财产险，…', null, null],
      ['小微话术', null, null, '您好，我是本行客户经理', null, null],
      ['房抵贷 材料清单', null, null, null, null, '是'],
    ])
    expect(taken).toContain('新增或更新 1 份，撤下 1 份，没变 1 份')
    const again = await bank.say('K1', '资料表')
    const [file] = again.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'file'))
    const back = Buffer.from(file?.base64 ?? '', 'base64')
    expect(JSON.stringify(await bank.sendFile('K1', '资料库.xlsx', back))).toContain('没有改动')
    await play(
      bank,
      `
      M1> 资料库 雇主
      财产险，…
      M1> 资料 房抵贷
      资料库里没有
      `,
    )
  })

  test('what is past its day is shown to marketing alone', async () => {
    bank.setClock('2026-12-05T10:00:00+08:00')
    await play(
      bank,
      `
      K1> 新增资料 信用贷 利率：4% 有效期至 2026-12-06
      已放进资料库
      K1> 新增资料 信用贷 旧利率：5% 有效期至 2026-12-01
      已经过去，没有放进去
      @ 2026-12-07T10:00:00+08:00
      M1> 资料 信用贷
      没有"信用贷"的资料
      K1> 资料 信用贷
      已于 2026-12-06 过期
      `,
    )
  })
})
