import { afterAll, beforeAll, expect, test } from 'vitest'
import { handOver } from '../../src/features/handover/send-lists.ts'
import { remind } from '../../src/features/reminders/remind.ts'
import type { Bank } from '../support/bank.ts'
import { hire } from '../support/hire.ts'
import { play } from '../support/play.ts'
import { visitorsOf } from '../support/visitor.ts'

/**
 * A week of a branch: six managers of two teams, their leads, the head, marketing, risk, a department, and a client
 * on a phone, wherever they say it. What is answered is held against what the rows say.
 */
export function branchWeek(open: () => Promise<Bank>): () => Bank {
  let bank: Bank
  beforeAll(async () => {
    bank = await open()
    await hire(bank, 'M4', '韩冬', 'manager', 'T2')
    await hire(bank, 'M5', '苏晴', 'manager', 'T1')
    await hire(bank, 'M6', '罗平', 'manager', 'T2')
    for (const [name, code] of [
      ['赵强', 'M4'],
      ['孙丽', 'M5'],
      ['钱进', 'M6'],
    ]) {
      await bank.rows(`with whose as (select id from staff where code = '${code}'), given as (
        update client set owner_id = whose.id from whose where name = '${name}' returning client.id)
        update task set manager_id = whose.id from whose, given where client_id = given.id returning 1`)
    }
    await play(
      bank,
      `
      K1> 条线 代发工资 归 公司金融部
      "代发工资"是产品，属于条线"支付结算"，没有改动。
      K1> 条线 支付结算 归 公司金融部
      "支付结算"的需求以后移交给公司金融部。
      `,
    )
  })
  afterAll(() => bank.close())

  const at = () => bank.app.services.moment()
  /** Reminders that are due, as the job rings them. */
  const ring = async () => {
    await remind.run(bank.app.services, at())
    await bank.app.delivery.settled()
  }
  const count = async (sql: string): Promise<number> => {
    const [row] = await bank.rows<{ n: number }>(`select count(*)::int as n from ${sql}`)
    return row?.n ?? -1
  }
  /** What a person logged on a day and stands. */
  const logged = (code: string, day: string) =>
    count(`outcome join staff on staff.id = staff_id
      where code = '${code}' and logged_on = '${day}' and undone_at is null`)

  test('Monday: lists, calls by a thumb and a line, a client on a phone, the lead at noon', async () => {
    await bank.told()
    await play(
      bank,
      `
      @ 2026-11-23T08:07:00+08:00
      push
      M1<
      今天 3 件
      1 张三
      2 王芳
      @ 2026-11-23T09:30:00+08:00
      M1> 1 没接
      已记：张三 没接，明天 再联系。
      M1> [有意向]
      已记：王芳 有意向，周四(11/26) 再联系。
      M1> [改到周三(11/25)]
      已改：王芳 有意向，周三(11/25) 再联系。
      M2> 1 interested 300k Friday 3pm
      Logged: Tom interested CNY 300,000; Fri 27 Nov 15:00 next.
      M4> 赵强 约见 明天上午10点
      已记：赵强 约见，明天 上午10点 再联系。
      `,
    )
    const clients = visitorsOf(bank)
    await clients.from('203.0.113.7').leave(await clients.linkOf('M1', '我的码'), {
      ...{ name: '钱程', business: '五金店', need: '进货', consent: 'yes', phone: '13800137002' },
    })
    await play(
      bank,
      `
      M1<
      周敏转介：钱程 · 五金店 · 138 0013 7002 刚留下联系方式，需要"进货"。
      @ 2026-11-23T11:30:00+08:00
      L1> 团队今天
      一队 · 今天
      3 人，1 人还没登记；登记 3 次，未办 1 件
      苏晴 还没登记
      周敏 登记 2 · 有意向 1 · 新客 1 · 未办 1
      Lee 登记 1 · 有意向 1
      L1> [提醒没登记的 1 人]
      今天没有到期的：苏晴。
      `,
    )
    expect([await logged('M1', '2026-11-23'), await logged('M2', '2026-11-23')]).toEqual([2, 1])
    expect(
      await bank.rows(
        `select name, source from client where opened_by is not null or name = '钱程'`,
      ),
    ).toContainEqual({ name: '钱程', source: 'referral' })
  })

  test('Tuesday: who came by a referral heads the list, an hour is reminded, a need goes to its department', async () => {
    await play(
      bank,
      `
      @ 2026-11-24T08:07:00+08:00
      push
      M1<
      新转介
      1 钱程
      周敏转介，请先联系
      @ 2026-11-24T09:35:00+08:00
      `,
    )
    await ring()
    await play(
      bank,
      `
      M4<
      上午10点 快到了
      赵强
      @ 2026-11-24T11:00:00+08:00
      M4> 走访 赵强 仓库满了，想要代发工资和贷款30万
      已记走访：赵强 有意向 30万
      另记需求：代发工资，将随名单移交。
      M1> 钱程 有意向 20万 贷款
      已记：钱程 有意向 20万，周五(11/27) 再联系。
      M1> 提醒我 下午2点 带合同去福源
      今天 下午2点 提醒您：带合同去福源。
      M1> 提醒我 上午9点 打电话
      已经过去
      `,
    )
    await handOver(bank.app.services, at(), true)
    await bank.app.delivery.settled()
    await play(
      bank,
      `
      D1<
      赵强
      D1> 接 1
      赵强
      134 9001 0004
      代发工资
      已接收
      D1> 进展 1 已约周四上门
      M4<
      已约周四上门
      @ 2026-11-24T14:00:00+08:00
      `,
    )
    await ring()
    await play(bank, 'M1<\n带合同去福源')
    expect(
      await bank.rows('select product, status from need join client on client.id = client_id'),
    ).toEqual([{ product: 'payroll', status: 'open' }])
    expect(await bank.rows('select status, number from hand_over_row')).toEqual([
      { status: 'accepted', number: 1 },
    ])
    expect(await count(`visit where note like '%'`)).toBe(1)
  })

  test('Wednesday: somebody is sick, marketing asks before it decides, a complaint has its day', async () => {
    await play(
      bank,
      `
      @ 2026-11-25T09:00:00+08:00
      L1> 请假 M5 11/25-11/27 代班 Lee
      已替 苏晴 登记请假：今天 到 周五(11/27)（3 个工作日），Lee 代班
      M2<
      苏晴 is away today to Fri 27 Nov
      K1> 指定调整 张三 连续两季亏损 至 2027-03-31
      已指定 张三 为 E 调整
      K2> 调查 张三 流水为什么掉了一半？ 周四前答复
      已问客户经理 周敏
      K2> 批准 张三
      答复前不作决定
      M1> 答复 张三 换了开户行，流水在外行
      已答复 叶青（张三）
      K2<
      周敏 答复了 张三 的询问："换了开户行，流水在外行"
      K2> 驳回 张三 理由 流水已核实
      已驳回 1 件
      M1> 投诉 福源 扣费没说明
      已记投诉：王芳 "扣费没说明"，下周三(12/2) 前答复
      K1> 新增资料 流动资金贷款 材料清单：营业执照、近半年流水、身份证
      已放进资料库
      M1> 资料 流贷
      营业执照、近半年流水、身份证
      R1> 问营销 张三 E类指定还保留吗
      已问营销部门 方刚、叶青
      `,
    )
    expect(
      await bank.rows(`select tier, status from client_tier join client on client.id = client_tier.client_id
      join tier_change on tier_change.client_id = client.id and approver_role is not null
      where name = '张三'`),
    ).toEqual([{ tier: 'B', status: 'rejected' }])
    expect(await bank.rows('select status from enquiry order by id')).toEqual([
      { status: 'answered' },
      { status: 'open' },
    ])
    expect(await bank.rows('select status, due_on::text as due from complaint')).toEqual([
      { status: 'open', due: '2026-12-02' },
    ])
  })

  test('Thursday: a campaign of the branch, and what comes of it', async () => {
    await play(
      bank,
      `
      @ 2026-11-26T08:07:00+08:00
      push
      @ 2026-11-26T09:00:00+08:00
      H1> 活动 新建 岁末走访 11/26-12/4 给 城东支行 产品 结算卡 话术 上门送台历
      岁末走访 · 草稿
      H1> [发布]
      岁末走访 · 进行中
      M1> 打标 岁末走访 张三 有意向 结算卡
      已打标"岁末走访"：张三 有意向
      M6> 打标 岁末走访 秦一 13800138055 茶叶店 考虑
      新客户，已登记在您名下。
      M4> 赵强 已申请 30万
      已记：赵强 已申请 30万
      M1> 投诉 结 福源 已退费，客户满意
      投诉已结：王芳 "已退费，客户满意"
      M2> 孙丽 没接
      H1> 活动 数据 岁末走访
      触达: 2
      有意向: 1
      H1> [按经理]
      `,
    )
    expect(await count('campaign_response')).toBe(2)
    expect(await bank.rows('select status, answer from complaint')).toEqual([
      { status: 'closed', answer: '已退费，客户满意' },
    ])
  })

  test('Friday: the head’s question, the week’s numbers, a client goes over, and undo', async () => {
    const before = await count(`client join staff on staff.id = owner_id where code = 'M2'`)
    await play(
      bank,
      `
      @ 2026-11-27T10:00:00+08:00
      H1> 进度
      城东支行 · 进度
      已申请 | 1 | 30万
      H1> 本周小结
      城东支行 · 本周
      6 人（请假 1）
      L1> 交接客户 钱程 给 Lee
      把 钱程（周敏的客户）连同 1 件任务转给 Lee？
      L1> 1
      M2<
      钱程
      M2> today
      钱程
      M2> client 钱程
      Lee
      L1> 撤销
      已撤销
      `,
    )
    expect(await count(`client join staff on staff.id = owner_id where code = 'M2'`)).toBe(before)
    const week = `logged_on between '2026-11-23' and '2026-11-27' and undone_at is null`
    const said = JSON.stringify(await bank.say('H1', '本周小结'))
    for (const [code, name] of [
      ['M1', '周敏'],
      ['M2', 'Lee'],
      ['M4', '韩冬'],
    ] as const) {
      const outcomes = await count(`outcome join staff on staff.id = staff_id
        where code = '${code}' and ${week}`)
      const visits = await count(`visit join staff on staff.id = staff_id where code = '${code}'
        and undone_at is null and not exists (select from outcome where outcome.act_id = visit.act_id)`)
      expect(said, name).toMatch(new RegExp(`${name}[^"\\\\]*登记 ${outcomes + visits}(?!\\d)`))
    }
    const [sum] = await bank.rows<{ amount: number }>(`
      select coalesce(sum(amount), 0)::int as amount from (
        select distinct on (client_id) client_id, stage, amount from outcome
        where undone_at is null order by client_id, logged_at desc) as latest
      where stage in ('interested', 'applied', 'approved', 'signed')`)
    expect(JSON.stringify(await bank.say('H1', '进度'))).toContain(
      `${(sum?.amount ?? 0) / 10_000}万`,
    )
  })

  test.each([
    ['M1', '提醒我 上午9点 带身份证', '已经过去'],
    ['M1', '提醒我 周日下午3点 带合同', '周日(11/29)休息，那天不提醒'],
    ['M4', '赵强 约见 昨天下午3点', '已经过去了，哪天再联系？'],
    ['M4', '赵强 约见 今天上午9点', '已经过去'],
    ['L1', '派 周敏 联系王芳 昨天', '已经过去'],
    ['K1', '新增资料 房抵贷', '资料'],
    ['M1', '问营销 福源 能续吗 昨天前答复', '已经过去了，最晚哪天要答复？'],
  ])('%s> %s: says what is wrong, and nothing is half done', async (code, line, answer) => {
    const state = () =>
      bank.rows(`select (select count(*)::int from task where status = 'open') as tasks,
        (select count(*)::int from reminder) as reminders, (select count(*)::int from paper) as papers,
        (select count(*)::int from outcome) as outcomes, (select count(*)::int from enquiry) as asked`)
    const before = await state()
    await play(bank, `${code}> ${line}\n${answer}`)
    expect(await state()).toEqual(before)
  })

  test('two appointments at once are both kept, and said', () =>
    play(
      bank,
      `
      M1> 提醒我 下周一下午3点 带合同
      下周一(11/30) 下午3点 提醒您：带合同。
      M1> 提醒我 下周一下午3点10分 去银监
      那个时间前后还有：下午3点 带合同。
      `,
    ))
  return () => bank
}
