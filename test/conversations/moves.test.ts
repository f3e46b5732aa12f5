import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bank, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(ONE_DATABASE)('tasks that are put off, handed over and assigned, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  interface TaskRow {
    readonly name: string
    readonly due: string
    readonly status: string
    readonly note: string | null
  }
  const tasks = () =>
    bank.rows<TaskRow>(
      `select client.name, staff.code, due_on::text as due, task.status, task.note, postponed
       from task join client on client.id = client_id join staff on staff.id = manager_id
       order by task.id`,
    )

  test('a task is put off to the day that is said, or to the next workday, and back', async () => {
    const before = await tasks()
    await play(
      bank,
      `
      M1> 今日
      M1> 改期 1 下周二 客户出差
      已改期：张三 → 下周二(12/1) "客户出差"。
      [撤销] [今日]
      M1> 今日
      今天 2 件
      2 王芳
      M1> 2 晚点
      已改期：王芳 → 明天。
      M1> 3 改到11/28
      已改期：王芳 → 下周一(11/30)（11/28 休息，顺延）。
      M1> 撤销
      已撤销：王芳 的改期。
      M1> 撤销
      M1> 撤销
      已撤销：张三 的改期。
      `,
    )
    expect(await tasks()).toEqual(before)
  })

  test('what cannot be put off is said, and the rest is', () =>
    play(
      bank,
      `
      M1> 改期 1
      还没有任务清单，先发"今日"。
      M1> 今日
      M1> 改期 9
      清单上没有您的第 9 件，共 4 件。
      M1> 改期 1、9 周五
      已改期：张三 → 周五(11/27)。
      清单上没有您的第 9 件
      M1> 改期 2 昨天
      "昨天"已经过去了，改到哪一天？
      M1> 明天
      已改期：王芳 → 明天。
      M1> 改期 3 等他回来
      改到哪一天？
      M1> 3 没接
      M1> 改期 3
      第 3 件（王芳）您已经登记过
      `,
    ))

  test('whose task it is may be said by name, with the hour', () =>
    play(
      bank,
      `
      M1> 把张三改到下周二下午3点
      已改期：张三 → 下周二(12/1) 下午3点。
      M1> 张三和王芳都改到下周三
      已改期：张三 → 下周三(12/2) 下午3点。
      有几位客户都叫王芳；请单独说这一位，再选。
      M1> 改期 陈没有 下周三
      您的客户里没有找到"陈没有"
      M1> 任务 张三 带合同 明天
      已排任务：张三 明天 "带合同"。
      `,
    ))

  test('which task is put off is asked where it is not said, and settled by either answer', () =>
    play(
      bank,
      `
      M1> 今日
      M1> 往后推两天
      哪一件改期？
      M1> 1
      已改期：张三 → 周三(11/25)。
      M1> 算了
      现在没有等您回答的问题
      M1> 改期 下周三
      哪一件改期？
      M1> 张三推到下周四
      已改期：张三 → 下周四(12/3)。
      M1> 算了
      现在没有等您回答的问题
      `,
    ))

  test('putting off for the third time says that an outcome may be clearer', () =>
    play(
      bank,
      `
      M1> 今日
      M1> 改期 1 明天
      M1> 改期 1 后天
      M1> 改期 1 周五
      张三 已改期 3 次以上
      `,
    ))

  test('a handed task is on the colleague’s list with whose client it is, and can be taken back', async () => {
    const before = await tasks()
    await play(
      bank,
      `
      M1> 今日
      M1> 转给 1 何勇 他更熟
      已转给 何勇：张三，已排上其清单；客户仍在您名下。
      M3<
      周敏转给您 1 件（"他更熟"），已排进您的清单：
      张三 · 顺发五金店 · 上周五 电话
      M3> 今日
      1 张三 · 顺发五金店 · B 潜力 · 周敏的客户
      M3> 查 张三
      主办: 周敏
      M1> 1 没接
      清单上没有您的第 1 件
      M1> 撤销
      已撤销：张三 的转交。
      M3<
      周敏收回了刚才给您的任务：张三。
      M3> 查 张三
      没有找到"张三"
      `.replace('上周五', '11月20日'),
    )
    expect(await tasks()).toEqual(before)
  })

  test('by name too: the manager’s tasks, the client where a lead says it', () =>
    play(
      bank,
      `
      M1> 张三、赵强转给Lee
      已转给 Lee：张三、赵强，已排上其清单；客户仍在您名下。
      M1> 撤销
      已撤销：张三、赵强 的转交。
      M1> 孙丽转给Lee
      孙丽 没有您的待办任务
      L1> 把张三转给Lee
      把 张三（周敏的客户）连同 1 件任务转给 Lee？
      `,
    ))

  test('once the colleague has worked it, it stays', () =>
    play(
      bank,
      `
      M1> 今日
      M1> 1 转给 M3
      M3> 今日
      M3> 1 考虑 周五
      已记：张三 再考虑，周五(11/27) 再联系。
      M1> 撤销
      已有新的进展，不能撤销
      `,
    ))

  test('nobody who left, of another branch, without a list or unknown gets a task', async () => {
    await bank.rows(
      `insert into unit (id, code, name, kind, path) values
         (gen_random_uuid(), 'B2', '城西支行', 'branch', '/HQ/B2/')`,
    )
    await bank.rows(
      `insert into staff (id, code, name, role, unit_id, active, joined_on)
       select gen_random_uuid(), person.code, person.name, 'manager', unit.id, active, '2020-01-01'
       from (values ('M8', '钱多', 'T1', false), ('M9', '石岩', 'B2', true),
         ('M6', '王五', 'T1', true), ('M7', '王五', 'T2', true)) as person (code, name, unit, active)
       join unit on unit.code = person.unit`,
    )
    const before = await tasks()
    await play(
      bank,
      `
      M1> 今日
      M1> 转给 1 钱多
      钱多 已离职，请换一位同事。
      M1> 转给 1 石岩
      石岩 不在您的支行
      M1> 转给 1 方刚
      方刚 不在您的支行
      M1> 转给 1 周敏
      这就是您自己。
      M1> 转给 1 马云
      没有找到同事"马云"
      L1> 派 石岩 联系张三 明天
      石岩 不在您的支行
      L1> 派 何勇 联系张三 明天
      何勇 不在您的团队
      L1> 派 全队 联系张三 明天
      一件任务由一位同事办，请说派给谁。或者通知全队"联系张三"，明天？
      [1 通知全队]
      L1> 派 周敏、何勇 联系张三
      何勇 不在您的团队
      L1> 派 周敏、王五 联系张三
      "王五"不止一位，请写工号。
      L1> 派 周敏、Lee 走访五金市场 周五
      没有客户"五金市场"，任务要说和哪位客户。或者通知 周敏、Lee"走访五金市场"，周五(11/27)？
      L1> 1
      已通知 2 人：周敏、Lee。
      周五(11/27) 上午9点 也在他们的日程里。
      M1<
      谢英 通知：走访五金市场
      周五(11/27) 上午9点 提醒您。
      L1> 派 周敏、Lee 联系张三 明天
      一位客户的任务由一位同事办：联系张三，明天，派给谁？其他人也要去的，发通知。
      [1 周敏] [2 Lee] [3 通知这 2 人]
      `,
    )
    expect(await tasks()).toEqual(before)
    await play(
      bank,
      `
      M1> 转给 1 王五
      您说的"王五"是哪位？
      [1 王五 M6 · 一队] [2 王五 M7 · 二队]
      M1> 2
      已转给 王五：张三
      `,
    )
  })

  test('what is open with a client is given away by name, by whose it is or who leads them, and taken', async () => {
    const before = await tasks()
    await play(
      bank,
      `
      M1> 张三的任务转给Lee
      已从 周敏 转给 Lee：张三 11月20日 电话；客户归属不变。
      M2<
      From 周敏: 张三
      M2> undo
      There is nothing to undo
      M1> 撤销
      已撤销：张三 的任务转交。
      M2<
      took back the task just given to you: 张三.
      M3> 改派 张三 我
      没有找到"张三"
      L1> 把张三的任务转给我
      已从 周敏 转给 谢英：张三 11月20日 电话；客户归属不变。
      M1<
      谢英把您 张三 的任务转给了 谢英；客户归属不变。
      L1> 今日
      1 张三 · 顺发五金店 · B 潜力 · 周敏的客户
      L1> 张三的任务给谢英
      这就是您自己。
      L1> 撤销
      L1> give task of Tom to 周敏
      已从 Lee 转给 周敏：Tom 今天 电话
      L1> 撤销
      L1> 把张三的任务转给周敏
      张三 的任务已在 周敏 名下。
      L1> 孙丽的任务转给Lee
      孙丽 没有未办的任务
      L1> 张三的任务转给马云
      没有找到同事"马云"
      `,
    )
    expect(await tasks()).toEqual(before)
  })

  test('a lead assigns a task, the manager hears of it and sees who set it', async () => {
    const before = await tasks()
    await play(
      bank,
      `
      L1> 派 周敏 走访赵强 明天 看看新仓库
      已派给 周敏：赵强 明天 走访 "看看新仓库"。
      M1<
      谢英交办：赵强 明天 走访 "看看新仓库"，已排进您的清单。
      M1> 今日
      赵强 · 恒通货运部
      明天 谢英交办：看看新仓库
      L1> 撤销
      已撤销：赵强 的交办。
      M1<
      谢英收回了刚才给您的任务：赵强。
      L1> 派 周敏 孙丽
      要做什么？
      L1> 收回旧合同
      已派给 周敏：孙丽 今天 办理 "收回旧合同"。
      L1> 撤销
      L1> 派 周敏 联系孙丽 周五
      孙丽 不做营销联系（F 淘汰），没有派出。
      L1> 派 周敏、Lee 走访赵强 周五
      L1> 2
      已派给 Lee：赵强 周五(11/27) 走访。
      L1> 撤销
      L1> assign Lee call Tom Friday about the renewal
      已派给 Lee：Tom 周五(11/27) 电话 "about the renewal"。
      L1> 撤销
      L1> 派周敏周三去张三店里收资料
      已派给 周敏：张三 周三(11/25) 走访 "店里收资料"。
      L1> 撤销
      M1> 派 Lee 联系Tom
      不在您的岗位功能里
      `,
    )
    expect(
      (await tasks()).filter((task) => (task as { status: string }).status === 'open'),
    ).toEqual(before)
  })

  test('a lead hears what came of what was set, whichever command says it', async () => {
    await bank.told()
    await play(
      bank,
      `
      L1> 派 周敏 走访赵强 今天 看看新仓库
      L1> 派 周敏 联系张三 今天
      L1> 派 Lee 联系Tom 明天
      L1> 我交办的
      3 件未办
      周敏 · 赵强 · "看看新仓库"
      今天 走访
      M1> 走访 赵强 仓库是空的
      L1<
      您交办的 赵强"看看新仓库"，周敏登记：走访 "仓库是空的"
      @ 2026-11-23T09:05:00+08:00
      M1> 张三 有意向 50万 周五
      L1<
      您交办的 张三，周敏登记：有意向 50万，周五(11/27) 再联系。
      M1> 张三 记错了，是拒绝
      L1<
      您交办的 张三，周敏登记：拒绝
      M2> Tom no answer
      L1<
      您交办的 Tom，Lee登记：没接，明天 再联系。
      M2> undo
      L1> 我交办的
      1 件未办
      Lee · Tom
      明天 电话
      2 件有结果
      周敏 · 张三
      拒绝
      周敏 · 赵强 · "看看新仓库"
      走访 "仓库是空的"
      `,
    )
  })

  test('a task set for a day off says why it is due later', () =>
    play(
      bank,
      `
      @ 2026-11-27T09:00:00+08:00
      L1> 派 周敏 联系张三 明天
      已派给 周敏：张三 下周一(11/30)（11/28 休息，顺延） 电话。
      M1<
      谢英交办：张三 下周一(11/30)（11/28 休息，顺延） 电话
      L1> 派 周敏 走访赵强 下周一
      已派给 周敏：赵强 下周一(11/30) 走访。
      `,
    ))

  test('nobody hears of what they closed themselves, or set for themselves', async () => {
    await play(bank, 'M1> 任务 张三 带合同 明天\nM1> 张三 没接')
    expect((await bank.told()).filter(({ text }) => text.includes('您交办的'))).toEqual([])
  })

  test('what one sets for a client stands beside what is set already, and ends with none of it', async () => {
    await play(
      bank,
      `
      M1> 新任务 张三 明天 送合同
      已排任务：张三 明天 "送合同"。
      M1> 新任务 张三 周五 取流水
      已排任务：张三 周五(11/27) "取流水"。
      M1> 新任务 张三 周五 取流水
      张三 这件事已经排了："取流水"，没有再排一件。
      L1> 派 周敏 张三 明天 带授信报告
      已派给 周敏：张三 明天 办理 "带授信报告"。
      M1> 张三 已申请 30万
      已记：张三 已申请 30万
      M1> 张三
      · 明天 送合同
      · 明天 带授信报告
      · 周三(11/25) 办理
      · 周五(11/27) 取流水
      M1> 撤销
      已撤销：张三 的结果。
      M1> 张三 别再打了
      已记：张三 勿扰
      M1> 新任务 张三 周五 送合同
      张三 已设勿扰（客户要求勿扰），没有排任务。
      M1> 可联系 张三 本人同意
      恢复 3 件任务，最早 明天。
      M1> 新任务 张三 后天 拍照
      M1> 撤销
      已撤销：张三 的任务。
      `,
    )
    const open = (await tasks()).filter(({ name, status }) => name === '张三' && status === 'open')
    expect(open.map(({ note }) => note).sort()).toEqual(['取流水', '带授信报告', '送合同'].sort())
  })

  test('what was to be done in particular is closed by saying that it is done, and nothing else is', async () => {
    await play(
      bank,
      `
      M1> 新任务 张三 明天 送合同
      M1> 今日
      1 张三
      办理 明天：送合同
      M1> 1 还没办好
      第 1 件的结果是哪一种？
      M1> 1 合同送到了
      已办：张三 "送合同"。
      下一件
      1 张三
      M1> 撤销
      已撤销：张三 的办结。
      M1> 张三 送合同 办好了
      已办：张三 "送合同"。
      M1> 张三 送合同 办好了
      张三 的结果是哪一种？
      M1> 新任务 张三 今天 取流水
      M1> 新任务 张三 周五 送合同
      M1> 张三 办好了
      张三 有 2 件要办的事，办好的是哪一件？
      M1> [2 送合同]
      已办：张三 "送合同"。
      M1> 3 办好了
      第 3 件的结果是哪一种？
      L1> 派 周敏 赵强 明天 带授信报告
      M1> 今日
      带授信报告
      M1> 赵强 办好了
      已办：赵强 "带授信报告"。
      M1> 1 done
      已办：张三 "取流水"。
      下一件
      `,
    )
    expect((await bank.told()).map(({ code, text }) => [code, text])).toContainEqual([
      'L1',
      expect.stringContaining('您交办的 赵强"带授信报告"，周敏登记：办理已办。'),
    ])
    const of = (await tasks()).filter(({ name }) => name === '张三')
    expect(of.map(({ status, note }) => `${note} ${status}`).sort()).toEqual([
      'null open',
      ...['取流水 done', '送合同 done', '送合同 done'],
    ])
    expect(await bank.rows('select 1 from outcome where undone_at is null')).toEqual([])
  })

  test('a call or a visit that is planned is the one that is open, put on that day, and a visit ends it', async () => {
    await play(
      bank,
      `
      M1> 明天联系张三
      已排任务：张三 明天 "联系"（原定 11月20日）。
      M1> 明天联系张三
      张三 这件事已经排了："联系"，没有再排一件。
      M1> 撤销
      已撤销：张三 的任务。
      M1> 明天走访张三
      已排任务：张三 明天 "走访"。
      M1> 明天走访张三 带合同
      已排任务：张三 明天 "走访 带合同"。
      M1> 后天走访张三
      已排任务：张三 周三(11/25) "走访"（原定 明天）。
      M1> 走访 张三 库存充足
      已记走访：张三 "库存充足"
      M1> 明天联系孙丽
      已排任务：孙丽 明天 "联系"。
      L1> 明天联系张三
      已排任务：张三 明天 "联系"。
      `,
    )
    const open = (await tasks()).filter(({ status }) => status === 'open')
    const of = (name: string) =>
      open.filter((task) => task.name === name).map(({ due, note }) => [due, note])
    // What a lead sets themselves leaves the manager's call as it is.
    expect(of('张三')).toEqual([
      ['2026-11-20', null],
      [expect.stringMatching(/^2027/), null],
      ['2026-11-24', '联系'],
    ])
    // In F nobody is marketed to: it is no call, and the night leaves it.
    expect(of('孙丽')).toEqual([['2026-11-24', '联系']])
  })
})
