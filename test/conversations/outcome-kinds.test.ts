/** @module-tag slow */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { render } from '../../src/channels/console/render.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'
import { fileOf, rewritten } from '../support/playbook-book.ts'

type Row = readonly (string | number | null)[]
/** 等合伙人: the partner decides; call in five days. */
const OWN: Row = [
  ...['partner', '等合伙人', 'waits for partner', '合伙人定、问合伙人', 'asks his partner'],
  ...['已联系上', '电话', '5 天', 55, null, null, null, null, null, '是'],
]

describe.each(ONE_DATABASE)('outcomes are data of the playbook, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  const outcomes = () =>
    bank.rows(
      `select client.name, outcome.kind, stage, next_on::text as next, next_time as at, undone_at is null as counts, stays
       from outcome join client on client.id = client_id order by outcome.id`,
    )
  /** Sends the workbook back with its sheet of outcomes changed; null: without it. */
  async function sendBack(change: (rows: Row[]) => readonly Row[] | null): Promise<string> {
    const exported = fileOf(await bank.say('K1', '打法 导出'))
    const book = await rewritten(exported, (sheet, rows) =>
      sheet.includes('Outcomes') ? change(rows) : rows,
    )
    return (await bank.sendFile('K1', '打法.xlsx', book)).map(render).join('\n')
  }
  const publish = () => play(bank, 'K1> 打法 试算\n打法试算\nK2> 打法 发布 今天\n已发布打法')

  test('a bank adds one in the workbook, and it is said, pressed, shown, corrected and taken back', async () => {
    const wrong = await sendBack((rows) => [
      ...rows,
      [
        ...OWN.slice(0, 3),
        '没人接',
        'partner',
        ...OWN.slice(5, 6),
        '无',
        ...Array(7).fill(null),
        '是',
      ],
    ])
    expect(wrong).toContain(
      '结果 Outcomes · 第 16 行 · 任务 Task：登记之后没有下一步，客户会被忘掉',
    )
    expect(wrong).toContain(
      '结果 Outcomes · 第 16 行 · 中文说法 Said in Chinese："没人接"已经是"没接"的说法',
    )
    expect(await sendBack((rows) => [...rows, OWN])).toContain('等合伙人 间隔：无 → 5 天')
    await publish()
    await play(
      bank,
      `
      M1> 今日
      1
      M1> 1 等合伙人 50万
      已记：张三 等合伙人 50万，下周一(11/30) 再联系。
      M1> 撤销
      已撤销：张三 的结果。
      M1> 1 还没问合伙人
      第 1 件的结果是哪一种？
      [等合伙人]
      M1> 等合伙人
      已记：张三 等合伙人
      M1> 1 拒绝
      已改：张三 等合伙人 "还没问合伙人" → 拒绝
      M1> 1 记错了，是问合伙人
      已改：张三 拒绝 → 等合伙人
      M1> 查 张三
      11-23 等合伙人 · 周敏
      @ 2026-11-30T09:00:00+08:00
      M1> 今日
      上次：等合伙人，请跟进，上次（11/23）等合伙人
      M2> today
      M2> 1 asks his partner
      Logged: Tom waits for partner
      `,
    )
    const [task] = await bank.rows<{ id: string }>(
      `select task.id from task join client on client.id = client_id
       where client.name = '赵强' and task.status = 'open'`,
    )
    const form = await bank.send('M1', { command: 'outcome-form', input: { taskId: task?.id } })
    expect(JSON.stringify(form)).toContain('{"value":"partner","label":"等合伙人"}')
    const filled = { taskId: task?.id, outcome: 'partner', amount: '', nextDate: '', note: '' }
    const logged = await bank.send('M1', { command: 'log-outcome', input: filled })
    expect(logged.map(render).join()).toContain('已记：赵强 等合伙人')
    expect(await outcomes()).toMatchObject([
      { kind: 'partner', stage: 'reached', counts: false },
      { kind: 'partner', counts: false },
      { kind: 'declined', stage: 'lost', counts: false },
      { kind: 'partner', counts: true },
      { name: 'Tom', kind: 'partner', counts: true },
      { name: '赵强', kind: 'partner', counts: true },
    ])
  })

  test('one that was logged stays on file; it is no longer offered when it is out of use', async () => {
    await sendBack((rows) => [...rows, OWN])
    await publish()
    await play(bank, 'M1> 今日\nM1> 1 等合伙人\n已记')
    const without = await sendBack((rows) => rows.filter(([code]) => code !== 'partner'))
    expect(without).toContain('"等合伙人"（partner）已有登记，不能删')
    // Nobody logged the other.
    const fewer = await sendBack((rows) => rows.filter(([code]) => code !== 'signed'))
    expect(fewer).toContain('已签约 中文名：已签约 → 无')
    const off = (rows: Row[]) =>
      rows.map((row) => (row[0] === 'partner' ? [...row.slice(0, -1), '否'] : row))
    expect(await sendBack(off)).toContain('等合伙人 在用：是 → 否')
    await publish()
    await play(
      bank,
      `
      M1> 2 等合伙人
      第 2 件的结果是哪一种
      M1> 查 张三
      11-23 等合伙人
      `,
    )
    const [task] = await bank.rows<{ id: string }>(
      `select task.id from task join client on client.id = client_id where client.name = '赵强'`,
    )
    // A button of a card from before.
    const input = { taskId: task?.id, outcome: 'partner' }
    const old = await bank.send('M1', { command: 'log-outcome', input })
    expect(old.map(render).join()).toContain('现在没有"等合伙人"这种结果，有：有意向、约见、')
  })
})

describe.each(ONE_DATABASE)('an hour, and who was busy, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  const due = (name: string) =>
    bank.rows<{ due: string; at: string | null; reason: string }>(
      `select due_on::text as due, due_time as at, reason from task join client on client.id = client_id
       where client.name = '${name}' and business_name is distinct from '隆盛制衣厂' and task.status = 'open'`,
    )

  test('one who was busy is called again today; a correction leaves the attempt, unless it never was', async () => {
    await play(
      bank,
      `
      M1> 今日
      M1> 2 在忙
      已记：王芳 在忙，今天 上午10点15分 再联系。
      M1> 2 拒绝
      已改：王芳 在忙 → 拒绝
      M1> 撤销
      已撤销
      M1> 2 记错了，是拒绝
      已改：王芳 在忙 → 拒绝
      M1> 3 busy
      M1> 3 有意向
      已改：王芳 在忙 → 有意向
      M1> 1 签了 80万
      已记：张三 已签约 80万，周三(11/25) 再联系。
      M1> 1 资料收齐
      已改：张三 已签约 80万 → 资料收齐
      `,
    )
    const kept = await bank.rows(
      `select kind, stage, undone_at is null as counts, stays from outcome order by id`,
    )
    expect(kept).toEqual([
      { kind: 'busy', stage: 'none', counts: false, stays: false },
      { kind: 'declined', stage: 'lost', counts: false, stays: false },
      { kind: 'declined', stage: 'lost', counts: true, stays: false },
      { kind: 'busy', stage: 'none', counts: false, stays: true },
      { kind: 'interested', stage: 'interested', counts: true, stays: false },
      { kind: 'signed', stage: 'signed', counts: false, stays: false },
      { kind: 'documents', stage: 'applied', counts: true, stays: false },
    ])
  })

  test('an hour said with the day that was asked for is kept, read as in a line', async () => {
    await play(
      bank,
      `
      M1> 今日
      M1> 1 约见
      约见在哪天？
      M1> 明天3点
      已记：张三 约见，明天 下午3点 再联系。
      M1> 2 约见
      约见在哪天？
      M1> 周四上午
      已记：王芳 约见，周四(11/26) 再联系。
      M1> 3 没接 周四2-4点再打
      时间"2-4点"不确定，是几点？
      M1> 3点
      没接 "2-4点再打"，周四(11/26) 下午3点 再联系。
      `,
    )
    expect(await due('张三')).toEqual([{ due: '2026-11-24', at: '15:00', reason: 'appointment' }])
  })

  test('an hour is kept with its day, heads the list, and is put off, handed over and taken back with it', async () => {
    const id = async (name: string) =>
      (
        await bank.rows<{ id: string }>(
          `select task.id from task join client on client.id = client_id
           where client.name = '${name}' and task.status = 'open'`,
        )
      )[0]?.id
    const send = async (command: string, input: object) =>
      (await bank.send('M1', { command, input })).map(render).join('\n')
    await bank.say('M1', '今日')
    const zhang = { taskId: await id('张三'), outcome: 'appointment' }
    expect(await send('log-outcome', zhang)).toContain('"约见"要说是哪天')
    expect(
      await send('log-outcome', { ...zhang, nextDate: '2026-11-24', nextTime: '25点' }),
    ).toContain('钟点"25点"没看懂')
    const asked = await send('log-outcome', { ...zhang, nextTime: '早上8点' })
    expect(asked).toContain('今天早上8点已经过去了，哪个时间再联系？')
    await play(
      bank,
      `
      M1> [1 明天 早上8点]
      已记：张三 约见，明天 早上8点 再联系。
      M1> 改期 4 周四
      `,
    )
    expect(await due('张三')).toEqual([{ due: '2026-11-24', at: '08:00', reason: 'appointment' }])
    const next = { taskId: await id('张三') }
    expect(
      await send('postpone', { ...next, dueOn: '2026-11-25', dueTime: '下午3点半' }),
    ).toContain('已改期：张三 → 周三(11/25) 下午3点半。')
    expect(await send('postpone', { ...next, dueOn: '2026-11-26' })).toContain(
      '周四(11/26) 下午3点半',
    )
    await play(bank, 'M1> 撤销\n已撤销\nM1> 撤销\n已撤销')
    expect(await due('张三')).toEqual([{ due: '2026-11-24', at: '08:00', reason: 'appointment' }])
    await send('hand-task', { ...next, to: 'M2' })
    expect(await due('张三')).toEqual([{ due: '2026-11-24', at: '08:00', reason: 'appointment' }])
    await play(bank, 'M2> today\n张三\ntomorrow 08:00 agreed to meet')
    // Of two that are due today, the one with an hour, though it weighs less.
    const [light] = await bank.rows<{ id: string }>(
      `select task.id from task join client on client.id = client_id where business_name = '隆盛制衣厂'`,
    )
    await send('postpone', { taskId: light?.id, dueOn: '2026-11-23', dueTime: '15:00' })
    await play(
      bank,
      'M1> 今日\n今天\n王芳 · 隆盛制衣厂\n下午3点 2 次没接，再打一次\n王芳 · 福源饭店',
    )
    await play(bank, 'M1> 3 在忙\n已记：王芳 在忙，今天 上午10点15分 再联系。')
  })
})
