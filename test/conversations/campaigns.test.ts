/** @module-tag slow */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { render } from '../../src/channels/console/render.ts'
import { runDay } from '../../src/features/campaigns/run/run-campaigns.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'
import { visitorsOf } from '../support/visitor.ts'

const PLAN = {
  name: '旺季活动',
  startsOn: '2026-11-23',
  endsOn: '2026-12-04',
  audience: '一队',
  products: '流贷',
  talkingPoints: '旺季备货，利率优惠。',
  targetReached: '10',
}

describe.each(ONE_DATABASE)('a campaign on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  /** Sends the form of a plan; resolves to what is answered. */
  const plan = async (code: string, more: object = {}) => {
    const input = { ...PLAN, ...more }
    return (await bank.send(code, { command: 'save-campaign', input })).map(render).join('\n')
  }
  const morning = () => runDay(bank.app.services, bank.app.services.moment())

  test('is planned, previewed, published, tagged and counted', async () => {
    await play(bank, 'L1> 活动 新建\n[新的营销活动: 名称, 开始, 结束, 发给谁')
    expect(await plan('L1')).toMatch(
      /旺季活动 · 草稿[\s\S]*对象: 一队[\s\S]*目标: 触达 10[\s\S]*发给 3 人，名下合适的客户 5 位。\n另有 1 位跳过：F 淘汰 1。\n\[发布\] \[放弃\] \[修改\]/,
    )
    await play(
      bank,
      `
      L1> [发布]
      旺季活动 · 进行中
      M1<
      活动开始：旺季活动
      旺季备货，利率优惠。
      您有 4 位合适的客户，先联系这 4 位
      张三 · 顺发五金店 · B 潜力
      M1> 打标 旺季活动 张三 有意向 50万 周五 需要结算卡
      已打标"旺季活动"：张三 有意向 50万，周五(11/27) 再联系。
      另记需求：结算卡，其他条线的将随名单移交。
      M1> 打标 李四 13800138000 五金店 考虑
      已打标"旺季活动"：李四 再考虑
      新客户，已登记在您名下。
      M1> 打标 旺季活动 王芳
      有 2 位客户符合"王芳"
      M1> 1
      王芳 的反馈是哪一种？
      M1> 6
      已打标"旺季活动"：王芳 拒绝
      M1> 撤销
      已撤销：王芳
      M1> 活动 客户 旺季活动
      还有 3 位没有联系
      M1> 查 张三
      营销活动
      旺季活动 · 有意向 · 11-23
      [打标 旺季活动]
      M2> campaigns
      旺季活动 · running
      L1> 活动 数据 旺季活动
      [旺季活动: 触达 2，有回应 2，有意向 1，已申请 0，已放款 0]
      触达: 2 · 目标 10，完成 20%
      有意向: 1 · 50%
      发现的需求：结算卡 1。
      L1> [按经理]
      周敏 | 2 | 2 | 1 | 0 | 0
      H1> 活动 数据 旺季活动
      触达: 2
      L2> 活动 数据 旺季活动
      没有找到活动"旺季活动"
      `,
    )
    expect(JSON.stringify(await bank.press('H1', '按经理'))).toContain('"columns":["经理","触达"')
  })

  test('who approached nobody is named first, and reminded with one tap, once a day', async () => {
    await bank.told()
    await play(
      bank,
      `
      M1> 活动 提醒 旺季活动
      "活动 提醒 旺季活动"不在您的岗位功能里，由团队主管、分支机构负责人、营销管理来办。
      L2> 活动 提醒 旺季活动
      没有找到活动"旺季活动"
      L1> 活动 数据 旺季活动
      1 人还没动：Lee。
      L1> [按经理]
      1 人还没动：Lee。
      周敏 |
      L1> [提醒没动的 1 人]
      已提醒 1 人：Lee。现在是免打扰时段，08:30 发出。
      H1> 活动 提醒 旺季活动
      没有提醒谁。
      今天已经提醒过：Lee。
      @ 2026-11-23T08:31:00+08:00
      M2<
      you have tagged nobody in "旺季活动" yet, which ends Fri 4 Dec.
      `,
    )
  })

  test('a later outcome is a result of the campaign, and undoing it takes it back', async () => {
    await play(
      bank,
      `
      @ 2026-11-25T09:00:00+08:00
      M1> 今日
      张三
      `,
    )
    const [task] = await bank.rows<{ id: string }>(
      `select task.id from task join client on client.id = client_id
       where client.name = '张三' and status = 'open' and task.kind = 'call'`,
    )
    const log = (outcome: string) =>
      bank.send('M1', { command: 'log-outcome', input: { taskId: task?.id, outcome } })
    // Whoever signed has applied.
    await log('signed')
    await play(bank, 'L1> 活动 数据 旺季活动\n已申请: 1 · 50%\n已放款: 0')
    await log('granted')
    await play(bank, 'L1> 活动 数据 旺季活动\n已申请: 1 · 50%\n已放款: 1 · 50%')
    await play(bank, 'M1> 撤销\n已撤销\nL1> 活动 数据 旺季活动\n已放款: 0')
  })

  test('what was drawn and counted is what a count of the responses says', async () => {
    const counted = await bank.rows(`
      select count(*)::int as reached, count(*) filter (where interested)::int as interested
      from campaign_response`)
    for (const dimension of ['unit', 'manager', 'day', 'region', 'industry']) {
      const kept = await bank.rows(`
        select sum(reached)::int as reached, sum(interested)::int as interested
        from campaign_figure where dimension = '${dimension}'`)
      expect(kept).toEqual(counted)
    }
  })

  test('who opened its links and left details is counted with it, within what the reader sees', async () => {
    const visitors = visitorsOf(bank)
    const path = await visitors.linkOf('M1', '我的码 旺季活动')
    const general = await visitors.linkOf('M1', '我的码')
    for (const [index, address] of ['203.0.113.1', '203.0.113.1', '203.0.113.2'].entries()) {
      await visitors.from(address).open(index === 0 ? `${path}/q` : path)
    }
    await visitors.from('203.0.113.3', 'curl/8.5.0').open(path)
    await visitors.from('203.0.113.4').open(general)
    const form = { name: '张三', phone: '13490010001', business: '', need: '', consent: 'yes' }
    await visitors.from('203.0.113.2').leave(path, form)
    await play(
      bank,
      `
      L1> 活动 数据 旺季活动
      活动的转介码 1 个：打开 2 人次，留下联系方式 1 位。
      M1> 活动 数据 旺季活动
      活动的转介码 1 个：打开 2 人次，留下联系方式 1 位。
      `,
    )
    const theirs = (await bank.say('M2', 'campaign figures 旺季活动')).map(render).join('\n')
    expect(theirs).toContain('旺季活动')
    expect(theirs).not.toContain('referral links')
    await bank.told()
  })

  test('tagging is refused outside of dates and audience, and for a client of someone else', async () => {
    await play(
      bank,
      `
      M3> 打标 旺季活动 钱进 有意向
      活动"旺季活动"没有发给您
      M1> 打标 旺季活动 钱进 有意向
      您名下没有"钱进"。新客户请带上手机和店名
      M1> 打标 旺季活动 钱进 13490010007 有意向
      这个手机号不能登记：已有客户经理在服务，或有其他限制。
      L1> 打标 旺季活动 张三 有意向
      张三 是周敏的客户，请由周敏打标。
      M1> 打标 旺季活动 孙丽 有意向
      F 淘汰客户，不再营销，没有打标
      M1> 打标 旺季活动 张三 有意向 几十万 下周
      金额"几十万"不确定，是多少？
      M1> 30万
      日期"下周"不确定是哪一天
      M1> 下周三
      已打标"旺季活动"：张三 有意向 30万，下周三(12/2) 再联系
      M1> 撤销
      已撤销：张三
      L1> 活动 暂停 旺季活动
      旺季活动 · 已暂停
      M1> 打标 旺季活动 张三 有意向
      活动"旺季活动"暂停了
      L1> 活动 继续 旺季活动
      旺季活动 · 进行中
      `,
    )
    await bank.told()
  })

  test('who may be on file already is asked about, and a further number is kept', async () => {
    await play(
      bank,
      `
      M1> 打标 旺季活动 张叁 13490010001 有意向
      这个手机号已经登记：张三（顺发五金店，周敏）。和 张叁 是同一个人吗？
      M1> 1
      已打标"旺季活动"：张三 有意向
      M1> 撤销
      已撤销：张三
      M1> 打标 旺季活动 赵强 13800138077 恒通货运部 有意向
      已有 赵强（恒通货运部，周敏）。是同一个吗？
      M1> 1
      已打标"旺季活动"：赵强 有意向
      另记电话 138 0013 8077。
      M1> 档案 赵强
      138 0013 8077
      M1> 撤销
      已撤销：赵强
      M1> 打标 旺季活动 赵强 13490010001 茶庄 考虑
      和 赵强 是同一个人吗？
      M1> 2
      新客户，已登记在您名下。
      `,
    )
    expect(
      await bank.rows(
        `select business_name as business, number, person from client
         join client_phone on client_id = client.id where name = '赵强' order by 1`,
      ),
    ).toEqual([
      { business: '恒通货运部', number: '+8613490010004', person: null },
      { business: '茶庄', number: '+8613490010001', person: '张三' },
    ])
    await bank.say('M1', '撤销')
    await bank.told()
  })

  test.each(['全队', '我队', '我们队', '队', 'team', '一队'])(
    'one’s own team is named as people do: %s',
    async (audience) => {
      const preview = await plan('L1', { name: `年终${audience}`, audience })
      if (audience === '队') expect(preview).toContain('没有这个机构、团队或人')
      else expect(preview).toMatch(/对象: 一队[\s\S]*发给 3 人/)
      await bank.rows(`delete from campaign where name like '年终%' returning 1`)
    },
  )

  test('the end of a unit’s name is enough within one’s own', async () => {
    await bank.rows(
      `update unit set name = '城东支行' || name where code in ('T1', 'T2') returning 1`,
    )
    expect(await plan('H1', { name: '年终二队', audience: '二队' })).toContain('对象: 城东支行二队')
    expect(await plan('L1', { name: '年终', audience: '二队' })).toContain('没有这个机构、团队或人')
    await bank.rows(`delete from campaign where name like '年终%' returning 1`)
    await bank.rows(`update unit set name = substr(name, 5) where code in ('T1', 'T2') returning 1`)
  })

  test('a plan that cannot be is refused with the reason', async () => {
    expect(await plan('L1')).toContain('已经有一个叫"旺季活动"的活动')
    const name = '年终活动'
    expect(await plan('L1', { name, endsOn: '2026-11-20' })).toContain('早于开始日')
    expect(await plan('L1', { name, audience: '二队' })).toContain('不在您管辖的机构内')
    expect(await plan('L1', { name, audience: '三队' })).toContain('没有这个机构、团队或人')
    expect(await plan('L1', { name, audience: '' })).toContain('还没有指定发给谁')
    expect(await plan('L1', { name, products: '火箭' })).toContain('没有产品"火箭"')
    expect(await plan('K1', { name, audience: 'S1' })).toContain('没有在岗的客户经理')
    expect(await plan('M1', { name })).toContain('不在您的岗位功能里')
    expect(await bank.rows('select name from campaign')).toEqual([{ name: '旺季活动' }])
  })

  test('a large plan of a team waits for marketing; returned, it comes back with the reason', async () => {
    await play(bank, 'K1> 活动 审批线 3\n超过 3 位时')
    await plan('L1', { name: '年终活动', startsOn: '2026-12-01' })
    await play(
      bank,
      `
      L1> [发布]
      年终活动 · 待审批
      K2<
      谢英 请您审批活动"年终活动"
      M1> 活动 年终活动
      没有找到活动
      K2> 活动 退回 年终活动 话术太短
      年终活动 · 草稿
      L1<
      叶青 退回了活动"年终活动"：话术太短。
      L1> 活动 批准 年终活动
      不能这样做
      L1> 活动 发布 年终活动
      待审批
      K1> 活动 批准 年终活动
      年终活动 · 待开始
      M1> 打标 年终活动 张三 有意向
      活动"年终活动" 2026-12-01 才开始
      `,
    )
  })

  test('is reminded of at half time and before the end, ended, and reported to each with their figures', async () => {
    await bank.told()
    bank.setClock('2026-11-30T08:41:00+08:00')
    await morning()
    await morning()
    const half = (await bank.told()).filter(({ code }) => code === 'M1')
    expect(half.map(({ text }) => text)).toEqual([
      expect.stringMatching(/旺季活动 还有 4 天[\s\S]*您已触达 2 位，有意向 1 位；还有 3 位/),
    ])
    bank.setClock('2026-12-02T08:41:00+08:00')
    await morning()
    const started = (await bank.told()).filter(({ code }) => code === 'M1')
    expect(started.map(({ text }) => text.split('\n')[0]).sort()).toEqual([
      '旺季活动 还有 2 天',
      '活动开始：年终活动',
    ])
    bank.setClock('2026-12-05T08:41:00+08:00')
    await morning()
    await morning()
    const reports = await bank.told()
    // Two campaigns end, and each has two readers.
    expect(reports.map(({ code }) => code).sort()).toEqual(['H1', 'H1', 'L1', 'L1'])
    const texts = reports.map(({ text }) => text)
    expect(texts).toContainEqual(expect.stringMatching(/活动结束：旺季活动[\s\S]*触达: 2/))
    await play(bank, 'M1> 打标 旺季活动 张三 有意向\n活动"旺季活动"已于 2026-12-04 结束')
  })

  test('a plan in one line is kept as a draft, and what is missing is asked', async () => {
    await play(
      bank,
      `
      L1> 区域 登记 城东新区 别名 城东
      L1> 活动 新建 年末走访 12月14日到12月18日 给 一队 产品 结算卡 区域 月球 话术 问候
      没有区域"月球"，活动没有保存。说"区域"看都有哪些。
      L1> 活动 新建 年末走访 12月14日到12月18日 给 一队 产品 结算卡 区域 东新区 话术 问候
      没有区域"东新区"，活动没有保存。是不是 城东新区？
      L1> 活动 新建 年末走访 11月1日到11月20日 给 一队 话术 问候
      "11月1日到11月20日"已经过去了，从哪天开始？
      L1> 算了
      L1> 活动 新建 年末走访 12月14日到12月18日 给 一队 产品 结算卡 区域 城东 话术 上门问候，介绍产品 费率
      年末走访
      一队
      L1> 活动 新建 年末回访 给 一队 话术 问候
      从哪天开始
      L1> 12月21日
      到哪天（含）结束
      L1> 12月25日
      年末回访
      L1> 活动 新建 年末走访 12月14日到12月18日 给 一队 话术 再来一次
      年末走访
      `,
    )
    expect(
      await bank.rows(
        `select name, starts_on::text as from, ends_on::text as until, status, products, regions,
           talking_points as says from campaign where name like '年末%' order by name`,
      ),
    ).toEqual([
      {
        ...{ name: '年末回访', from: '2026-12-21', until: '2026-12-25', status: 'draft' },
        ...{ products: [], regions: [], says: '问候' },
      },
      {
        ...{ name: '年末走访', from: '2026-12-14', until: '2026-12-18', status: 'draft' },
        ...{ products: ['settlement-card'], regions: ['城东'], says: '上门问候，介绍产品 费率' },
      },
    ])
  })

  test('what is published on a day off asks whether it goes out then', async () => {
    await play(
      bank,
      `
      @ 2026-12-12T07:18:00+08:00
      L1> 活动 新建 周末行动 12/12-12/20 给 M2 话术 到市场走一圈
      周末行动 · 草稿
      L1> [发布]
      今天休息。"周末行动"现在就发给大家，还是 下周一(12/14) 上班再发？
      `,
    )
    await bank.told()
    await play(bank, 'L1> [1 下周一(12/14) 再发]\n周末行动 · 待开始\n时间: 下周一(12/14) –')
    expect((await bank.told()).map(({ code }) => code)).toEqual(['L1'])
    await morning()
    expect(await bank.told()).toEqual([])
    await play(bank, '@ 2026-12-14T08:41:00+08:00')
    await morning()
    await play(bank, 'M2<\nCampaign: 周末行动')
    await play(
      bank,
      `
      @ 2026-12-19T10:00:00+08:00
      L1> 活动 新建 市集 12/19-12/20 给 M2 话术 摆摊
      L1> [发布]
      市集 · 进行中
      M2<
      Campaign: 市集
      `,
    )
  })
})
