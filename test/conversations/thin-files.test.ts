import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { render } from '../../src/channels/console/render.ts'
import { askThinFiles } from '../../src/features/client-file/complete/ask-thin-files.ts'
import { svgToPng } from '../../src/infra/pictures/picture.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(ONE_DATABASE)('files that are not complete, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())
  const night = () => askThinFiles.run(bank.app.services, bank.app.services.moment())

  test('say what is missing: of a client, in a book, and counted by team and branch', async () => {
    await play(
      bank,
      `
      M1> 缺资料 赵强
      赵强 · 恒通货运部
      还缺 14 项（共 15 项）：地址、
      M1> 补 赵强 国籍 中国 出生 1985-03-02 实际经营 是
      国籍
      M1> 改 赵强 地址 城东路8号
      地址 无 → 城东路8号
      M1> 缺资料 赵强
      还缺 10 项（共 15 项）
      M1> 查 赵强
      还缺 10 项（共 15 项）
      M1> 缺资料
      您名下 5 位客户，资料齐全 0 位，不全 5 位
      M3> 缺资料 赵强
      没有找到"赵强"
      L1> 缺资料
      一队 的客户资料
      周敏
      合计
      L1> 缺资料 M1
      周敏名下 5 位客户
      H1> 缺资料
      城东支行 的客户资料
      一队
      二队
      K1> 缺资料 二队
      二队 的客户资料
      何勇 | 1
      S1> 缺资料
      不在您的岗位功能里
      `,
    )
  })

  test('what a call came to is about the call, though the thin file is due before it', async () => {
    await night()
    await play(bank, 'M1> 赵强 再考虑，周五再联系\n已记：赵强 再考虑')
    const tasks = await bank.rows(`
      select reason, status from task join client on client.id = client_id
      where client.name = '赵强' order by task.created_at, task.id`)
    expect(tasks).toContainEqual({ reason: 'thin-file', status: 'open' })
    expect(tasks).toContainEqual({ reason: 'entry', status: 'done' })
  })

  test('a client’s file is complete when every question of the standard is answered', async () => {
    await play(
      bank,
      `
      M1> 补 张三 治理健全 是 一般纳税人 是 净资产 400万 年销售额 600万 负债率 50% 年开票额 350万
      治理健全
      M1> 改 张三 地址 城东路8号 身份证 990000198506150010
      地址
      M1> 缺资料 张三
      资料齐全（18 项）
      M1> 档案 张三
      资料齐全
      M1> 缺资料
      资料齐全 1 位，不全 4 位
      `,
    )
  })

  test('on which a tier hangs are asked for by the tier’s rhythm, until they are complete', async () => {
    await night()
    const asked = () =>
      bank.rows<{ name: string; status: string }>(
        `select client.name, task.status from task join client on client.id = client_id
         where reason = 'thin-file' order by task.id`,
      )
    const first = await asked()
    expect(first.length).toBeGreaterThan(0)
    // Of each manager a few a night, and nobody twice within the rhythm.
    await night()
    const byName = Map.groupBy(await asked(), ({ name }) => name)
    expect(Math.max(...[...byName.values()].map((all) => all.length))).toBe(1)
    await bank.rows(`update task set status = 'cancelled', closed_at = now() where kind = 'other'`)
    await bank.rows(`update client_tier set provisional = false
      where client_id <> (select id from client where name = '赵强')`)
    bank.setClock('2026-12-28T08:10:00+08:00')
    await night()
    const again = (await asked()).filter(({ status }) => status === 'open')
    expect(again).toEqual([{ name: '赵强', status: 'open' }])
    await play(bank, 'M1> 今日\n赵强\n资料不全，分层待定，请补齐')
    await bank.rows(`update client_tier set provisional = false`)
    await night()
    expect((await asked()).filter(({ status }) => status === 'open')).toEqual([])
  })

  test('documents and photos that come in by chat are kept, and found on the card', async () => {
    const say = async (name: string, bytes: Uint8Array, text = '') =>
      (await bank.sendFile('M1', name, bytes, text)).map(render).join('\n')
    const photo = await svgToPng('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    expect(await say('IMG_1.png', photo, '张三 营业执照 有效期至 2027-06-30')).toContain(
      '已存进 张三 的档案：营业执照 · 有效至 2027-06-30',
    )
    expect(await say('IMG_2.png', photo, '张三 执照')).toContain('没有重复存')
    expect(await say('流水.pdf', Buffer.from('%PDF-1.4'))).toContain('这是谁的资料？')
    await play(
      bank,
      `
      M1> 张三 11月
      已存进 张三 的档案：流水报表 · 11月
      M1> 资料 张三
      执照到期: 2027-06-30
      流水报表 · 11月 · 2026-11-23 · 周敏
      营业执照 · 有效至 2027-06-30 · 2026-11-23 · 周敏
      M1> [查看]
      张三 · 11月
      流水.pdf
      M1> 存资料 赵强 门头
      请发要存进档案的照片或文件
      `,
    )
    const other = await svgToPng('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>')
    expect(await say('IMG_3.png', other)).toContain('已存进 赵强 的档案：经营场所 · 门头')
    await play(bank, 'M1> 撤销\n已撤销：赵强 的资料')
    expect(await say('x.png', other, '没有这个人 执照')).toContain(
      '"没有这个人 执照"里没有认出您的客户，文件没有存',
    )
    expect(await say('y.png', other, '门头照 赵强')).toContain('赵强 的档案：经营场所 · 门头照')
    await play(bank, 'M1> 撤销\n已撤销：赵强 的资料')
    expect(await say('z.png', other, '王芳的身份证')).toContain('有 2 位客户符合"王芳"')
    await play(bank, 'M1> 1\n的档案：身份证件 · 身份证\nM1> 撤销\n已撤销：王芳 的资料')
    const kept = await bank.rows(`select 1 from client_document`)
    expect(kept).toHaveLength(2)
  })
})
