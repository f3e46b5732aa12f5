/** @module-tag slow */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bank, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

let bank: Bank
const openOn = (kind: (typeof ONE_DATABASE)[number]) =>
  beforeEach(async () => {
    bank = await openBank(kind)
  })
afterEach(() => bank.close())

const outcomes = () =>
  bank.rows<{ name: string; kind: string; counts: boolean }>(
    `select client.name, outcome.kind, undone_at is null as counts from outcome
     join client on client.id = client_id order by outcome.id`,
  )
const silenced = async () =>
  (
    await bank.rows<{ name: string }>(
      `select name from client where do_not_contact is not null order by id`,
    )
  ).map(({ name }) => name)
const openTasks = () =>
  bank.rows<{ name: string; due: string }>(
    `select client.name, due_on::text as due from task join client on client.id = client_id
     where task.status = 'open' order by task.id`,
  )

describe.each(ONE_DATABASE)('what is said again, on %s', (kind) => {
  openOn(kind)

  test('names nothing, and is about what was logged last', () =>
    play(
      bank,
      `
      M1> 今日
      M1> 改成拒绝
      今天还没有登记过结果
      M1> 1 没接
      M1> 4 有意向 30万
      M1> 改成拒绝
      已改：赵强 有意向 30万 → 拒绝
      M1> 刚才那个记错了
      结果是哪一种
      M1> 再考虑
      已改：赵强 拒绝 → 再考虑
      M1> 1、4 改成有意向
      已改：张三 没接 → 有意向
      M1> 改成拒绝
      改哪一个
      张三 有意向
      赵强 有意向
      `,
    ))

  test('corrects the first one all day long, and says what it was', () =>
    play(
      bank,
      `
      M1> 今日
      M1> 1 没接
      已记：张三 没接
      @ 2026-11-23T17:30:00+08:00
      M1> 撤销
      上一次登记已超过 10 分钟，不能撤销；请重新登记正确的结果。
      M1> 1 记错了，是拒绝
      已改：张三 没接 → 拒绝
      M1> 1 改成有意向 30万
      已改：张三 拒绝 → 有意向 30万，周四(11/26) 再联系。
      M1> 1 有意向 30万
      第 1 件（张三）您已经登记过：有意向 30万，没有重复登记。
      M1> 1 有意向 50万
      已改：张三 有意向 30万 → 有意向 50万
      M1> 更正 1 拒绝 利率高
      已改：张三 有意向 50万 → 拒绝 "利率高"
      M1> 1 其实是说要考虑
      已改：张三 拒绝 "利率高" → 再考虑
      M1> 撤销
      已撤销：张三 的结果。现在是：张三 拒绝 "利率高"。
      M1> 1 拒绝
      第 1 件（张三）您已经登记过：拒绝 "利率高"，没有重复登记。
      M1> 改期 1 明天
      第 1 件（张三）您已经登记过
      M1> 4 改成周五
      已改期：赵强 → 周五(11/27)。
      M1> 4 更正
      第 4 件的结果是哪一种
      M1> 拒绝
      已记：赵强 拒绝
      M2> today
      M2> 1 no answer
      Logged: Tom no answer
      M2> that was wrong, 1 declined
      Changed: Tom no answer → declined
      M2> 1 declined
      You logged number 1 (Tom) already: declined. Nothing was logged twice.
      `,
    ))

  test('takes a correction by name, and undoing in other words', async () => {
    await play(
      bank,
      `
      M1> 今日
      M1> 1 没接
      已记：张三 没接
      M1> 张三改成拒绝
      已改：张三 没接 → 拒绝
      M1> 刚才1说错了，是考虑
      已改：张三 拒绝 → 再考虑
      M1> 把刚才的撤了
      已撤销：张三 的结果。
      M1> 改一下 1 没接
      已改：张三 拒绝 → 没接
      M1> 不对，撤销
      已撤销：张三 的结果。
      M2> today
      M2> 1 no answer
      M2> actually 1 declined
      Changed: Tom no answer → declined
      M2> undo that
      Undone: the outcome of Tom.
      `,
    )
    expect((await outcomes()).filter(({ counts }) => counts)).toEqual([
      { name: '张三', kind: 'declined', counts: true },
      { name: 'Tom', kind: 'no-answer', counts: true },
    ])
  })

  test('undo says what it would take back when something else was said since', async () => {
    await play(
      bank,
      `
      M1> 今日
      M1> 1 没接
      @ 2026-11-23T08:12:00+08:00
      M1> 喵喵喵喵，咪咪呀
      没听懂
      @ 2026-11-23T08:13:00+08:00
      M1> 撤销
      刚才那句没有登记任何内容。要撤销的是之前这一次吗：张三 的结果？
      `,
    )
    expect((await outcomes()).map(({ counts }) => counts)).toEqual([true])
    const [act] = await bank.rows<{ id: string }>(
      `select id from act where command = 'log-outcome'`,
    )
    await play(bank, 'M1> 1\n已撤销：张三 的结果。')
    await play(
      bank,
      `
      M1> 2 没接
      @ 2026-11-23T08:14:00+08:00
      M1> 查 赵强
      @ 2026-11-23T08:15:00+08:00
      M1> 撤销
      已撤销：王芳 的结果。
      M1> 4 没接
      `,
    )
    const late = { command: 'undo', input: { actId: act?.id } }
    expect(JSON.stringify(await bank.send('M1', late))).toContain('那一次之后又有登记')
    expect((await outcomes()).map(({ counts }) => counts)).toEqual([false, false, true])
  })

  test('a try to reach the client stays in the history, unless it never was', async () => {
    await play(
      bank,
      `
      M1> 今日
      M1> 1 没接
      @ 2026-11-23T09:00:00+08:00
      M1> 1 拒绝
      M1> 查 张三
      拒绝
      没接
      `,
    )
    await bank.say('M1', '4 没接')
    await bank.say('M1', '4 说错了，是拒绝')
    const [card] = await bank.say('M1', '查 赵强')
    expect(JSON.stringify(card)).not.toContain('没接')
    expect((await outcomes()).filter(({ counts }) => counts)).toEqual([
      { name: '张三', kind: 'declined', counts: true },
      { name: '赵强', kind: 'declined', counts: true },
    ])
  })

  test('not after the day', () =>
    play(
      bank,
      `
      M1> 今日
      M1> 1 没接
      @ 2026-11-24T09:00:00+08:00
      M1> 1 拒绝
      第 1 件（张三）您已经登记过。要更正请先"撤销"。
      `,
    ))

  test('not once what followed was moved or logged: the sentence says what to do', async () => {
    await play(
      bank,
      `
      M1> 今日
      M1> 1 有意向 明天联系
      M1> 今日
      M1> 改期 5 周五
      已改期：张三 → 周五(11/27)。
      M1> 1 拒绝
      张三 登记"有意向"之后已有新的进展，不能再改；请发"今日"，把结果登记在后来的那一件上。
      M1> 撤销
      M1> 1 拒绝
      已改：张三 有意向 → 拒绝
      M1> 2 有意向 明天联系
      M1> 今日
      M1> 6 没接
      M1> 2 拒绝
      之后已有新的进展，不能再改
      `,
    )
  })

  test('by form and by button too', async () => {
    await play(bank, 'M1> 今日\nM1> 1 没接')
    const [task] = await bank.rows<{ id: string }>(
      `select task.id from task join client on client.id = client_id
       where client.name = '张三' and task.status = 'done'`,
    )
    const taskId = task?.id
    const text = async (intent: { command: string; input: object }) =>
      JSON.stringify(await bank.send('M1', intent))
    expect(await text({ command: 'outcome-form', input: { taskId } })).toContain('登记结果')
    const form = { taskId, outcome: 'applied', amount: '20万', product: '', nextDate: '', note: '' }
    expect(await text({ command: 'log-outcome', input: form })).toContain(
      '已改：张三 没接 → 已申请 20万',
    )
    const button = { command: 'log-outcome', input: { taskId, outcome: 'interested' } }
    expect(await text(button)).toContain('已改：张三 已申请 20万 → 有意向')
    expect(await text(button)).toContain('您已经登记过')
    bank.setClock('2026-11-24T09:00:00+08:00')
    expect(await text({ command: 'outcome-form', input: { taskId } })).toContain('这件任务已结束')
  })

  test('a colleague who stands in corrects their own, the owner all, nobody else', async () => {
    await play(
      bank,
      `
      M1> 今日
      M1> 请假 11/23-11/25 代班 何勇
      M3> 今日
      M3> 1 没接
      已记：张三 没接
      M1> 1 没接
      第 1 件（张三）已由何勇登记：没接，没有重复登记。
      M1> 1 拒绝
      已改：张三 没接 → 拒绝
      M3> 1 有意向
      第 1 件（张三）已由周敏登记：拒绝，没有重复登记。
      M3> 撤销
      不能撤销
      `,
    )
  })

  test('of one line only the one that is meant changes', async () => {
    await play(
      bank,
      `
      M1> 今日
      M1> 1 没接 2 拒绝 4 有意向 30万
      M1> 2 再考虑
      已改：王芳 拒绝 → 再考虑
      `,
    )
    expect((await outcomes()).filter(({ counts }) => counts).map((each) => each.kind)).toEqual([
      'no-answer',
      'interested',
      'thinking',
    ])
    expect((await openTasks()).filter(({ name }) => name !== '王芳' && name !== 'Tom')).toEqual([
      { name: '张三', due: expect.anything() },
      { name: '赵强', due: '2026-11-26' },
    ])
  })

  test('what a campaign and another line of business got of the first is taken back', async () => {
    const [owner] = await bank.rows<{ id: string; client: string }>(
      `select staff.id, client.id as client from staff, client
       where code = 'M1' and client.name = '赵强'`,
    )
    await bank.rows(
      `insert into task (id, manager_id, client_id, kind, due_on, priority, reason, created_at)
       values (gen_random_uuid(), '${owner?.id}', '${owner?.client}', 'campaign', '2026-11-23', 40,
         'care', '2026-11-23T00:00:00Z')`,
    )
    const plan = {
      ...{ name: '旺季活动', startsOn: '2026-11-23', endsOn: '2026-12-04', audience: '一队' },
      ...{ products: '流贷', talkingPoints: '旺季备货', targetReached: '10' },
    }
    await bank.send('L1', { command: 'save-campaign', input: plan })
    await play(bank, 'L1> [发布]\n旺季活动 · 进行中')
    const state = async () => ({
      needs: await bank.rows(`select product from need where status = 'open'`),
      response: await bank.rows(`select latest, responded, interested from campaign_response`),
      figures: await bank.rows(
        `select dimension, responded, interested from campaign_figure
         where dimension in ('manager', 'day') and reached > 0 order by dimension`,
      ),
      open: await openTasks(),
    })
    await bank.say('M1', '今日')
    const [listed] = await bank.rows<{ number: number }>(
      `select place::int as number from task_list cross join unnest(items) with ordinality as item (id, place)
       join task on task.id = item.id where kind = 'campaign'`,
    )
    const number = listed?.number
    await play(
      bank,
      `M1> 打标 旺季活动 赵强 有意向 50万 需要结算卡
       已打标"旺季活动"：赵强 有意向 50万`,
    )
    const first = await state()
    expect(first.needs).toEqual([{ product: 'settlement-card' }])
    await play(bank, `M1> ${number} 其实是拒绝\n已改：赵强 有意向 50万 → 拒绝`)
    expect(await state()).toMatchObject({
      needs: [],
      response: [{ latest: 'declined', responded: true, interested: false }],
    })
    await play(bank, 'M1> 撤销\n已撤销：赵强 的结果。')
    expect(await state()).toEqual(first)
  })

  test('twice at once it is corrected once', async () => {
    await play(bank, 'M1> 今日\nM1> 1 没接')
    const [task] = await bank.rows<{ id: string }>(
      `select task.id from task join client on client.id = client_id
       where client.name = '张三' and task.status = 'done'`,
    )
    const input = { taskId: task?.id, outcome: 'declined' }
    await Promise.all([
      bank.say('M1', '1 拒绝'),
      bank.send('M1', { command: 'log-outcome', input }),
      bank.say('M1', '更正 1 拒绝'),
    ])
    const all = (await outcomes()).map((each) => each.kind)
    expect(all).toEqual(['no-answer', 'declined'])
    expect((await openTasks()).filter(({ name }) => name === '张三')).toHaveLength(1)
  })

  test('a wish to be left alone is taken whatever was said before, and stays', async () => {
    await play(
      bank,
      `
      M1> 今日
      M1> 1 没接
      M1> 1 客户说别再打了
      已改：张三 没接 → 勿扰 "客户说别再打了"
      M1> 1 拒绝
      张三 已设勿扰（客户说别再打了），不能再改成别的结果。客户同意恢复联系时，发"可联系 张三 理由"。
      M1> 1 请勿打扰
      第 1 件（张三）您已经登记过：勿扰
      M1> 1 请勿打扰，本人要求
      张三 已设勿扰（客户说别再打了），不用再登记。
      `,
    )
    expect(await silenced()).toEqual(['张三'])
    expect((await openTasks()).map(({ name }) => name)).not.toContain('张三')
    await play(
      bank,
      `
      M1> 撤销
      已撤销：张三 的结果。
      M1> 1 没接
      第 1 件（张三）您已经登记过：没接
      M1> 2 有意向 明天联系
      M1> 今日
      M1> 改期 6 周五
      M1> 2 请勿打扰
      已记：王芳 勿扰
      @ 2026-11-24T09:00:00+08:00
      M1> 4 没接
      @ 2026-11-25T09:00:00+08:00
      M1> 4 别再联系了
      已记：赵强 勿扰
      `,
    )
    expect(await silenced()).toEqual(['王芳', '赵强'])
    expect((await openTasks()).map(({ name }) => name)).not.toContain('赵强')
  })

  test('of two in one line the wish to be left alone counts', async () => {
    await play(bank, 'M1> 今日\nM1> 1 没接 2 别再打了\n已记：张三 没接\n已记：王芳 勿扰')
    await play(bank, 'M1> 4 没接⏎4 别再打了\n已记：赵强 勿扰')
    expect(await silenced()).toEqual(['王芳', '赵强'])
  })

  test('the owner hears of it from whoever else was told', async () => {
    await play(
      bank,
      `
      M1> 今日
      M1> 请假 11/23-11/25 代班 何勇
      M3> 今日
      M1> 共享 张三 何勇
      M1> 1 没接
      M3> 1 客户说不要再打电话了
      已记：张三 勿扰
      M1<
      何勇登记：您的客户 张三 不要再联系（客户说不要再打电话了）。
      M3> 勿扰 赵强 本人要求
      已设勿扰：赵强
      M1<
      何勇登记：您的客户 赵强 不要再联系（本人要求）。
      L1> 勿扰 孙丽 打到行里投诉
      已设勿扰：孙丽
      M1<
      谢英登记：您的客户 孙丽 不要再联系（打到行里投诉）。
      L1> Tom 勿扰
      已记：Tom 勿扰
      M2<
      谢英 noted that your client Tom is not to be contacted any more.
      L2> Tom 勿扰
      没听懂
      `,
    )
    expect(await silenced()).toEqual(['张三', '赵强', '孙丽', 'Tom'])
  })

  test('by its own command too: a time alone is asked about, a reason with one is taken', async () => {
    await play(
      bank,
      `
      M1> 勿扰 孙丽 晚上8点后
      是完全不再联系吗
      M1> 算了
      `,
    )
    expect(await silenced()).not.toContain('孙丽')
    await play(bank, 'M1> 勿扰 孙丽 昨天来电要求\n已设勿扰：孙丽')
    expect(await silenced()).toContain('孙丽')
  })
})

describe.each(ONE_DATABASE)('a wish to be left alone, on %s', (kind) => {
  openOn(kind)

  test.each([
    '晚上8点后别打',
    '上午别打电话',
    '不要发消息 直接打电话',
    '不要打电话，发微信',
    '拉黑我了',
    '把我拉黑了',
    '被客户拉黑了',
    '被他拉黑了',
    '不要老打电话 发短信就行',
    '别总打电话',
    '周末不要打',
    '别打电话到公司',
    '先别打',
    'do not call before 10am',
    "don't call in the morning",
    "don't call him at work",
    "don't call, just text",
    'do not call so often',
  ])('one on a condition is asked about: %s', async (said) => {
    await play(bank, `M1> 今日\nM1> 1 ${said}\n第 1 件的结果是哪一种`)
    expect(await outcomes()).toEqual([])
    expect(await silenced()).toEqual([])
  })

  test.each([
    '客户说别再打了',
    '请勿打扰',
    '以后别再打了',
    '今后不要再打电话了',
    '早上打过去，说别再打了',
    '别再打了，也不要发微信',
    '别打了 再打就投诉',
    '拉黑',
    '要求拉黑',
    'do not call again',
    "don't call me any more",
    'do not contact in future',
    'asked us to stop calling',
  ])('one without is taken: %s', async (said) => {
    await play(bank, `M1> 今日\nM1> 1 ${said}\n已记：张三 勿扰`)
    expect(await silenced()).toEqual(['张三'])
  })
})
