import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Card } from '../../../src/core/card.ts'
import { remindDue } from '../../../src/features/reminders/remind.ts'
import { type Bank, buttonsOf, openBank } from '../../support/bank.ts'
import { DATABASES, ONE_DATABASE } from '../../support/open.ts'
import { play } from '../../support/play.ts'

describe.each(DATABASES)('reminders on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  /** What people are told when the job rings at a time of Monday's week. */
  async function ring(time: string): Promise<string[]> {
    bank.setClock(time)
    await bank.told()
    await remindDue(bank.app.services, bank.app.services.moment())
    return (await bank.told()).map(({ code, text }) => `${code} ${text.split('\n')[0]}`)
  }

  test('come at their hour, once, with the client they are about', async () => {
    await play(
      bank,
      `
      M1> 提醒我 明天下午3点 给张三带合同
      明天 下午3点 提醒您：给张三带合同。
      M1> 明天上午10点提醒我打印名片
      明天 上午10点 提醒您：打印名片。
      M1> 提醒我 周三 交周报
      周三(11/25) 上午9点 提醒您：交周报。
      M2> remind me tomorrow 9:30 bring the contract
      I will remind you tomorrow 09:30: bring the contract.
      `,
    )
    expect(await ring('2026-11-24T09:29:00+08:00')).toEqual([])
    expect(await ring('2026-11-24T09:30:00+08:00')).toEqual(['M2 Reminder: bring the contract'])
    expect(await ring('2026-11-24T09:31:00+08:00')).toEqual([])
    // Nobody was there from then until the afternoon: what was missed comes late.
    expect(await ring('2026-11-24T15:01:00+08:00')).toEqual([
      'M1 提醒：打印名片',
      'M1 提醒：给张三带合同',
    ])
    const [given] = await bank.rows<{ card: Card }>(
      `select card from message where card::text like '%15:31%' order by id desc limit 1`,
    )
    const again = given && buttonsOf(given.card)[0]
    if (again) await bank.send('M1', again.intent, again.label)
    expect(await ring('2026-11-24T15:31:00+08:00')).toEqual(['M1 提醒：给张三带合同'])
  })

  test('wait while somebody is on leave or muted', async () => {
    await play(bank, 'M1> 请假 今天到周三 代班 Lee\n请假\nM2> mute until Wednesday')
    expect(await ring('2026-11-25T09:00:00+08:00')).toEqual([])
    expect(await ring('2026-11-26T08:29:00+08:00')).toEqual([])
    expect(await ring('2026-11-26T08:31:00+08:00')).toEqual(['M1 提醒：交周报（昨天 上午9点）'])
  })

  test('of an appointment come before it, once for each hour it is moved to, to whoever works it', async () => {
    await play(bank, '@ 2026-11-26T09:00:00+08:00\nM1> 张三 约见 今天下午3点\n已记')
    expect(await ring('2026-11-26T14:29:00+08:00')).toEqual([])
    expect(await ring('2026-11-26T14:30:00+08:00')).toEqual(['M1 下午3点 快到了：'])
    expect(await ring('2026-11-26T14:31:00+08:00')).toEqual([])
    await play(bank, 'M1> 改期 张三 今天下午4点\n张三')
    expect(await ring('2026-11-26T15:30:00+08:00')).toEqual(['M1 下午4点 快到了：'])
    await play(bank, 'M1> 张三 约见 明天上午10点\n')
    await play(bank, 'M1> 请假 明天 代班 Lee\n请假')
    expect(await ring('2026-11-27T09:40:00+08:00')).toEqual(['M2 Soon, at 10:00:'])
  })
})

describe.each(ONE_DATABASE)('what is said of reminders, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test('hours gone by, days off, quiet hours and two things at once are said', async () => {
    await play(
      bank,
      `
      M1> 提醒我 今天早上8点 打卡
      今天早上8点已经过去了，请说以后的时间。
      M1> 提醒我 周六上午10点 进货
      周六(11/28)休息，那天不提醒。
      M1> [1 下周一(11/30) 上午10点]
      下周一(11/30) 上午10点 提醒您：进货。
      M1> 提醒我 明天晚上9点 充电
      那时是免打扰时段，改在 晚上8点29分 提醒。
      M1> 张三 约见 明天下午3点
      已记
      M1> 提醒我 明天下午3点15分 取票
      那个时间前后还有：下午3点 张三。
      M1> 提醒我 带合同
      什么时候提醒？
      M1> 后天下午2点
      周三(11/25) 下午2点 提醒您：带合同。
      M1> 撤销
      已撤销
      M1> 提醒我 明天
      提醒您做什么？
      M1> 交材料
      明天 上午9点 提醒您：交材料。
      `,
    )
  })

  test('the agenda shows appointments and reminders of a day, tomorrow and the week', async () => {
    await play(
      bank,
      `
      M1> 日程
      日程 · 今天
      没有约好钟点的事。
      M1> 日程 明天
      上午9点 提醒：交材料
      下午3点 走访 张三 · 顺发五金店
      下午3点15分 提醒：取票
      晚上9点 提醒：充电
      M1> [不用提醒了]
      不提醒了：交材料。
      M1> 日程 本周
      下午3点 走访 张三
      L1> 日程 本周
      没有约好钟点的事。
      @ 2026-11-24T08:10:00+08:00
      M1> 今日
      下午3点15分提醒：取票
      `,
    )
  })
})

describe.each(ONE_DATABASE)('a word to the team, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  const told = async () =>
    (await bank.told())
      .filter(({ text }) => text.includes('谢英') || text.includes('唐宁'))
      .map(({ code, text }) => `${code} ${text.split('\n')[0]}`)
      .sort()
  const kept = () =>
    bank.rows(`select staff.code, due_on::text as on, due_time as at, note from reminder
      join staff on staff.id = staff_id order by staff.code, due_on`)

  test('reaches everybody, some by name, and whoever has no chat is named', async () => {
    await bank.told()
    await play(bank, 'L1> 通知全队 把本周的名单发我\n已通知 2 人：周敏、Lee。')
    expect(await told()).toEqual(['M1 谢英 通知：把本周的名单发我', 'M2 谢英: 把本周的名单发我'])
    await play(bank, 'L1> 通知 周敏、M2 带上合同\n已通知 2 人：周敏、Lee。')
    await told()
    await play(
      bank,
      `
      L1> 通知 何勇 带上合同
      您的团队里没有"何勇"。
      L1> 通知大家
      通知什么？写一句。
      L1> 今天加油
      已通知 2 人
      M1> 通知全队 下班
      不在您的岗位功能里
      `,
    )
    expect(await told()).toEqual(['M1 谢英 通知：今天加油', 'M2 谢英: 今天加油'])
    await bank.rows(`delete from account where external_id = 'M2' returning 1`)
    await play(bank, 'L1> 通知大家 收工\n已通知 1 人：周敏。\nLee 还没有开通聊天，收不到。')
    expect(await kept()).toEqual([])
  })

  test('with a time stands in their days too, unless it has gone by', async () => {
    await play(
      bank,
      `
      @ 2026-11-23T14:00:00+08:00
      L1> 通知全队 下午4点开会
      今天 下午4点 也在他们的日程里。
      M1> 日程
      谢英：下午4点开会
      L1> 通知 周敏 周五走访五金市场
      周五(11/27) 上午9点 也在他们的日程里。
      L1> 通知全队 上午9点开会
      `,
    )
    const meeting = { on: '2026-11-23', at: '16:00', note: '谢英：下午4点开会' }
    expect(await kept()).toEqual([
      { code: 'M1', ...meeting },
      { code: 'M1', on: '2026-11-27', at: '09:00', note: '谢英：周五走访五金市场' },
      { code: 'M2', ...meeting },
    ])
  })

  test('more than twenty are told once it was shown how many they are', async () => {
    await bank.rows(`insert into staff (id, code, name, role, unit_id, active, joined_on)
      select gen_random_uuid(), 'X' || n, '组员' || n, 'manager', (select id from unit where code = 'T1'), true,
        '2020-01-01' from generate_series(1, 20) as n returning 1`)
    await bank.told()
    await play(bank, 'L1> 通知全队 下班\n发给 22 人："下班"？')
    expect(await told()).toEqual([])
    await play(bank, 'L1> 1\n已通知 1 人：周敏。\n等 21 位 还没有开通聊天')
  })
})
