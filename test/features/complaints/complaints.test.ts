import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { render } from '../../../src/channels/console/render.ts'
import type { Day } from '../../../src/core/calendar/time.ts'
import { isAboutStaff } from '../../../src/features/complaints/rules.ts'
import { escalateComplaints } from '../../../src/features/complaints/watch-complaints.ts'
import { linesOf } from '../../../src/features/digest/store.ts'
import { runNight } from '../../../src/features/tasks/care/run-night.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'
import { play } from '../../support/play.ts'

test.each([
  ['扣费没有说明', false],
  ['贷款审批太慢', false],
  ['周敏答应的利率没兑现', true],
  ['经理收取好处费', true],
  ['你们的信贷员要红包', true],
  ['柜员态度恶劣', true],
  ['the manager wanted a kickback', true],
  ['was not told of a fee', false],
])('"%s" is about staff: %s', (about, is) => {
  expect(isAboutStaff(about, '周敏')).toBe(is)
})

describe.each(ONE_DATABASE)('complaints on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  const escalate = () => escalateComplaints(bank.app.services, bank.app.services.moment())
  const rows = () =>
    bank.rows(
      `select complaint.status, answer, task.status as task from complaint
       join task on task.id = task_id order by complaint.id`,
    )

  test('has a day, comes first, and is settled by what the client says of it', async () => {
    await play(
      bank,
      `
      M1> 投诉
      没有未结的投诉
      M1> 投诉 赵强 扣费没有说明，很生气
      已记投诉：赵强 "扣费没有说明，很生气"，下周一(11/30) 前答复，已排进今天的清单。
      `,
    )
    expect((await bank.told()).filter(({ text }) => text.includes('很生气'))).toHaveLength(1)
    await play(
      bank,
      `
      M1> 今日
      今天 4 件
      投诉
      赵强 · 恒通货运部
      投诉"扣费没有说明，很生气"，下周一(11/30)前答复
      M1> 投诉
      未结投诉 1 件
      赵强 "扣费没有说明，很生气"
      M1> 投诉 结 赵强
      怎么处理的，赵强 怎么说？
      M1> 客户还不满意
      客户还不认可，投诉先不结
      M1> 投诉 结 赵强 已退费，客户满意
      投诉已结：赵强 "已退费，客户满意"，下周一(11/30) 回访。
      M1> 撤销
      已撤销：赵强 的投诉办结。
      M1> 赵强的投诉怎么样了
      没听懂
      M1> 赵强的投诉已经解决了
      怎么处理的，赵强 怎么说？
      M1> 已退费，客户满意
      投诉已结：赵强 "已退费，客户满意"
      M1> 投诉 结 赵强 已退费
      赵强 没有未结的投诉。
      `,
    )
    expect(await rows()).toEqual([{ status: 'closed', answer: '已退费，客户满意', task: 'done' }])
  })

  test('about the manager goes to the lead, who closes it; the manager cannot', async () => {
    await play(
      bank,
      `
      K1> 投诉 赵强 扣费没有说明
      M1<
      您的客户 赵强 有投诉
      M1> 投诉 赵强 周敏索要好处费
      涉及我行人员，已交 谢英 处理，由主管办结
      L1<
      客户 赵强 有投诉（周敏登记）："周敏索要好处费"
      被投诉人不能办结
      M1> 投诉
      没有未结的投诉
      M1> 投诉 结 赵强 误会，客户满意
      这位客户的投诉针对我行人员，由主管核实并办结，没有改动。
      M1> 撤销
      已撤销：赵强 的投诉。
      M1> 投诉
      未结投诉 1 件
      K1> 投诉 赵强 客户经理态度差
      L1> 交办 赵强 给 周敏 回电话
      L1> 投诉
      未结投诉 2 件
      L1> 投诉 结 赵强 已核实并道歉，满意
      投诉已结：赵强
      `,
    )
    const closed = { status: 'closed', answer: '已核实并道歉，满意', task: 'done' }
    expect(await rows()).toEqual([
      closed,
      { status: 'withdrawn', answer: null, task: 'done' },
      closed,
    ])
  })

  test('its task is not closed by an outcome and not put off past its day', () =>
    play(
      bank,
      `
      M1> 投诉 赵强 额度算错
      M1> 今日
      M1> 1 没接
      赵强 这件是投诉，处理好后发"投诉 结 赵强 客户的答复"
      M1> 改期 1 周五
      已改期：赵强 → 周五(11/27)。
      M1> 改期 1 12/3
      赵强 的投诉要在 下周一(11/30) 前答复，不能改到那天以后。
      `,
    ))

  test('those who may not be marketed to complain too; the manager hears from whoever took it', () =>
    play(
      bank,
      `
      K1> 投诉 孙丽 还款后未解押
      已记投诉：孙丽 "还款后未解押"，下周一(11/30) 前答复，已交 周敏 处理。
      M1<
      您的客户 孙丽 有投诉（方刚登记）："还款后未解押"，请在 下周一(11/30) 前答复。
      L1> 投诉 孙丽 又打电话来催
      已有一件未结，一并处理
      M1> 投诉 结 孙丽 已解押，满意
      投诉已结：孙丽 "已解押，满意"，不做营销，不排回访。
      `,
    ))

  // To be settled by Monday, 30 November.
  test.each([
    ['2026-11-24', '下周一(11/30)前答复', 'by Mon 30 Nov', 0],
    ['2026-11-27', '下周一(11/30)前答复', 'by Mon 30 Nov', 0],
    ['2026-11-30', '今天要答复', 'to be settled today', 0],
    ['2026-12-01', '逾期 1 天', ', 1 day overdue', 1],
    ['2026-12-02', '逾期 2 天', ', 2 days overdue', 1],
  ])('on %s: %s', async (day, zh, en, late) => {
    await bank.rows(`delete from task returning 1`)
    await play(bank, 'M1> 投诉 赵强 额度算错\nM2> complaint Tom wrong fee')
    bank.setClock(`${day}T02:20:00+08:00`)
    await runNight.run(bank.app.services, bank.app.services.moment())
    await bank.rows(`delete from task where kind <> 'complaint' returning 1`)
    bank.setClock(`${day}T09:00:00+08:00`)
    const said = async (code: string, line: string) =>
      (await bank.say(code, line)).map(render).join()
    const list = await said('M1', '今日')
    expect(list).toContain(zh)
    expect(list.includes('逾期')).toBe(late > 0)
    const english = await said('M2', 'today')
    expect(english).toContain(en)
    expect(english.includes('overdue')).toBe(late > 0)
    const open = await said('M2', 'complaints')
    expect(open).toContain('1 open complaint')
    expect(open).not.toContain('1 open complaints')
    expect(open.includes('was due')).toBe(late > 0)
    const lines = await linesOf(
      bank.database.prisma,
      '/HQ/B1/T1/',
      day as Day,
      bank.app.services.moment(),
      'manager',
    )
    expect(lines.map(({ overdue }) => overdue)).toEqual([late, late])
  })

  test('past its day the lead hears of it once, and may close it', async () => {
    await play(bank, 'M1> 投诉 赵强 额度算错')
    for (const day of ['24', '30']) {
      bank.setClock(`2026-11-${day}T08:41:00+08:00`)
      expect(await escalate()).toBe(0)
    }
    bank.setClock('2026-12-01T08:41:00+08:00')
    expect([await escalate(), await escalate()]).toEqual([1, 0])
    bank.setClock('2026-12-02T08:41:00+08:00')
    expect(await escalate()).toBe(0)
    await play(
      bank,
      `
      L1<
      这件投诉过了答复期限
      赵强 "额度算错"
      昨天已到期 · 周敏
      L1> 投诉 结 赵强 客户不接受，已书面答复
      投诉已结：赵强
      `,
    )
  })

  test('on a day off nobody is told', async () => {
    await play(bank, 'M1> 投诉 赵强 额度算错')
    bank.setClock('2026-12-05T08:41:00+08:00')
    expect(await escalate()).toBe(0)
  })

  test('taking one back takes its task along, unless another was added', async () => {
    await play(
      bank,
      `
      M1> 投诉 赵强 额度算错
      M1> 撤销
      已撤销：赵强 的投诉。
      M1> 投诉 赵强 额度算错
      L1> 投诉 赵强 又来电话
      M1> 撤销
      已有新的进展，不能撤销
      `,
    )
    expect(await rows()).toEqual([
      { status: 'withdrawn', answer: null, task: 'cancelled' },
      { status: 'open', answer: null, task: 'open' },
      { status: 'open', answer: null, task: 'open' },
    ])
  })
})
