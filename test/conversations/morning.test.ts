import { afterAll, beforeAll, describe, test } from 'vitest'
import { type Bank, openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(DATABASES)('a manager’s morning on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  test('the list arrives, is answered, and every outcome makes the next task', async () => {
    await play(
      bank,
      `
      @ 2026-11-23T08:07:00+08:00
      push
      M1<
      晨会 · 11月23日 周一
      今天 3 件
      现在是免打扰时段（20:30-08:30），电话请在 08:30 之后打。
      逾期
      1 张三 · 顺发五金店 · B 潜力
      有意向 30万，约好再联系 · 134 9001 0001
      今天
      2 王芳 · 福源饭店 · C 维护
      还没有联系过
      3 王芳 · 隆盛制衣厂 · D 普惠
      2 次没接，再打一次
      近日
      4 赵强 · 恒通货运部 · 待判定
      明天 新客户，首次联系
      回复"1 有意向 50万 周五再联系"即可登记。

      @ 2026-11-23T09:00:00+08:00
      M1> 1 有意向 50万 周五再联系
      已记：张三 有意向 50万，周五(11/27) 再联系。
      下一件
      2 王芳
      还没有联系过 · 134 9001 0002
      [撤销] [今日]
      M1> 2 没接⏎3 没接
      已记：王芳 没接，明天 再联系。
      已记：王芳 没接，明天 再联系。
      [撤销] [今日]
      M1> 今日
      晨会 · 11月23日 周一
      今天没有到期的，已办 3 件
      近日
      4 赵强
      明天 新客户，首次联系
      5 王芳 · 福源饭店 · C 维护
      明天 1 次没接，再打一次，上次（11/23）没接
      6 王芳 · 隆盛制衣厂 · D 普惠
      明天 3 次没接，再打一次，上次（11/23）没接
      回复"1 有意向 50万 周五再联系"即可登记。
      M1> 4 已申请
      已记：赵强 已申请，周三(11/25) 再联系。
      [改到明天] [改到下周一(11/30)]
      [撤销] [今日]
      M1> 分层 张三
      张三 · 顺发五金店
      B 潜力（暂定）
      ✓ 授信 50 万以上：90万
      还缺 6 项
      净资产
      补齐并达标即可升到 A 重点
      [补充信息] [全部条件] [分层历史]
      M1> 需求 张三 结算卡 下月 急
      已记需求：张三 结算卡 下周二(12/1) 急。属于其他条线，已登记，将随名单移交。
      [撤销] [客户]
      M1> 需求 张三 流贷 20万 急
      已记需求：张三 流动资金贷款 20万 急。今天 跟进。
      [撤销] [客户]
      M1> 新客户 李四 13800138000 五金店
      已登记新客户：李四 · 五金店 · 138 0013 8000，明天 首次联系。
      [记需求] [撤销]
      M1> 查 李四
      李四 · 五金店
      分层: 待判定（暂定）
      电话: 138 0013 8000
      行业: —
      来源: 散客
      主办: 周敏
      上次联系: 还没有
      录入: 2026-11-23
      待办
      · 明天 电话
      档案
      · 还缺 14 项（共 15 项）：地址、经营月数、行业类别 等
      [分层依据] [记需求] [转介码]
      M1> 转介 张三
      张三 的转介码
      [转介二维码]
      http://127.0.0.1:8707/r/
      转给 张三，请他分享给同行朋友；有人留下联系方式，您会马上收到消息。
      张三 自己的页面，只发给本人：推荐了几位、走到哪一步，没有别人的姓名。
      /r/mine/
      [海报] [打印页] [停用]
      M1> 我的码
      我的转介码
      [转介二维码]
      http://127.0.0.1:8707/r/
      转发或当面扫码；有人留下联系方式，会马上有消息。
      [海报] [打印页] [停用]
      `,
      { whole: true },
    )
  })

  test('the third unanswered call in a row is followed in two weeks', async () => {
    await play(
      bank,
      `
      @ 2026-11-24T09:00:00+08:00
      M1> 今日
      王芳 · 隆盛制衣厂 · D 普惠
      3 次没接，再打一次
      M1> 王芳
      [1 王芳 · 福源饭店 · 0002] [2 王芳 · 隆盛制衣厂 · 0003]
      `,
    )
    const [task] = await bank.rows<{ id: string }>(
      `select task.id from task join client on client.id = client_id
       where business_name = '隆盛制衣厂' and status = 'open'`,
    )
    const input = { taskId: task?.id, outcome: 'no-answer' }
    await bank.send('M1', { command: 'log-outcome', input })
    await play(bank, 'M1> 查 隆盛\n12月8日 电话')
  })

  test('English is answered in English', async () => {
    await play(
      bank,
      `
      @ 2026-11-23T09:00:00+08:00
      M2> today
      Morning · Mon 23 Nov
      1 due
      Today
      1 Tom
      was thinking it over, ask again
      Reply "1 interested 500k Friday" to log an outcome.
      M2> 1 interested 500k Friday
      Logged: Tom interested CNY 500,000; Fri 27 Nov next.
      [Undo] [Today]
      M2> undo
      Undone: the outcome of Tom
      [Today]
      `,
      { whole: true },
    )
    await play(bank, 'M2> help\ntoday')
  })
})
