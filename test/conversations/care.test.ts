import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { night } from '../../src/features/tasks/care/run-night.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(ONE_DATABASE)('care on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  const nightOf = async (time: string) => {
    bank.setClock(time)
    return night(bank.app.services, bank.app.services.moment())
  }
  const openTasks = (client: string) =>
    bank.rows<{ kind: string; due: string }>(
      `select task.kind, due_on::text as due from task join client on client.id = client_id
       where name = '${client}' and status = 'open' order by task.kind`,
    )

  test('nobody contacts a client who asked not to be, until that is lifted', async () => {
    await play(
      bank,
      `
      @ 2026-11-23T09:00:00+08:00
      M3> 勿扰 张三 打错了
      您的客户里没有找到"张三"
      M1> 勿扰 张三
      为什么不再联系？
      M1> 本人要求
      已设勿扰：张三（本人要求）。
      M1> 勿扰 张三 又来一次
      张三 已设勿扰（本人要求）
      `,
    )
    expect(await openTasks('张三')).toEqual([])
    await nightOf('2026-11-24T02:20:00+08:00')
    expect(await openTasks('张三')).toEqual([])
    await play(
      bank,
      `
      @ 2026-11-24T09:00:00+08:00
      K1> 可联系 张三 客户来电
      不在您的岗位功能里
      L1> 可联系 张三 客户来电咨询
      已解除勿扰：张三，恢复 1 件任务，最早 今天。
      M1> 可联系 张三 再来
      张三 没有设勿扰
      `,
    )
    // Entered in October and never contacted: the routine call is due at once.
    expect(await openTasks('张三')).toEqual([{ kind: 'call', due: '2026-11-24' }])
    await play(
      bank,
      `
      M1> 免打扰 张三 12点-14点
      已记：张三 12:00-14:00 不打电话
      M1> 今日
      张三 · 顺发五金店
      12:00-14:00 勿打
      M1> 免打扰 张三 中午
      写成 12:00-14:00
      `,
    )
  })

  test('what was said of contact and place can be taken back, the latest first', async () => {
    const marks = () =>
      bank.rows(`select do_not_contact as why, quiet_hours as hours, region from client
        where name = '钱进'`)
    const before = await openTasks('钱进')
    await play(
      bank,
      `
      M3> 免打扰 钱进 12点-14点
      M3> 免打扰 钱进 取消
      M3> 撤销
      已撤销：钱进 的免打扰。
      M3> 归类 钱进 区域 城东
      M3> 归类 钱进 区域 城西
      [撤销]
      M3> [撤销]
      已撤销：钱进 的归类。
      M3> 勿扰 钱进 本人要求
      M3> 可联系 钱进 客户来电
      已解除勿扰：钱进
      M3> 撤销
      已撤销：钱进 的可联系。
      `,
    )
    expect(await marks()).toEqual([{ why: '本人要求', hours: '12:00-14:00', region: '城东' }])
    expect(await openTasks('钱进')).toEqual([])
    await play(
      bank,
      `
      M3> 可联系 钱进 又来电
      M3> 静音 至周五
      M3> 撤销
      已撤销：静音。
      M3> 设置
      静音: 没有
      M3> 撤销
      已撤销：钱进 的可联系。
      M3> 撤销
      已撤销：钱进 的勿扰。
      M3> 撤销
      M3> 撤销
      M3> 撤销
      没有可以撤销的登记。
      `,
    )
    expect(await marks()).toEqual([{ why: null, hours: null, region: null }])
    expect(await openTasks('钱进')).toEqual(before)
  })

  test('what nobody works on comes to the person, then to the lead, then to somebody else', async () => {
    const due = `update task set due_on = '2026-11-24' where status = 'open'
      and client_id = (select id from client where name = 'Tom')`
    await bank.rows(due)
    await bank.rows(
      "update task set due_on = '2027-03-01' where status = 'open' and due_on < '2026-11-24'",
    )
    await bank.rows(`update task set due_on = '2027-03-01' where status = 'open'
      and client_id <> (select id from client where name = 'Tom')`)
    await nightOf('2026-11-26T02:20:00+08:00')
    await play(bank, '@ 2026-11-26T09:00:00+08:00\nM2> today\nOverdue\n1 Tom')
    // The third workday after it.
    await nightOf('2026-11-27T02:20:00+08:00')
    await play(
      bank,
      '@ 2026-11-27T09:00:00+08:00\nM2> today\nOverdue for long\n1 Tom\nL1> 逾期\n没有逾期到要过问的任务',
    )
    await nightOf('2026-11-30T02:20:00+08:00')
    await bank.told()
    const fifth = await nightOf('2026-12-01T02:20:00+08:00')
    expect(fifth.escalated).toBe(1)
    // Once for each step, however often the night runs.
    expect((await nightOf('2026-12-01T02:50:00+08:00')).escalated).toBe(0)
    await play(
      bank,
      `
      @ 2026-12-01T08:10:00+08:00
      L1<
      逾期 · 12月1日 周二
      1 件逾期未办，请过问
      Tom
      Lee，11月24日 到期，逾期 5 个工作日
      `,
    )
    await nightOf('2026-12-02T02:20:00+08:00')
    await nightOf('2026-12-03T02:20:00+08:00')
    await play(
      bank,
      `
      @ 2026-12-03T08:10:00+08:00
      L1<
      1 件逾期已久，可以改派
      逾期 7 个工作日
      L1> 逾期
      1 件逾期已久，可以改派
      L1> [转给 周敏]
      已把 Tom 从 Lee 改派给 周敏，排在今天。
      M1<
      谢英把逾期的 Tom 转给您
      M1> 今日
      Tom
      `,
    )
  })

  test('a task that was put off is no longer escalated; a lead leaves one to its manager', async () => {
    await bank.rows(`update task set due_on = '2026-11-20', escalation = 3 where status = 'open'
      and client_id = (select id from client where name = 'Tom')`)
    await play(
      bank,
      `
      L1> 逾期
      L1> [留给 周敏]
      Tom 仍由 周敏 跟进，已排在今天并提醒本人。
      M1<
      谢英请您今天跟进逾期的 Tom
      `,
    )
    const after = await nightOf('2026-12-04T02:20:00+08:00')
    expect(after.escalated).toBe(0)
    const [task] = await bank.rows<{ escalation: number }>(
      `select escalation from task where status = 'open'
       and client_id = (select id from client where name = 'Tom')`,
    )
    expect(task?.escalation).toBe(0)
  })

  test('what is recorded of a client makes due at once what its rhythm asks for', async () => {
    const due = () => openTasks('钱进')
    await bank.rows(`delete from task
      where client_id = (select id from client where name = '钱进') returning id`)
    await play(bank, 'M3> 补 钱进 净资产 320万\n钱进')
    const made = await due()
    expect(made).toContainEqual({ kind: 'call', due: bank.app.services.moment().today })
    await play(bank, 'M3> 撤销\n已撤销：钱进')
    expect(await due()).toEqual([])
    await play(bank, 'M3> 补 钱进 净资产 320万')
    expect(await due()).toEqual(made)
  })

  test('a task from above waits for the contact ceiling, and the lead is told so', async () => {
    await bank.rows(`update client set contacts = array(
      select date '2026-11-24' - n from generate_series(1, 9) as n) where name = '钱进' returning id`)
    await play(
      bank,
      `
      L2> 派 何勇 联系钱进 明天
      近期联系已到上限
      `,
    )
    const [task] = (await openTasks('钱进')).filter(({ kind }) => kind === 'call')
    expect(task && task.due > '2026-12-15').toBe(true)
  })
})
