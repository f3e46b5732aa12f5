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
      周敏 走访 0
      M1> [本月明细]
      周敏 登记 1 · 有意向 1
      H1> 本月小结
      城东支行 · 本月
      3 人，2 人还没登记
      何勇
      `,
    )
  })

  test('of one person says what came of each line that the list of today showed', async () => {
    await play(
      bank,
      `
      @ 2026-11-23T09:00:00+08:00
      M1> 今日
      M1> 不做 1 昨天刚打过，没接
      今天不做：张三 "昨天刚打过，没接"，明天 再上清单。
      [撤销] [今日]
      M1> 2 没接
      M1> 不做 3，路远；4 没接
      "4 没接"是另一件，请另发一条；前面的为什么不做？
      M1> 路远
      今天不做：王芳 "路远"
      M1> 撤销
      M1> 不做 3、4 没接
      "没接"是结果，要登记就发"编号 没接"；只是今天不做，为什么？
      M1> 算了
      L1> 小结 周敏
      今天清单出现过 3 件：登记 1、不做 1（昨天刚打过，没接）、还没动 1。
      `,
    )
    const shown = await bank.rows<{ name: string; due: string; reason: string | null }>(`
      select client.name, line->>'dueOn' as due, skip_reason as reason
      from task_list cross join lateral jsonb_array_elements(shown) with ordinality as shown (line, place)
      join task on task.id = (line->>'id')::uuid join client on client.id = client_id
      left join task_move on task_id = task.id and undone_at is null order by place`)
    expect(shown).toEqual([
      { name: '张三', due: '2026-11-20', reason: '昨天刚打过，没接' },
      { name: '王芳', due: '2026-11-23', reason: null },
      { name: '王芳', due: '2026-11-23', reason: null },
      { name: '赵强', due: '2026-11-24', reason: null },
      // What followed the outcome.
      { name: '王芳', due: '2026-11-24', reason: null },
    ])
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
