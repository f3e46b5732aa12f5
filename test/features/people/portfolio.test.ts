import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { endShares } from '../../../src/features/people/portfolio/end-shares.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'
import { play } from '../../support/play.ts'

describe.each(ONE_DATABASE)('people come, move and go on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  const owners = () =>
    bank.rows<{ name: string; code: string }>(
      `select client.name, staff.code from client join staff on staff.id = owner_id
       order by client.name, client.id`,
    )
  const openTasks = () =>
    bank.rows<{ name: string; code: string }>(
      `select client.name, staff.code from task join client on client.id = client_id
       join staff on staff.id = manager_id where task.status = 'open' order by client.name, task.id`,
    )

  test('a lead hands one client over, once it was shown what goes', async () => {
    const before = [await owners(), await openTasks()]
    await play(
      bank,
      `
      L1> 交接客户 张三 给 Lee
      把 张三（周敏的客户）连同 1 件任务转给 Lee？
      [1 确认转交]
      L1> 取消
      L1> 交接 张三 给 Lee
      把 张三（周敏的客户）连同 1 件任务转给 Lee？
      L1> 1
      已转交：张三 和 1 件任务 → Lee
      M1<
      谢英把您的客户 张三 转给了 Lee，任务一并转走。
      M2> client 张三
      Manager: Lee (until 11-23 周敏)
      M1> 查 张三
      没有找到"张三"
      L1> 交接客户 张三 给 Lee
      张三 本来就是 Lee 的客户。
      L1> 撤销
      已撤销：张三 的客户转交
      L1> 交接客户 钱进 给 Lee
      没有找到"钱进"
      L1> 交接客户 张三 给 石磊
      M1> 交接客户 张三 给 Lee
      不在您的岗位功能里
      `,
    )
    expect([await owners(), await openTasks()]).toEqual(before)
  })

  test('a leaver gets in no more, and the book goes over with its history and tasks', async () => {
    await play(
      bank,
      `
      M1> 我的码
      M1> 今日
      M1> 1 有意向 50万 周五再联系
      L1> 离职 周敏 12/31
      离职从登记的当天起生效
      L1> 离职 M1
      周敏（M1）今天离职？聊天账号立即停用
      L1> 1
      周敏（M1）的账号已停用。
      名下还有 5 位客户、4 件任务
      M1> 今日
      这个账号还没有登记
      L1> [平均交接]
      L1> 1
      已交接：周敏 的 5 位客户、4 件任务 → Lee。往来记录随客户保留
      M2<
      谢英 handed you 5 clients and 4 tasks of 周敏
      M2> client 张三
      Manager: Lee (until 11-23 周敏)
      interested
      L1> 交接 M1 平均
      周敏 名下没有客户和任务。
      L1> 离职 周敏 12/31
      离职从登记的当天起生效
      L1> 离职 M1
      周敏 已经离职。
      L1> 派 周敏 联系张三 明天
      周敏 已离职
      `,
    )
    expect((await owners()).filter(({ code }) => code === 'M1')).toEqual([])
    expect((await openTasks()).filter(({ code }) => code === 'M1')).toEqual([])
    expect(await bank.rows(`select code from referral_link`)).toHaveLength(1)
    expect(await bank.rows(`select 1 from account where external_id = 'M1'`)).toEqual([])
  })

  test('a client’s day of a new manager is the bank’s, though it is the day before in UTC', async () => {
    bank.setClock('2026-11-24T01:00:00+08:00')
    await play(
      bank,
      `
      L1> 交接 M1 给 Lee
      L1> 1
      已交接：周敏 的 5 位客户
      M2> client 张三
      Manager: Lee (until 11-24 周敏)
      `,
    )
  })

  test('a book is shared out evenly, its backups first, and can be taken back', async () => {
    const [clients, tasks] = [await owners(), await openTasks()]
    await play(
      bank,
      `
      M1> B角 赵强 何勇
      赵强 的 B 角是 何勇
      H1> 交接 M1 给 Lee、何勇
      H1> 1
      已交接：周敏 的 5 位客户、4 件任务 → Lee、何勇。
      Lee 2 位客户
      何勇 3 位客户
      `,
    )
    const after = await owners()
    expect(after.find(({ name }) => name === '赵强')?.code).toBe('M3')
    expect(after.filter(({ code }) => code === 'M2')).toHaveLength(3)
    expect(after.filter(({ code }) => code === 'M3')).toHaveLength(4)
    for (const { name, code } of await openTasks()) {
      expect(after).toContainEqual({ name, code })
    }
    await play(bank, 'H1> 撤销\n的交接')
    expect([await owners(), await openTasks()]).toEqual([clients, tasks])
  })

  test('receivers who left, are elsewhere or unknown are refused, and nothing is half done', async () => {
    await bank.rows(`update staff set active = false where code = 'M3'`)
    const before = await owners()
    await play(
      bank,
      `
      L1> 交接 M1 给 Lee、何勇
      何勇 已离职
      L1> 交接 M1 给 方刚
      方刚 不在您的支行
      L1> 交接 M1 给 马云
      没有找到同事"马云"
      L1> 交接 M3 平均
      您的团队里没有"M3"
      M1> 交接 M1 平均
      不在您的岗位功能里
      `,
    )
    expect(await owners()).toEqual(before)
  })

  test('a shared client is seen by the colleague until it is not shared any more', () =>
    play(
      bank,
      `
      M3> 共享 张三 周敏
      没有找到"张三"
      M1> 共享 张三 何勇
      张三 已和 何勇 共享
      M3<
      周敏和您共享了客户 张三。
      M3> 查 张三
      共享: 何勇
      M1> 共享 张三 何勇
      张三 已经和 何勇 共享。
      M3> 共享 张三 Lee
      张三 是 周敏 的客户，请由其共享。
      M1> 取消共享 张三 何勇
      张三 不再和 何勇 共享。
      M3> 查 张三
      没有找到"张三"
      M1> 取消共享 张三 何勇
      张三 没有和 何勇 共享。
      `,
    ))

  test('a share may have a reason and a last day, is listed on both sides, and ends by itself', async () => {
    await play(
      bank,
      `
      M1> 我的共享
      没有共享的客户。
      M1> 共享 张三 何勇 到 11月20日
      共享到哪天（含）？比如 12月31日。
      M1> 共享 张三 何勇 到 12月1日 因为 一起谈授信
      张三 已和 何勇 共享，客户仍在周敏名下。到 12月1日 周二 止。事由：一起谈授信。
      M3<
      周敏和您共享了客户 张三。到 12月1日 周二 止。事由：一起谈授信。
      M1> 共享 张三 何勇 到 12月2日
      到 12月2日 周三 止。事由：一起谈授信。
      M1> B角 赵强 Lee
      M3> 张三 已放款 30万
      M1> 我的共享
      我共享出去的
      张三 · 何勇 · 11月23日 周一起 · 到 12月2日 周三 · 一起谈授信 · 共享以来放款 1 笔 30万
      赵强 · Lee（B 角） · 11月23日 周一起 · 没有期限
      M3> 我的共享
      同事共享给我的
      张三 · 周敏 · 11月23日 周一起 · 到 12月2日 周三 · 一起谈授信 · 共享以来放款 1 笔 30万
      @ 2026-12-02T06:15:00+08:00
      `,
    )
    await bank.told()
    const { services } = bank.app
    await endShares.run(services, services.moment())
    expect(await bank.told()).toEqual([])
    bank.setClock('2026-12-03T06:15:00+08:00')
    await endShares.run(services, services.moment())
    expect((await bank.told()).map(({ code, text }) => `${code} ${text.trim()}`).sort()).toEqual([
      'M1 客户 张三 和 何勇 的共享已到期。',
      'M3 客户 张三 和 周敏 的共享已到期。',
    ])
    await play(bank, 'M3> 查 张三\n没有找到"张三"\nM1> 我的共享\n赵强 · Lee（B 角）')
  })

  test('a department of another line sees a shared client until its last day, and no other', async () => {
    await play(
      bank,
      `
      D1> 我的共享
      没有共享的客户。
      M1> 共享 张三 国际业务部
      没有叫"国际业务部"的部门，可以共享给：公司金融部。
      M1> B角 张三 公司金融部
      B 角是接手客户的同事，公司金融部 是部门。
      M1> 共享 张三 公司金融部 到 12月1日 因为 要开国际结算
      张三 已和 公司金融部 共享，客户仍在周敏名下。到 12月1日 周二 止。事由：要开国际结算。
      D1<
      周敏和您共享了客户 张三。到 12月1日 周二 止。事由：要开国际结算。
      D1> 我的共享
      张三 · 周敏 · 11月23日 周一起 · 到 12月1日 周二 · 要开国际结算 · 顺发五金店 · 134 9001 0001
      D1> 共享 张三 何勇
      不在您的岗位功能里
      M1> 共享 张三 D
      张三 已经和 公司金融部 共享。
      M1> 共享 张三 何勇
      M1> 张三 已放款 30万
      M1> 我的共享
      张三 · 公司金融部 · 11月23日 周一起 · 到 12月1日 周二 · 要开国际结算 · 共享以来放款 1 笔 30万
      张三 · 何勇 · 11月23日 周一起 · 没有期限 · 共享以来放款 1 笔 30万
      合计 1 位客户，共享以来放款 1 笔 30万
      D1> 我的共享
      同事共享给我的
      张三 · 周敏 · 11月23日 周一起 · 到 12月1日 周二 · 要开国际结算
      M1> 取消共享 张三 公司金融部
      张三 不再和 公司金融部 共享。
      D1> 我的共享
      没有共享的客户。
      M1> 撤销
      已撤销：张三 的取消共享。
      D1> 我的共享
      张三 · 周敏 · 11月23日 周一起
      M1> 查 张三
      共享: 何勇、公司金融部
      `,
    )
    bank.setClock('2026-12-02T06:15:00+08:00')
    await bank.told()
    const { services } = bank.app
    await endShares.run(services, services.moment())
    expect((await bank.told()).map(({ code, text }) => `${code} ${text.trim()}`).sort()).toEqual([
      'D1 客户 张三 和 周敏 的共享已到期。',
      'M1 客户 张三 和 公司金融部 的共享已到期。',
    ])
    await play(bank, 'D1> 我的共享\n没有共享的客户。')
  })

  test('a loan of a shared client counts for both while it was shared, and once in their branch', async () => {
    await bank.say('K1', '指标 11月 城东支行 放款额 100万')
    for (const whose of ['M1', 'M3', '一队', '二队']) {
      await bank.say('H1', `指标 11月 ${whose} 放款额 100万 放款 10`)
    }
    await play(
      bank,
      `
      M1> 张三 已放款 10万
      M1> 共享 赵强 何勇
      M3> 赵强 已放款 30万
      @ 2026-11-24T09:00:00+08:00
      M1> 取消共享 赵强 何勇
      @ 2026-11-25T09:00:00+08:00
      M1> 赵强 已放款 20万
      H1> 指标
      城东支行 放款额 60万/100万
      一队 放款 2/10（按登记，尚未核实） · 放款额 60万/100万
      二队 放款 1/10（按登记，尚未核实） · 放款额 30万/100万
      周敏 放款 2/10（按登记，尚未核实） · 放款额 60万/100万
      何勇 放款 1/10（按登记，尚未核实） · 放款额 30万/100万
      `,
    )
  })

  test('sharing, its end and a backup can be taken back, and whoever loses the client hears of it', async () => {
    const shares = () =>
      bank.rows(`select staff.code, backup from share join staff on staff.id = staff_id
        order by staff.code`)
    await play(
      bank,
      `
      M1> 共享 张三 何勇
      [撤销]
      M1> 撤销
      已撤销：张三 的共享。
      M3<
      周敏收回了客户 张三 的共享。
      M3> 查 张三
      没有找到"张三"
      M1> B角 张三 Lee
      M1> B角 张三 Lee
      Lee 已经是 张三 的 B 角。
      M1> B角 张三 何勇
      `,
    )
    expect(await shares()).toEqual([
      { code: 'M2', backup: false },
      { code: 'M3', backup: true },
    ])
    await play(bank, 'M1> 撤销\n已撤销：张三 的B角。')
    expect(await shares()).toEqual([{ code: 'M2', backup: true }])
    await play(bank, 'M1> 取消共享 张三 Lee\nM1> 撤销\n已撤销：张三 的取消共享。')
    expect(await shares()).toEqual([{ code: 'M2', backup: true }])
    await play(
      bank,
      `
      M1> 共享 张三 何勇
      L1> 取消共享 张三 何勇
      M1> 撤销
      已有新的进展，不能撤销
      `,
    )
    expect(await shares()).toEqual([{ code: 'M2', backup: true }])
  })

  test('a new manager joins, gets in by a code, and another changes the team', () =>
    play(
      bank,
      `
      L1> 入职 M77 张伟
      已登记：张伟（M77）· 一队。
      L1> [给绑定码]
      交给 张伟
      L1> 入职 M77 李伟
      工号 M77 已有人用。
      L1> 入职 M78 李伟 二队
      您的机构里没有"二队"
      H1> 调岗 M1 二队
      周敏 已调到 二队，5 位客户随其过去。
      H1> 调岗 M1 T2
      周敏 已经在二队。
      L1> 查 张三
      没有找到"张三"
      `,
    ))
})
