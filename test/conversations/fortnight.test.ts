import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { escalateComplaints } from '../../src/features/complaints/watch-complaints.ts'
import { weekly } from '../../src/features/digest/send-digests.ts'
import { night } from '../../src/features/tasks/care/run-night.ts'
import { push } from '../../src/features/tasks/list/push-morning.ts'
import { type Bank, type NewTestClient, openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'

const KNOWN = {
  entered_at: '2026-08-03T02:00:00Z',
  last_contact_on: '2026-09-21',
  contacts: ['2026-09-21'],
}
const due = (day: string, reason: string) => [{ due_on: day, reason, priority: 60 }]
const CLIENTS: readonly NewTestClient[] = [
  { name: '张三', owner: 'M1', more: KNOWN, tasks: due('2026-09-28', 'interested') },
  { name: '赵强', owner: 'M1', more: KNOWN, tasks: due('2026-09-24', 'thinking') },
  { name: 'Tom', owner: 'M2', more: KNOWN, tasks: due('2026-09-28', 'thinking') },
  { name: '钱进', owner: 'M3', more: KNOWN },
]

// National Day of 2026: 1 to 7 October are off, and Saturday the 10th is worked to make up.
describe.each(DATABASES)('a fortnight with National Day on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind, CLIENTS)
  })
  afterAll(() => bank.close())

  const at = () => bank.app.services.moment()
  const told = async () => (await bank.told()).map(({ code }) => code).sort()

  test('Monday: an outcome falls on a holiday, a complaint gets its day, somebody goes away', () =>
    play(
      bank,
      `
      @ 2026-09-28T08:07:00+08:00
      push
      M1<
      晨会 · 9月28日 周一
      今天 2 件
      现在是免打扰时段（20:30-08:30），电话请在 08:30 之后打。
      逾期
      1 赵强
      说过再考虑，问问结果
      今天
      2 张三
      有意向，约好再联系
      回复"1 有意向 50万 周五再联系"即可登记。
      M1> 2 有意向 50万 周五再联系
      已记：张三 有意向 50万，下周四(10/8) 再联系（10/02 休息，顺延）。
      下一件
      1 赵强
      说过再考虑，问问结果
      [撤销] [今日]
      M1> 投诉 张三 扣费没有说明
      已记投诉：张三 "扣费没有说明"，下周六(10/10) 前答复
      处理好后发"投诉 结 张三 客户的答复"。
      [撤销] [客户]
      M1> 请假 9/29到10/3 代班 何勇
      已登记请假：明天 到 周六(10/3)（2 个工作日），何勇 代班。
      [撤销]
      `,
      { whole: true },
    ))

  test('Tuesday: the stand-in has the list of the absent, the absent none', () =>
    play(
      bank,
      `
      @ 2026-09-29T08:07:00+08:00
      push
      M3<
      张三 · 未分层 · 周敏的客户
      投诉"扣费没有说明"，下周六(10/10)前答复
      M3> 今日
      赵强 · 未分层 · 周敏的客户
      `,
    ))

  test('the holiday: nobody hears anything', async () => {
    await bank.told()
    for (const day of ['01', '05', '07']) {
      bank.setClock(`2026-10-${day}T08:07:00+08:00`)
      expect((await push(bank.app.services, at(), { dryRun: false })).workday).toBe(false)
      expect(await escalateComplaints(bank.app.services, at())).toBe(0)
    }
    expect(await told()).toEqual([])
  })

  test('Thursday: back at work; a colleague leaves, and her book goes over', () =>
    play(
      bank,
      `
      @ 2026-10-08T08:07:00+08:00
      push
      M1<
      晨会 · 10月8日 周四
      张三
      L1> 离职 M2
      L1> 1
      L1> [平均交接]
      L1> 1
      已交接：Lee 的 1 位客户、1 件任务 → 周敏
      M1<
      谢英把Lee的 1 位客户、1 件任务交给了您
      M2> today
      还没有登记
      `,
    ))

  test('Friday: what nobody worked on for five workdays comes to the lead, holidays not counted', async () => {
    const step = async (time: string) => {
      bank.setClock(time)
      await night(bank.app.services, at())
      const [task] = await bank.rows<{ escalation: number }>(
        `select escalation from task join client on client.id = client_id
         where client.name = '赵强' and task.status = 'open'`,
      )
      return task?.escalation
    }
    await bank.told()
    expect(await step('2026-10-08T02:20:00+08:00')).toBe(1)
    expect(await step('2026-10-09T02:20:00+08:00')).toBe(2)
    await play(
      bank,
      `
      @ 2026-10-09T09:30:00+08:00
      L1> 逾期
      件逾期未办，请过问
      赵强
      周敏，9月24日 到期，逾期 5 个工作日
      `,
    )
    expect(await told()).toContain('L1')
  })

  test('the make-up Saturday is a workday: lists come, the complaint is settled in time, the week ends', async () => {
    await play(
      bank,
      `
      @ 2026-10-10T08:07:00+08:00
      push
      M1<
      晨会 · 10月10日 周六
      Tom
      M1> 投诉 结 张三 已退费，客户满意
      投诉已结：张三
      `,
    )
    bank.setClock('2026-10-10T17:13:00+08:00')
    expect(await weekly(bank.app.services, at())).toBe(1)
    bank.setClock('2026-10-12T08:41:00+08:00')
    expect(await escalateComplaints(bank.app.services, at())).toBe(0)
  })
})
