import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { render } from '../../src/channels/console/render.ts'
import { newId } from '../../src/core/ids.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(ONE_DATABASE)('people ask, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
    const market = newId()
    await bank.rows(`
      insert into register_entry (id, register, name, recorded_at)
      values ('${market}', 'cluster', '五金市场', now())`)
    await bank.rows(`
      insert into register_name (register, key, name, entry_id)
      select 'cluster', name_key(name), name, '${market}' from unnest(array['五金市场', '五金城']) as name`)
    await bank.rows(`
      update client set cluster_id = '${market}', credit_expires_on = '2026-11-27' where name = '张三'`)
  })
  afterEach(() => bank.close())

  test('a manager about the own book and day', async () => {
    await play(
      bank,
      `
      M1> 我的客户
      我的客户：5 户
      张三 · 顺发五金店 · B 潜力 · 134 9001 0001
      M1> B类和C类有几个
      B类或C类 · 我的客户：2 户
      M1> [看名单]
      张三 · 顺发五金店
      王芳 · 福源饭店
      M1> [查看]
      主办: 周敏
      M1> 这周到期的授信
      授信本周到期 · 我的客户：1 户
      张三 · 顺发五金店 · B 潜力 · 授信 周五(11/27) 到期 · 134 9001 0001
      M1> 五金城的客户
      集群 五金市场 · 我的客户：1 户
      M1> 五金的客户
      没听懂"五金"
      [1 集群 cluster 五金市场]
      M1> 1
      集群 五金市场 · 我的客户：1 户
      M1> 红色的客户
      没听懂"红色"：您看得到的同事、机构、区域、集群和行业里都没有，所以没有统计。
      M1> 用信超过50%的客户
      王芳 · 福源饭店 · C 维护 · 用信 80%
      M1> A类有哪些
      A类 · 我的客户：0 户
      没有符合的。
      M1> 到期的客户
      哪段时间到期
      M1> 下个月
      授信下月到期 · 我的客户：0 户
      M1> 还有几个没做
      今天到期和逾期 · 我的任务：3 件
      M1> 今日
      张三
      M1> 1 有意向 30万
      张三
      M1> 走访 张三 店里货挺多
      张三
      M1> 我这个月走访了几个
      本月 · 走访 · 我的登记：1 次
      M1> 我今天完成了多少
      今天 · 我的登记
      有意向 | 1 次 · 30万
      走访 | 1 次
      M1> 我今天做了什么
      今天 · 我的登记：2 次
      今天 · 走访 · "店里货挺多"
      今天 · 有意向 · 30万
      M1> 还有几个没做
      我的任务：2 件
      M1> 张三的电话多少
      电话: 134 9001 0001
      M1> 张三 这个客户上次聊了什么
      有意向
      M1> 张三为什么是B类
      B 潜力
      M1> 张三的客户
      没听懂"张三"
      [1 张三 · 顺发五金店]
      M1> 何勇今天做了什么
      没听懂"何勇"
      M1> 谁还没登记
      全队的请问主管
      `,
    )
  })

  test('a lead about the team, whoever did nothing first', async () => {
    await play(
      bank,
      `
      M1> 今日
      张三
      M1> 1 没接
      张三
      L1> 谁还没登记
      今天 · 一队还没有登记的：1 人
      Lee
      L1> 团队情况
      今天 · 一队的登记
      Lee 0 次
      周敏 1 次
      L1> 周敏今天做了什么
      今天 · 周敏的登记：1 次
      张三 · 顺发五金店 · 今天 · 没接
      L1> 五金市场的客户
      集群 五金市场 · 一队的客户：1 户
      张三 · 顺发五金店 · B 潜力 · 五金市场 · 134 9001 0001 · 周敏
      L1> 何勇的客户
      没听懂"何勇"
      M1> 撤销
      已撤销
      L1> 谁还没登记
      2 人
      `,
    )
  })

  test('a head about the branch, and marketing about the bank', async () => {
    await play(
      bank,
      `
      H1> 各队有多少客户
      城东支行的客户
      一队 | 6 户
      二队 | 1 户
      H1> 一队有多少户
      一队的客户：6 户
      H1> 按经理有多少客户
      何勇 1 户
      周敏 5 户
      K1> 按分层有多少客户
      全行客户
      D 普惠 | 3 户
      K1> 授信一共多少
      全行客户：160万（7 户，其中 4 没有金额）
      K1> 二队的客户
      二队的客户：1 户
      钱进 · D 普惠 · 134 9001 0007 · 何勇
      S1> 我的客户
      不在您的岗位功能里
      `,
    )
  })

  test('in English, as freely', async () => {
    await play(
      bank,
      `
      M2> my clients
      my clients: 1 client
      Tom · D inclusive · 134 9001 0006
      M2> which clients are A
      tier A · my clients: 0 clients
      There is none.
      M2> clients not contacted for 7 days
      not contacted for 7 days · my clients: 1 client
      never contacted
      M2> how many left today
      due today or overdue · my tasks: 1 task
      M2> Tom's phone
      Phone: 134 9001 0006
      M2> clients in the green market
      I do not know "green market"
      M2> which tier is Tom in
      D inclusive (provisional)
      `,
    )
  })

  test('an answer that is long is shown by pages', async () => {
    await bank.rows(`
      insert into client (id, kind, name, pinyin, initials, phone, source, owner_id, negative_list, entered_at)
      select gen_random_uuid(), 'prospect', '新客' || n, 'xinke', 'xk', '+86137' || lpad((100 + n)::text, 8, '0'), 'list',
        staff.id, false, '2026-11-20T02:00:00Z'
      from generate_series(1, 21) as n join staff on staff.code = 'M3'`)
    const seen = new Set<string>()
    let cards = await bank.say('M3', '我的客户')
    for (const left of [12, 2]) {
      for (const name of cards
        .map(render)
        .join('\n')
        .match(/新客\d+|钱进/g) ?? [])
        seen.add(name)
      cards = await bank.press('M3', `更多（还有 ${left}）`)
    }
    const last = cards.map(render).join('\n')
    for (const name of last.match(/新客\d+|钱进/g) ?? []) seen.add(name)
    expect(seen.size).toBe(22)
    expect(last).not.toContain('更多')
  })

  test('while a reason is waited for, a question is no reason', async () => {
    await play(
      bank,
      `
      K1> 指定调整 张三
      为什么
      K1> 看看A类有多少户
      A类 · 全行客户：0 户
      `,
    )
  })
})
