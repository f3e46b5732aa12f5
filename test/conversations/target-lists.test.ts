import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { reportEnded } from '../../src/features/lists/progress/report-ended.ts'
import { readWorkbook } from '../../src/infra/sheets/spreadsheet.ts'
import { bookOf, press, send } from '../features/import/book.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(DATABASES)('a targeted list, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  test('from a segment: previewed, shared out once, worked, passed on and recalled', async () => {
    await play(
      bank,
      `
      L1> 名单
      还没有名单。
      L1> 名单 新建 春茶 客群 存量 给 一队 按 平均 每天 2 到 12/4 产品 结算卡 话术 上门问候
      名单"春茶"：存量，4 户分给 2 人，平均，每人每天最多 2 件，到 下周五(12/4)。
      结算卡 · 上门问候
      周敏 2 户
      Lee 2 户
      不分：F 淘汰 1
      确认后才分配。
      L1> 1
      名单"春茶"已分配：4 户
      M1<
      谢英分给您名单"春茶"：2 户，到 下周五(12/4)，
      L1> 名单 新建 春茶 客群 存量 给 一队 话术 上门问候
      已经有名单"春茶"，没有再分一次。
      L1> 名单 新建 春茶二 客群 存量 给 一队 话术 上门问候
      没有一户可以分，名单没有建：F 淘汰 1、已在另一份进行中的名单里 4。
      L1> 名单 春茶
      已办 0 / 4
      L1> 名单 秋茶
      没有名单"秋茶"。说"名单"看都有哪些。
      L1> 名单 进度 春茶
      已办 0 / 4
      周敏 | 2 | 0 | 0
      Lee | 2 | 0 | 0
      L1> [提醒没动的 2 人]
      已提醒 2 人：周敏、Lee。
      M1<
      谢英提醒您：名单"春茶"的 2 户还没有开始，到 下周五(12/4)。
      @ 2026-11-24T08:10:00+08:00
      M1> 今日
      结算卡：上门问候
      L1> 名单 转派 春茶 M2 给 M1
      已把名单"春茶"里 Lee 还没办的 2 户转给 周敏。
      L1> 撤销
      L1> 名单 进度 春茶
      Lee | 2 | 0
      L1> 名单 收回 春茶 M2
      已收回名单"春茶" Lee 的 2 户
      L1> 名单 进度 春茶
      周敏 | 2
      没有人跟的：F 淘汰 1、已收回 2
      M1> 名单
      春茶 · 谢英
      M3> 名单 进度 春茶
      没有名单"春茶"
      L1> 名单 收回 春茶
      已收回名单"春茶" 2 户
      L1> 名单 收回 春茶
      没有还没办的`,
    )
  })

  test('is made by a form, with what is known to pick from and what is usual filled in', async () => {
    await bank.say('L1', '保存客群 老客户 存量')
    const [card] = await bank.say('L1', '名单 新建')
    const form = card?.blocks.flatMap((block) => (block.kind === 'form' ? [block.form] : []))[0]
    const fields = new Map(form?.fields.map((field) => [field.name, field]))
    expect(fields.get('said')?.known).toEqual(['老客户'])
    expect(fields.get('audience')?.known).toEqual(['一队', '周敏(M1)', 'Lee(M2)'])
    expect(fields.get('product')?.known).toContain('结算卡')
    const given = Object.fromEntries([...fields].map(([name, { value = '' }]) => [name, value]))
    expect(given).toMatchObject({ way: 'owner', perDay: '10', endsOn: '2026-12-06' })
    const filled = { ...given, name: '春茶', said: '老客户', talkingPoints: '上门问候' }
    const sent = (more: object) =>
      bank.send('L1', { command: 'make-list', input: { ...filled, ...more } })
    expect(JSON.stringify(await sent({ perDay: '很多' }))).toContain('每天几件请写数字')
    expect(JSON.stringify(await sent({ way: 'evenly', perDay: '2', product: '结算卡' }))).toMatch(
      /"春茶\\"：存量，4 户分给 2 人，平均，每人每天最多 2 件，到 .*周敏 2 户/,
    )
    await play(bank, 'L1> 1\n名单"春茶"已分配：4 户')
  })

  test('goes to whoever knows the region, has least to do, or owns the client, as far as days have room', async () => {
    await bank.rows(`
      with entry as (
        insert into register_entry (id, register, name, recorded_at)
        values (gen_random_uuid(), 'region', '城东', now()) returning id
      )
      update client set region_id = (select id from entry) where name in ('张三', 'Tom')`)
    await play(
      bank,
      `
      L1> 名单 新建 春茶 客群 存量 给 一队 按 区域 话术 问候
      周敏 1 户
      Lee 1 户
      不分：F 淘汰 1、没有区域，或该区域没有人负责 2
      L1> 名单 新建 春茶 客群 存量 给 一队 按 负荷 话术 问候
      周敏 1 户
      Lee 3 户
      L1> 名单 新建 春茶 客群 存量 给 一队 每天 1 到 11/24 话术 问候
      周敏 1 户
      Lee 1 户
      不分：F 淘汰 1、每天的件数已满 2
      L1> 名单 新建 春茶 客群 存量 给 M2 话术 问候
      Lee 1 户
      不分：F 淘汰 1、客户经理不在分配范围 3`,
    )
  })

  test('from a workbook: to whom it names, over two weeks with an absence and a recall', async () => {
    const book = await bookOf(
      ['客户名', '手机号', '客户经理工号'],
      ['张三', '13490010001', 'M1'],
      ['赵强', '13490010004', 'M1'],
      ['新人甲', '13490020001', 'M2'],
      ['新人乙', '13490020002', 'M1'],
      ['钱进', '13490010007', 'M3'],
    )
    await send(bank, 'L1', book)
    await press(bank, 'L1', '确认导入')
    await play(
      bank,
      `
      L1> 名单 新建 冬暖 按 表格 每天 2 到 12/7 产品 结算卡 话术 冬季让利
      名单"冬暖"：刚导入的客户表，4 户分给 2 人，按表格
      周敏 3 户
      Lee 1 户
      L1> 1
      @ 2026-11-24T08:10:00+08:00
      M1> 今日
      张三
      结算卡：冬季让利
      M1> 张三 有意向 30万 周五
      M2> away 25 Nov to 4 Dec cover M1
      @ 2026-11-25T08:10:00+08:00
      L1> 名单 进度 冬暖
      Lee | 1 | 0 | 0 | 0 | 0 | 0
      周敏 | 3 | 1 | 1 | 1
      合计 | 4 | 1 | 1 | 1
      L1> 名单 转派 冬暖 M2 给 一队
      Lee 还没办的 1 户转给 周敏
      @ 2026-11-27T08:10:00+08:00
      M1> 张三 已申请
      M1> 新人乙 没接
      L1> 名单 收回 冬暖 M1
      已收回
      L1> 名单 进度 冬暖

      @ 2026-12-08T08:19:00+08:00`,
    )
    const [workbook] = await bank.send('L1', { command: 'list-workbook', input: { name: '冬暖' } })
    const file = workbook?.blocks.find((block) => block.kind === 'file')
    const { sheets } = await readWorkbook('l.xlsx', Buffer.from(file?.base64 ?? '', 'base64'))
    const rows = (sheets[0]?.rows ?? []).slice(1).map(({ cells }) => cells)
    expect(rows.toSorted((a, b) => `${a[4]}${a[0]}`.localeCompare(`${b[4]}${b[0]}`, 'en'))).toEqual(
      [
        ['张三', '顺发五金店', '周敏', 'M1', '2026-11-24', '已办', '已申请', '2026-11-27'],
        ['新人甲', null, null, 'M1', '2026-11-24', '已收回'],
        ['赵强', '恒通货运部', null, 'M1', '2026-11-24', '已收回'],
        ['新人乙', null, null, 'M1', '2026-11-25', '已收回', '没接', '2026-11-27'],
      ],
    )
    await bank.told()
    const { services } = bank.app
    await reportEnded.run(services, services.moment())
    await reportEnded.run(services, services.moment())
    const reports = await bank.told()
    expect(reports.map(({ code }) => code)).toEqual(['L1'])
    expect(reports[0]?.text).toContain('名单结束：冬暖')
    expect(reports[0]?.text).toContain('已结束。已办 2 / 2。')
  })

  test('says what is wrong, and nothing is half done', async () => {
    const given = ' 给 一队 话术 问候'
    const faults: [fault: string, line: string, says: string][] = [
      [
        'a segment that nobody is in',
        `名单 新建 春茶 客群 E类${given}`,
        '没有客户符合，名单是空的。',
      ],
      ['a region that no register has', `名单 新建 春茶 客群 城南${given}`, '没听懂"城南"'],
      [
        'a team that is another’s',
        '名单 新建 春茶 客群 存量 给 二队 话术 问候',
        '二队 不在您管辖的机构内',
      ],
      [
        'a team that is none',
        '名单 新建 春茶 客群 存量 给 三队 话术 问候',
        '没有这个机构、团队或人',
      ],
      [
        'a day gone by',
        '名单 新建 春茶 客群 存量 到 11/20 话术 问候',
        '到哪天"11/20"已经过去了，是什么？',
      ],
      ['nowhere from', '名单 新建 春茶 话术 问候', '名单从哪里来？'],
      ['a product that is none', '名单 新建 春茶 客群 存量 产品 飞机 话术 问候', '没有产品"飞机"'],
      ['nothing to say', '名单 新建 春茶 客群 存量', '话术怎么说？'],
      [
        'a control share of all',
        '活动 新建 春茶 11/23-12/20 给 一队 客群 老客户 对照 100% 话术 问候',
        '对照 100% 太多',
      ],
    ]
    await bank.say('L1', '保存客群 老客户 存量')
    for (const [, line, says] of faults) await play(bank, `L1> ${line}\n${says}\nL1> 算了`)
    await play(
      bank,
      `
      M1> 请假 今天 代班 M2
      M2> 请假 今天 代班 M1
      L1> 名单 新建 春茶 客群 存量 给 M1 话术 问候
      要分给的人都不在岗`,
    )
    for (const table of ['target_list', 'target_list_row', 'campaign']) {
      expect(await bank.rows(`select from ${table}`), table).toEqual([])
    }
  })

  test('gives nobody whom it must not, with the count of each reason before anything is done', async () => {
    await play(
      bank,
      `
      L1> 名单 新建 头一份 客群 B类 给 一队 话术 问候
      L1> 1
      L1> 名单 新建 春茶 客群 存量 给 一队 按 归属 话术 问候
      已在另一份进行中的名单里 1`,
    )
    await bank.rows(`update staff set active = false where code = 'M2' returning 1`)
    await play(
      bank,
      `
      L1> 算了
      L1> 名单 新建 春茶 客群 存量 给 一队 按 归属 话术 问候
      客户经理已离职
      L1> 算了
      H1> 名单 新建 春茶 客群 存量 给 一队 按 归属 话术 问候
      客户经理不在分配范围`,
    )
    expect(await bank.rows(`select name from target_list`)).toEqual([{ name: '头一份' }])
  })
})
