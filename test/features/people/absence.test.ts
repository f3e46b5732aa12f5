import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { push } from '../../../src/features/tasks/list/push-morning.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'
import { play } from '../../support/play.ts'

describe.each(DATABASES)('people set their day on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  const ring = async (time: string) => {
    bank.setClock(`2026-11-${time}:00+08:00`)
    await push(bank.app.services, bank.app.services.moment(), { dryRun: false, onlyDue: true })
    return (await bank.told()).map(({ code }) => code).sort()
  }

  test('a lead enters it for the sick, and both hear of it', async () => {
    await play(
      bank,
      `
      L1> 请假 周敏 11/24-11/26 代班 Lee
      已替 周敏 登记请假：明天 到 周四(11/26)（3 个工作日），Lee 代班，两位都会收到消息。
      M1<
      谢英替您登记了请假：明天 到 周四(11/26)（3 个工作日），Lee 代班
      L1> 请假 M1 11/25-11/27 代班 Lee
      周敏 11/24–11/26 已经请假（Lee代班），与这次重叠；要改请先发"销假 M1"。
      L1> 销假 M2
      Lee 没有登记请假。
      L1> 销假 周敏
      已替 周敏 销假，Lee 不再代班。
      M1<
      谢英替您销假了
      L1> 请假 何勇 明天 代班 Lee
      您的团队里没有"何勇"。
      M1> 请假 何勇 明天 代班 Lee
      "何勇"的请假由本人或主管登记。
      H1> 请假 12/1 代班 Lee
      您没有任务清单，不用登记请假。
      H1> 请假 明天
      您没有任务清单，不用登记请假。
      H1> 请假 周敏 12/1 代班 Lee
      已替 周敏 登记请假
      H1> 撤销
      已撤销：请假
      `,
    )
    expect(await bank.rows('select 1 from absence where cancelled_at is null')).toEqual([])
  })

  test('while somebody is away the stand-in works their list, with whose client it is', async () => {
    await play(
      bank,
      `
      M1> 请假 11/24-11/26 代班 何勇
      已登记请假：明天 到 周四(11/26)（3 个工作日），何勇 代班。
      M3<
      周敏 明天 到 周四(11/26)（3 个工作日） 请假，由您代班。
      M3> 查 张三
      没有找到"张三"
      @ 2026-11-24T08:07:00+08:00
      push
      M3<
      1 张三 · 顺发五金店 · B 潜力 · 周敏的客户
      M3> 1 有意向 50万 周五
      已记：张三 有意向 50万，周五(11/27) 再联系。
      M3> 查 张三
      主办: 周敏
      `,
    )
    expect(
      await bank.rows(
        `select staff.code from task join staff on staff.id = manager_id
         join client on client.id = client_id where client.name = '张三' and task.status = 'open'`,
      ),
    ).toEqual([{ code: 'M1' }])
    expect(
      await bank.rows(`select 1 from message where once_key like 'morning:2026-11-24:%'
        and conversation = 'console:M1'`),
    ).toEqual([])
    await play(
      bank,
      `
      @ 2026-11-27T08:07:00+08:00
      M3> 查 张三
      没有找到"张三"
      push
      M1<
      张三 · 顺发五金店
      `,
    )
  })

  test('absences that overlap, lack a stand-in, or have one who is away are refused or asked', () =>
    play(
      bank,
      `
      M1> 请假 12/1-12/5
      这几天谁代班？请说姓名或工号。
      M1> 何勇
      已登记请假：下周二(12/1) 到 下周六(12/5)（4 个工作日），何勇 代班。
      M1> 请假 12/4-12/8 代班 何勇
      您 12/01–12/05 已经请假（何勇代班），与这次重叠
      M3> 请假 12/3 代班 周敏
      周敏 12/01–12/05 也请假，请换一位代班。
      M3> 请假 12/3 代班 Lee
      您 12/01–12/05 正替 周敏 代班
      M2> away 12/7-12/3 stand-in 何勇
      ends before it begins
      M2> away 12/3 stand-in 方刚
      方刚 is not of your branch
      M2> 请假 12/3 代班 Lee
      That is you.
      M1> 撤销
      已撤销：请假。
      M3<
      周敏不请假了，不用再代班。
      M3> 请假 12/3 代班 Lee
      已登记请假
      M3> 销假
      已销假，Lee 不再代班。
      M3> 销假
      您没有登记请假。
      `,
    ))

  test('each list comes at the time its reader chose, once, and not while muted', async () => {
    await play(
      bank,
      `
      M1> 设置 晨会 9点
      晨会清单: 09:00
      M2> set morning 5:00
      Choose a time from 06:00 to 12:00
      M2> set language Chinese
      我的设置
      语言: 中文
      `,
    )
    await bank.told()
    expect(await ring('24T08:02')).toEqual([])
    expect(await ring('24T08:07')).toEqual(['M2'])
    expect(await ring('24T08:12')).toEqual([])
    expect(await ring('24T09:02')).toEqual(['M1'])
    expect(await ring('24T09:07')).toEqual([])
    await play(bank, 'M1> 静音 至周四\n已静音到 周四(11/26)（含）')
    await bank.told()
    expect(await ring('25T09:02')).toEqual(['M2'])
    expect(await ring('27T09:02')).toEqual(['M1', 'M2'])
    await play(bank, 'M1> 静音\nM1> 取消静音\n已恢复推送。\nM1> 设置\n静音: 没有')
  })

  test('a service that starts late pushes what it missed, and nothing after four hours', async () => {
    expect(await ring('24T11:30')).toEqual(['M1', 'M2'])
    expect(await ring('25T13:00')).toEqual([])
  })
})
