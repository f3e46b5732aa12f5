import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { handOver } from '../../src/features/handover/send-lists.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'
import { play } from '../support/play.ts'

// Mornings of people who know no command: as they type and as a phone writes down what they say, in the words of
// their branch, with slips, half sentences and small talk. What stands on file is looked at behind each.

describe.each(DATABASES)('mornings of people who know no command, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
    bank.setClock('2026-11-23T09:10:00+08:00')
  })
  afterAll(() => bank.close())

  const outcomesOf = (code: string) =>
    bank.rows<{ name: string; kind: string; amount: number | null }>(
      `select client.name, outcome.kind, amount::int from outcome
       join client on client.id = client_id join staff on staff.id = outcome.staff_id
       where staff.code = '${code}' and undone_at is null order by outcome.id`,
    )

  test('a manager', async () => {
    await play(
      bank,
      `
      M1> 早啊
      看今天的任务
      M1> 你是谁
      可以这样说
      M1> 今天要干嘛
      1 张三
      4 赵强
      M1> 那个张三没人接
      已记：张三 没接，明天 再联系。
      M1> 刚才记错了，张三是有意向，想要三十万
      已改：张三 没接 → 有意向 30万，周四(11/26) 再联系。
      M1> 赵强 说考虑一下，周五再打给他
      已记：赵强 再考虑，周五(11/27) 再联系。
      M1> 把赵强改到下周一
      已改期：赵强 → 下周一(11/30)。
      M1> 王芳 停机了
      有 2 位客户符合"王芳"，您说的是哪位？
      M1> 就是那个呀
      没看懂"就是那个呀"。刚才那件还没选：
      M1> 福源那个
      已记：王芳 号码不对
      M1> 张三电话多少来着
      电话: 134 9001 0001
      M1> 张三要个收款码
      已记需求：张三 收单
      M1> 明天下午3点提醒我给张三送合同
      明天 下午3点 提醒您：给张三送合同。
      M1> 提醒我 昨天带合同
      日期"昨天"已经过去了，哪一天？
      M1> 我周五要去总行
      日期"昨天"已经过去了，哪一天？
      M1> 那就后天吧
      周三(11/25)
      M1> 刚认识一个老板 叫刘小燕 13712345678 开水果店的 想贷十万
      已登记新客户：刘小燕 · 水果店 · 137 1234 5678，想贷 10万
      M1> 去看了刘小燕的店，货挺多，周四再去
      已记走访：刘小燕 "货挺多，周四再去"，下次：周四(11/26) 走访。
      M1> 走访 张三
      走访 张三 看到什么、聊了什么？写一句即可。
      M1> 明天联系赵强
      "明天联系赵强"是刚才的回答，还是另一件事？
      M1> 算了
      M1> 对了⏎今日
      今天 1 件，已办
      M1> 我今天做了几个
      有意向 | 1 次 · 30万
      M1> 还有几个没打
      今天到期和逾期 · 我的任务：1 件
      M1> 谢谢
      不客气。
      `,
    )
    expect(await outcomesOf('M1')).toEqual([
      { name: '张三', kind: 'interested', amount: 300_000 },
      { name: '赵强', kind: 'thinking', amount: null },
      { name: '王芳', kind: 'wrong-number', amount: null },
    ])
  })

  test('a manager of another team, by voice', async () => {
    await play(
      bank,
      `
      M3> 各位早上好
      看今天的任务
      M3> 今朝有啥事体伐
      今天到期和逾期 · 我的任务：0 件
      M3> 有个新客户 黄老板 13900001111 卖海鲜的 在水产市场
      已登记新客户：黄老板 · 卖海鲜 · 139 0000 1111，明天 首次联系。备注：在水产市场
      M3> 嗯黄老板想要贷20万
      已记：黄老板 有意向 20万，周四(11/26) 再联系。
      M3> 不对不对黄老板是说考虑
      已改：黄老板 有意向 20万 → 再考虑，下周一(11/30) 再联系。
      M3> 那个钱进那个开厂的他讲不要 嫌利息高
      已记：钱进 拒绝 "那个开厂的他讲不要 嫌利息高"
      M3> 然后黄老板要个收款码
      已记需求：黄老板 收单
      M3> 钱进的资料还差什么
      还缺 11 项
      M3> 钱进电话多少来着
      134 9001 0007
      M3> 客户投诉了 钱进说贷款太慢
      已记投诉：钱进 "说贷款太慢"
      M3> 钱进的投诉怎么样了
      没听懂
      M3> 钱进的投诉解决了
      怎么处理的，钱进 怎么说？
      M3> 额度已经批了 客户满意
      投诉已结：钱进 "额度已经批了 客户满意"
      M3> 黄老板打过了
      黄老板 的结果是哪一种？
      M3> 算了
      M3> 好久没联系的有哪些
      30 天未联系 · 我的客户：0 户
      M3> 给我个二维码
      我的转介码
      M3> 下周二我请假 石磊帮我顶一下
      已登记请假：下周二(12/1)（1 个工作日），石磊 代班
      M3> 把刚才的撤了
      已撤销
      M3> 提醒我给黄老板送表
      什么时候提醒？
      M3> 钱进
      钱进
      刚才问的还没有答
      M3> 嗯那就明天下午三点吧
      明天 下午3点 提醒您：给黄老板送表。
      M3> 明天有几个
      明天 · 我的任务
      M3> 我刚才都记了些啥
      今天 · 我的登记：2 次
      M3> 我这个月做得怎么样
      再考虑 | 1 次
      M3> 好了下班
      辛苦了，再见。
      `,
    )
    expect(await outcomesOf('M3')).toEqual([
      { name: '黄老板', kind: 'thinking', amount: null },
      { name: '钱进', kind: 'declined', amount: null },
    ])
  })

  test('a manager in English', async () => {
    await play(
      bank,
      `
      M2> hey good morning
      Say "today" for your tasks.
      M2> what do i have today
      my tasks: 1 task
      M2> tom didnt pick up
      Logged: Tom no answer; tomorrow next.
      M2> that was wrong, Tom interested 200k next tuesday
      Changed: Tom no answer → interested CNY 200,000; Tue 1 Dec next.
      M2> what's Tom's number
      134 9001 0006
      M2> new client Jack Ma 13812345678 noodle shop
      Entered: Jack Ma · noodle shop
      M2> jack ma wants a pos machine
      Need registered: Jack Ma card terminal
      M2> remind me tomorrow 3pm call jack
      I will remind you tomorrow 15:00: call jack.
      M2> remind me yesterday to bring papers
      "yesterday" has gone by. Which day?
      M2> the shop is closed on friday
      I did not understand
      M2> let's say friday
      I will remind you Fri 27 Nov
      M2> visited Tom today, shop is busy, go again in 2 weeks
      Visit logged: Tom "shop is busy, go again in 2 weeks"; next: 7 Dec visit.
      M2> how many did i do today
      interested | 1 entry
      M2> who hasn't been contacted for 30 days
      not contacted for 30 days
      M2> Jack Ma no answer
      Logged: Jack Ma no answer
      M2> Jack Ma says stop calling him
      Changed: Jack Ma no answer → do not contact
      M2> undo that
      Undone: the outcome of Jack Ma. It is Jack Ma no answer again.
      M2> today
      1 Jack Ma
      M2> 1 called
      What came of number 1?
      M2> what's left
      my tasks
      Not answered yet: What came of number 1?
      M2> stop calling Jill, she asked
      I did not understand
      Not answered yet: What came of number 1?
      M2> interested 300k, call Friday
      Logged: Jack Ma interested CNY 300,000 "called"; Fri 27 Nov next.
      M2> how's my month
      this month · my entries
      M2> my link
      My referral code
      M2> leave friday cover 周敏
      Registered: away Fri 27 Nov (1 workdays); 周敏 stands in.
      M2> thx bye
      Goodbye.
      `,
    )
    expect(await outcomesOf('M2')).toEqual([
      { name: 'Tom', kind: 'interested', amount: 200_000 },
      { name: 'Jack Ma', kind: 'no-answer', amount: null },
      { name: 'Jack Ma', kind: 'interested', amount: 300_000 },
    ])
    expect(await bank.rows(`select 1 from client where do_not_contact is not null`)).toEqual([])
  })

  test('a lead', async () => {
    await play(
      bank,
      `
      L1> 大家早上好
      看今天的任务
      L1> 今天谁还没动
      今天 · 一队还没有登记的：0 人
      L1> 周敏今天干了啥
      今天 · 周敏的登记：4 次
      L1> 队里情况怎么样
      今天 · 一队的登记
      L1> 让周敏下午去看看张三
      已派给 周敏：张三 今天 走访。
      L1> 派周敏周三前去张三店里收资料
      日期"周三前"不确定是哪一天，哪一天？
      L1> 逾期的有哪些
      刚才问的还没有答：日期"周三前"不确定是哪一天？
      L1> 算了
      好，不办了
      L1> 我们队B类有几个
      B类 · 一队的客户：1 户
      L1> 张三现在什么情况
      是下面的吗？
      L1> 对
      134 9001 0001
      L1> 周敏这个月走访了几个
      本月 · 走访 · 周敏的登记：1 次
      L1> 通知大家 下午三点开会
      已通知 2 人：周敏、Lee。
      L1> 王芳投诉了
      王芳 投诉什么？请写一句。
      L1> 扣费没说明
      有 2 位客户符合"王芳"，您说的是哪位？
      L1> 哪个来着
      刚才那件还没选：
      L1> 福源那个
      已记投诉：王芳 "扣费没说明"
      L1> 投诉
      王芳 "扣费没说明"
      L1> 授信快到期的
      授信30 天内到期 · 一队的客户：0 户
      L1> 缺资料
      周敏 | 6
      L1> 我能干什么
      可以这样说
      L1> 赵强
      赵强 · 恒通货运部
      L1> 张三为什么是B
      B 潜力
      L1> 客户 王芳
      有 2 位客户符合"王芳"
      L1> 第二个
      王芳 · 隆盛制衣厂
      L1> 没有需求的客户
      L1> 收工
      辛苦了，再见。
      `,
    )
    expect(
      await bank.rows(
        `select client.name, complaint.about from complaint join client on client.id = client_id
         where status = 'open'`,
      ),
    ).toHaveLength(1)
  })

  test('a department, which gets what managers registered for it', async () => {
    bank.setClock('2026-11-30T09:12:00+08:00')
    await bank.rows(
      `update business_line set unit_id = (select id from unit where code = 'D')
       where unit_id is null returning 1`,
    )
    await handOver(bank.app.services, bank.app.services.moment())
    await play(
      bank,
      `
      D1> 你好
      发"帮助"看可以说什么
      D1> 有没有新的单子
      待办的移交 3 条
      1 张三 · 顺发五金店
      2 黄老板 · 卖海鲜
      3 Jack Ma · noodle shop
      D1> 第一个接了
      1 张三
      已接收
      D1> 2和3也接
      2 黄老板
      已接收
      3 Jack Ma
      已接收
      D1> 好的
      好的。
      D1> 办结 1
      请写办理的结果
      D1> 谢谢
      请写办理的结果
      D1> 收款码装好了
      1 张三 · 已办结（收款码装好了）
      D1> 进展 2
      请写办到哪一步了
      D1> 移交
      刚才问的还没有答：请写办到哪一步了？说"继续"接着答。
      D1> 继续
      请写办到哪一步了
      D1> 约了周四上门
      2 黄老板
      D1> 第三个退回
      为什么退回？
      D1> 不知道
      刚才那件还没选：
      D1> 第一个
      3 Jack Ma · 已退回
      D1> 移交
      待办的移交 1 条
      D1> 拜拜
      辛苦了，再见。
      `,
    )
    expect(
      await bank.rows(
        `select client.name, need.status from need join client on client.id = client_id
         where need.status <> 'open' order by client.name collate "C"`,
      ),
    ).toEqual([
      { name: 'Jack Ma', status: 'declined' },
      { name: '张三', status: 'served' },
    ])
  })

  test('marketing', async () => {
    await play(
      bank,
      `
      K1> 早
      您好
      K1> 有什么要我批的
      没有待批的调整。
      K1> 各层客户有多少
      B 潜力 | 1 户
      K1> B类有多少
      B类 · 全行客户：1 户
      K1> 张三为什么是B
      B 潜力
      K1> 活动 新建 五一活动 5/1-5/5 给 一队 产品 结算卡 话术 上门问候
      五一活动 · 草稿
      K1> 等一下
      没听懂
      K1> 哪些客户没有结算卡
      没有结算卡 · 全行客户
      K1> 驳回 1
      为什么驳回？请写理由。
      K1> 帮助
      刚才问的还没有答：为什么驳回？
      K1> 算了
      好，不办了
      K1> 谢谢 再见
      辛苦了，再见。
      `,
    )
  })
})
