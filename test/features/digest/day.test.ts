import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bank, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'
import { play } from '../../support/play.ts'

describe.each(DATABASES)('the day of a team, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  test('shows zeros first, reminds them once in their own language, and opens one person', async () => {
    await play(
      bank,
      `
      @ 2026-11-23T09:00:00+08:00
      M1> 张三 有意向 50万 周五再联系
      已记
      L1> 小结
      一队 · 今天
      2 人，1 人还没登记；登记 1 次
      Lee 还没登记 · 未办 1
      周敏 登记 1 · 有意向 1 · 未办 2
      L1> [提醒没登记的 1 人]
      已提醒 1 人：Lee。
      M2<
      From 谢英: nothing is logged today, 1 on your list.
      L1> 催一下没登记的
      没有提醒谁。
      今天已经提醒过：Lee。
      L1> 小结
      Lee 还没登记 · 未办 1 · 已提醒
      L1> [看]
      今天 · 周敏的登记：1 次
      L1> 小结 周敏
      周敏 · 今天
      L1> 小结 何勇
      您的机构里没有"何勇"
      M1> 本周小结
      周敏 · 本周
      周敏 登记 1
      M1> 小结 Lee
      您可以看自己的小结
      M1> 指标
      本月没有定指标。
      M1> [本月做了多少]
      周敏 登记 1 · 有意向 1
      H1> 本月小结
      城东支行 · 本月
      3 人，2 人还没登记
      何勇
      `,
    )
  })

  test('leaves alone who is away, muted or has nothing due, and waits for the end of quiet hours', async () => {
    await play(
      bank,
      `
      M2> mute until Friday
      M1> 请假 11/23-11/24 代班 M2
      L1> 小结
      2 人（请假 1），1 人还没登记
      Lee 还没登记
      周敏（请假） 还没登记
      L1> 催一下没登记的
      没有提醒谁。
      静音，没有打扰：Lee。
      L2> 催一下没登记的
      今天没有到期的：何勇。
      @ 2026-11-24T08:00:00+08:00
      M2> unmute
      L1> 催一下没登记的
      已提醒 1 人：Lee。现在是免打扰时段，08:30 发出。
      L1> 催一下没登记的
      今天已经提醒过：Lee。
      `,
    )
    const [queued] = await bank.rows<{ at: string }>(
      `select to_char(not_before at time zone 'Asia/Shanghai', 'HH24:MI') as at from message
       where once_key like 'nudge:2026-11-24:%'`,
    )
    expect(queued?.at).toBe('08:30')
    await play(
      bank,
      `
      @ 2026-11-24T21:00:00+08:00
      L1> 催一下没登记的
      今天不再提醒
    `,
    )
  })

  test('of somebody who answers for others, my clients are those of the unit', async () => {
    await play(
      bank,
      `
      L1> 我的客户
      一队的客户：6 户
      M3> 我的客户
      我的客户：1 户
      L1> 谁没有下一步
      没有下一步任务 · 一队的客户：1 户
      孙丽
      `,
    )
  })
})
