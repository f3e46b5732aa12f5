import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { render } from '../../src/channels/console/render.ts'
import { newId } from '../../src/core/ids.ts'
import { type Bank, CLIENTS, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

describe.each(ONE_DATABASE)('what goes wrong is said, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  const openTasks = () =>
    bank.rows<{ id: string; status: string; name: string }>(
      `select task.id, task.status, client.name from task join client on client.id = client_id
       where status = 'open' order by client.name, task.id`,
    )

  test('a stranger is told how to enrol and nothing else', async () => {
    const said = (await bank.say('X9', '查 张三')).map(render).join()
    expect(said).toContain('还没有登记')
    expect(said).toContain('绑定 码')
    expect(said).toContain('bind CODE')
    expect(said).not.toContain('张三')
  })

  test('a date that has gone by asks, and the rest of the line is kept', () =>
    play(
      bank,
      `
      M1> 今日
      M1> 1 有意向 50万 11月20日 要看额度
      第 1 件的日期"11月20日"已经过去了
      M1> 明天
      已记：张三 有意向 50万 "要看额度"，明天 再联系。
      `,
    ))

  test('an amount of nonsense and a day that is none are asked one after the other', () =>
    play(
      bank,
      `
      M1> 今日
      M1> 1 有意向 几十万 2月30日
      第 1 件的金额"几十万"不确定
      M1> 三十万
      第 1 件的日期"2月30日"不在日历上
      M1> 那天
      第 1 件的日期"2月30日"不在日历上
      M1> 12月3日
      已记：张三 有意向 30万，12月3日 再联系。
      `.replace('12月3日 再联系', '下周四(12/3) 再联系'),
    ))

  test('a question stands when something else is said', () =>
    play(
      bank,
      `
      M1> 今日
      M1> 1 有意向 2月30日
      哪天再联系
      M1> 查 赵强
      赵强 · 恒通货运部
      刚才问的还没有答
      M1> 明天
      已记：张三 有意向，明天 再联系。
      `,
    ))

  test('a number that is not on the list changes nothing', async () => {
    const before = await openTasks()
    await play(bank, 'M1> 今日\nM1> 9 没接\n清单上没有您的第 9 件，共 4 件。')
    expect(await openTasks()).toEqual(before)
  })

  test('refuses an outcome before there is a list', () =>
    play(bank, 'M1> 1 没接\n还没有任务清单，先发"今日"。'))

  test('an outcome said twice is logged once, and said in another way it is corrected', () =>
    play(
      bank,
      `
      M1> 今日
      M1> 1 没接
      已记：张三
      M1> 1 没接
      第 1 件（张三）您已经登记过：没接，没有重复登记。
      M1> 1 有意向
      已改：张三 没接 → 有意向
      `,
    ))

  test('refuses a task of somebody else, by button and by form', async () => {
    const theirs = (await openTasks()).find(({ name }) => name === '张三')
    for (const command of ['log-outcome', 'outcome-form']) {
      const input = { taskId: theirs?.id, outcome: 'no-answer' }
      const cards = await bank.send('M2', { command, input })
      expect(cards.map(render).join()).toContain('not')
    }
    expect(await openTasks()).toContainEqual(theirs)
  })

  test('logs what can be logged and says what could not', () =>
    play(
      bank,
      `
      M1> 今日
      M1> 1 没接⏎8 拒绝
      已记：张三 没接
      清单上没有您的第 8 件
      `,
    ))

  test('what is said of a client and not understood is kept, as it was typed, where they want it to be', async () => {
    await play(
      bank,
      `
      M1> 张三店关门了，老婆在带孩子
      没听懂"张三店关门了，老婆在带孩子"，还没有记下。
      说的是 张三 的话，点一下就原话记上：
      [看客户] [记成走访] [记成备注]
      M1> [记成备注]
      已备注 张三：张三店关门了，老婆在带孩子
      M1> 王芳家在装修，张三来帮忙
      说的是 王芳 的话，点一下就原话记上：
      M1> [看客户]
      有 2 位客户符合"王芳"，您说的是哪位？
      K1> 张三为什么一直没批
      [看客户]
      M2> 张三店关门了
      I did not understand "张三店关门了". Say "help"
      `,
    )
    expect(await bank.rows('select text from client_note')).toEqual([
      { text: '张三店关门了，老婆在带孩子' },
    ])
  })

  test('a visit of which nothing is told but a day to come is asked about', async () => {
    await play(
      bank,
      `
      M1> 走访 张三 明天下午3点
      张三 是要在 明天 下午3点 走访，还是已经走访过了？
      [1 明天 下午3点 走访] [2 走访过了，下次 明天 下午3点]
      M1> 1
      已排任务：张三 明天 下午3点 "走访"。
      M2> visit Tom on Friday
      Is the visit to Tom to be made Fri 27 Nov, or was it made?
      M2> 2
      Visit logged: Tom
      next: Fri 27 Nov visit
      H1> 走访 张三 明天
      [1 走访过了，下次 明天]
      M1> 走访 张三 店里明天盘点
      已记走访：张三 "店里明天盘点"
      `,
    )
    expect(await bank.rows('select count(*)::int as visits from visit')).toEqual([{ visits: 2 }])
  })

  test('an unknown text gets the nearest suggestions, never silence', () =>
    play(
      bank,
      `
      M1> 转戒 张三
      没听懂"转戒 张三"，还没有记下。可以说：
      转介 张三
      说的是 张三 的话，点一下就原话记上：
      [看客户] [记成走访] [记成备注]
      M1> 天气不错啊
      发"帮助"看可以说什么
      `,
    ))

  test('several clients of a name are offered, and a number picks one', () =>
    play(
      bank,
      `
      M1> 查 王芳
      有 2 位客户符合"王芳"，您说的是哪位？
      [1 王芳
      M1> 2
      王芳 ·
      分层:
      `,
    ))

  test.each(['张三', '三', 'zhangsan', 'zs', 'zhangs', '顺发', '0001', '13490010001', ' 张三 '])(
    'finds a client by "%s"',
    (named) => play(bank, `M1> 查 ${named}\n张三 · 顺发五金店`),
  )

  test('a manager does not find a colleague’s client; a lead finds those of the team', () =>
    play(
      bank,
      `
      M2> client 张三
      There is no "张三" among your clients
      L1> 查 张三
      张三 · 顺发五金店
      L1> 查 钱进
      没有找到"钱进"
      K1> 查 钱进
      钱进
      S1> 查 张三
      "查 张三"不在您的岗位功能里，由客户经理、团队主管、分支机构负责人等来办。
      `,
    ))

  test('a phone number on file is not entered twice, and tells no secrets', () =>
    play(
      bank,
      `
      M1> 新客户 张山 13490010001 五金店
      这个手机号已经登记：张三（顺发五金店，周敏）。和 张山 是同一个人吗？
      M2> new Zhang 13490010001 shop
      This phone number cannot be entered
      M1> 新客户 张山
      张山 的手机号是多少
      M1> 12345
      张山 的手机号是多少
      M1> 138 0013 8001
      已登记新客户：张山
      `,
    ))

  test('do-not-contact cancels every marketing task and allows none', async () => {
    await play(
      bank,
      `
      M1> 今日
      M1> 1 勿扰 客户很生气
      已记：张三 勿扰 "客户很生气"，已设勿扰，不再安排联系。
      M1> 需求 张三 流贷 急
      这位客户不做营销，只登记不排任务
      `,
    )
    expect((await openTasks()).map(({ name }) => name)).not.toContain('张三')
  })

  test('undo opens the task again and takes back what the outcome made', async () => {
    const before = await openTasks()
    await play(
      bank,
      `
      M1> 今日
      M1> 1 勿扰
      M1> 撤销
      已撤销：张三 的结果。
      M1> 撤销
      没有可以撤销的登记。
      M1> 新客户 李四 13800138000 五金店
      M1> [撤销]
      已撤销：李四。
      M1> 需求 张三 流贷 20万 和 结算卡 急
      已记需求：张三 流动资金贷款、结算卡 20万 急。今天 跟进；结算卡将随名单移交。
      M1> 撤销
      已撤销：张三 的需求。
      `,
    )
    expect(await openTasks()).toEqual(before)
    expect(await bank.rows(`select 1 from client where name = '李四'`)).toEqual([])
    expect(await bank.rows(`select 1 from client where do_not_contact is not null`)).toEqual([])
  })

  test('undo ends after ten minutes', () =>
    play(
      bank,
      `
      @ 2026-11-23T09:00:00+08:00
      M1> 今日
      M1> 1 没接
      @ 2026-11-23T09:10:01+08:00
      M1> 撤销
      上一次登记已超过 10 分钟
      `,
    ))

  test('an event that arrives twice is answered once', async () => {
    await bank.say('M1', '今日')
    const event = {
      id: newId(),
      channel: 'console',
      conversation: 'console:M1',
      sender: 'M1',
      shared: false,
      says: { kind: 'text' as const, text: '1 没接' },
    }
    const inbox = async () => (await bank.app.inbox(event)).answered
    await Promise.all([inbox(), inbox(), inbox()])
    expect(await bank.rows(`select 1 from outcome`)).toHaveLength(1)
  })

  test('two answers to one task at once close it once', async () => {
    const task = (await openTasks()).find(({ name }) => name === '张三')
    const press = async () => {
      const { answered } = await bank.app.inbox({
        id: newId(),
        channel: 'console',
        conversation: `console:M1:${newId()}`,
        sender: 'M1',
        shared: false,
        says: {
          kind: 'intent',
          label: '',
          intent: { command: 'log-outcome', input: { taskId: task?.id, outcome: 'no-answer' } },
        },
      })
      await answered
    }
    await Promise.all([press(), press()])
    expect(await bank.rows(`select 1 from outcome`)).toHaveLength(1)
  })

  test('a fault of ours changes nothing and is answered with a reference', async () => {
    await bank.say('M1', '今日')
    await bank.database.prisma.$executeRawUnsafe(
      `alter table outcome add constraint broken check (kind <> 'declined')`,
    )
    const said = (await bank.say('M1', '1 拒绝')).map(render).join()
    expect(said).toMatch(/编号 [0-9a-f]{8} /)
    expect(await bank.rows(`select 1 from outcome`)).toEqual([])
    await play(bank, 'M1> 1 没接\n已记：张三')
  })

  test('in a shared conversation whose answers only the asker sees phone numbers are masked', async () => {
    await bank.close()
    bank = await openBank(kind, CLIENTS, { buttons: true, forms: true, whispers: true })
    const { answered } = await bank.app.inbox({
      id: newId(),
      channel: 'console',
      conversation: 'console:room',
      sender: 'M1',
      shared: true,
      says: { kind: 'text', text: '今日' },
    })
    await answered
    const [sent] = await bank.rows<{ card: string }>(
      `select card::text from message where conversation = 'console:room'`,
    )
    expect(sent?.card).toContain('134****0001')
    expect(sent?.card).not.toContain('134 9001 0001')
  })
})
