import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { day } from '../../../../src/core/calendar/time.ts'
import { settlePoints } from '../../../../src/features/referrals/points/ledger/settle.ts'
import { leftOf, type Share } from '../../../../src/features/referrals/points/payout/rules.ts'
import { sharesOf } from '../../../../src/features/referrals/points/payout/store.ts'
import { readWorkbook } from '../../../../src/infra/sheets/spreadsheet.ts'
import { type Bank, openBank } from '../../../support/bank.ts'
import { DATABASES } from '../../../support/open.ts'
import { play } from '../../../support/play.ts'
import { visitorsOf } from '../../../support/visitor.ts'

const VISITOR = { consent: 'yes', business: '', need: '' }

describe.each(DATABASES)('points are paid by two on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  const morning = () => settlePoints.run(bank.app.services, bank.app.services.moment())
  const shares = (): Promise<Share[]> =>
    sharesOf(bank.database.prisma, { from: null, until: day('2026-12-31') })
  const posted = () =>
    bank.rows<{ kind: string; points: number }>(
      'select kind, sum(points)::int as points from points_posting group by kind order by kind',
    )

  test('drawn up by one, confirmed by another, never twice, and what was a mistake is kept back', async () => {
    const visitors = visitorsOf(bank)
    const leave = async (from: string, whose: string, say: string, name: string, phone: string) =>
      visitors.from(from).leave(await visitors.linkOf(whose, say), { ...VISITOR, name, phone })
    await play(
      bank,
      `
      K1> 谢礼 规则 今年 留信息 10 放款 100 预算 1000 给 全部
      K2> 待确认
      K2> [确认]
      K1> 谢礼 发放
      2026-10 没有待发的积分
      K1> 谢礼 发放 2027-03
      还没到
      K1> 谢礼 发放表
      没有等确认的发放名单
      `,
    )
    await leave('203.0.113.1', 'S1', '我的码', '李四', '13800138000')
    await leave('203.0.113.2', 'M1', '转介 张三', '老周', '13800138001')
    await play(bank, 'L2> 放款 李四 授信 20万 至 2027-11-30 账号 6228001')
    const drawn = await bank.say('K1', '谢礼 发放 本月')
    const file = drawn.flatMap(({ blocks }) => blocks).find((block) => block.kind === 'file')
    const bytes = Buffer.from(file?.kind === 'file' ? file.base64 : '', 'base64')
    const [sheet] = (await readWorkbook('list.xlsx', bytes)).sheets
    expect(sheet?.rows.slice(1).map(({ cells }) => cells)).toEqual([
      ['总行', '白露', null, '白露', 'S1', 1, 0, 1, 110, 0, 110],
      ['一队', '张三', '是', '周敏', 'M1', 1, 0, 0, 10, 0, 10],
    ])
    await play(
      bank,
      `
      K2<
      发放转介谢礼 2026-11（截至 2026-11-23）：2 位推荐人，共 120 分
      K1> 待确认
      等别人确认的
      K2> 谢礼 发放表
      2 位，共 120 分
      `,
    )
    const [waiting] = await bank.rows<{ id: string }>(
      `select id from request where kind = 'points-payout'`,
    )
    await bank.send('K1', { command: 'confirm-request', input: { requestId: waiting?.id } })
    expect(await posted()).toEqual([{ kind: 'earned', points: 120 }])
    await play(bank, 'K2> 待确认\nK2> [确认]\n已确认，已生效')
    await bank.send('K2', { command: 'confirm-request', input: { requestId: waiting?.id } })
    expect(await posted()).toEqual([
      { kind: 'earned', points: 120 },
      { kind: 'paid', points: -120 },
    ])
    await play(
      bank,
      `
      M1<
      张三 的转介积分 10 分已确认发放，请转告并致谢
      K1> 谢礼 发放 本月
      没有待发的积分
      L2> 撤销
      `,
    )
    await morning()
    await leave('203.0.113.4', 'S1', '我的码', '孔八', '13800138005')
    await morning()
    expect(await shares()).toEqual([])
    await bank.rows(`update points_rule set for_details = 100`)
    await leave('203.0.113.5', 'S1', '我的码', '曹九', '13800138006')
    await morning()
    expect((await shares()).map((each) => [each.name, each.due, each.owed, leftOf(each)])).toEqual([
      ['白露', 110, 100, 10],
    ])
    await play(
      bank,
      `
      K1> 谢礼 发放 本月
      K2> 待确认
      K2> [确认]
      `,
    )
    expect(await posted()).toEqual([
      { kind: 'earned', points: 230 },
      { kind: 'paid', points: -230 },
      { kind: 'recovered', points: 100 },
      { kind: 'taken-back', points: -100 },
    ])
  })

  test('not where points changed between the two', async () => {
    const visitors = visitorsOf(bank)
    await play(
      bank,
      `
      K1> 谢礼 规则 今年 留信息 10 预算 1000 给 员工
      K2> 待确认
      K2> [确认]
      `,
    )
    const path = await visitors.linkOf('S1', '我的码')
    const phone = '13800138000'
    await visitors.from('203.0.113.1').leave(path, { ...VISITOR, name: '李四', phone })
    await play(bank, 'K1> 谢礼 发放 全部\n已请 叶青 确认')
    await bank.rows(`update referral_entry set status = 'withdrawn'`)
    await morning()
    await play(bank, 'K2> 待确认\nK2> [确认]\n积分有变动')
    expect(await posted()).toEqual([
      { kind: 'earned', points: 10 },
      { kind: 'taken-back', points: -10 },
    ])
  })
})
