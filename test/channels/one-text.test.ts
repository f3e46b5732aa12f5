/** @module-tag long */

import { test } from 'vitest'
import { bankOn, CLIENTS, MONDAY } from '../support/bank.ts'
import { openTestDatabase } from '../support/open.ts'
import { until } from '../support/until.ts'
import { CHATS, plain } from './chats.ts'

/** One text, and what must stand in its answer, wherever it is said. */
const CONVERSATION: readonly (readonly [string, readonly string[]])[] = [
  ['今日', ['晨会 · 11月23日 周一', '张三', '隆盛制衣厂', '134 9001 0003']],
  ['1 有意向 50万 周五再联系', ['已记：张三 有意向 50万', '周五(11/27)', '撤销']],
  ['2 没接', ['已记：王芳 没接']],
  ['撤销', ['已撤销：王芳']],
  ['需求 张三 结算卡 下月 急', ['已记需求：张三 结算卡']],
  ['新客户 李四 13800138000 五金店', ['已登记新客户：李四 · 五金店']],
  // As people say it who know no command.
  ['赵强 说考虑一下，周五再打给他', ['已记：赵强 再考虑', '周五(11/27)']],
  ['把赵强改到下周一', ['已改期：赵强', '下周一(11/30)']],
  ['刚才记错了，张三是有意向，想要三十万', ['已改：张三 有意向 50万 → 有意向 30万']],
  ['2 随便', ['第 2 件的结果是哪一种']],
  // The question stands in a line, and an answer may say more.
  ['分层 张三', ['顺发五金店', 'B 潜力', '刚才问的还没有答：第 2 件的结果是哪一种？']],
  ['有意向 20万，周四下午再打', ['已记：王芳 有意向 20万', '周四(11/26)']],
]

/** What is asked where others read it, and what the asker hears of it alone. */
const IN_ROOM: readonly (readonly [string, string])[] = [
  ['查 张三', '顺发五金店'],
  ['我的码', '/r/'],
  ['导出 客户', '客户'],
]
/** All that a room hears of it; Slack shows the answer to the asker where it was asked, and says nothing aloud. */
const ALOUD = /^已私下答复。 Answered privately\.$/

const SAYS_ALOUD: Readonly<Record<string, number>> = {
  'WeCom bot': IN_ROOM.length,
  Wechaty: IN_ROOM.length,
}

const clock = () => new Date(MONDAY)

const results = new Map<string, unknown>()

// They wait for the pace of each chat, so they wait beside each other.
test.concurrent.for(Object.entries(CHATS))(
  'one text, by %s: the same answers, the same result, and in a room nothing aloud',
  async ([name, open], { expect }) => {
    const database = await openTestDatabase('postgres')
    await bankOn(database, CLIENTS)
    await database.prisma.$executeRaw`delete from account`
    const chat = await open(database, clock)
    let before = 0
    for (const [text, wanted] of CONVERSATION) {
      await chat.say(text)
      await until(() => {
        const answer = plain(chat.heard().slice(before).join('\n'))
        for (const each of wanted) expect(answer).toContain(each)
      })
      await chat.app.delivery.settled()
      before = name === 'browser' ? 0 : chat.heard().length
    }
    const outcomes = await database.prisma.$queryRaw`
      select client.name, outcome.kind, amount::int, next_on::text, undone_at is null as stands
      from outcome join client on client.id = client_id order by outcome.id`
    // A night's job may be caught up meanwhile, which asks for thin files (`other`).
    const tasks = await database.prisma.$queryRaw`
      select client.name, task.kind, due_on::text, status from task
      join client on client.id = client_id where task.kind <> 'other'
      order by client.name, due_on, status`
    results.set(name, { outcomes, tasks })
    expect(results.get(name)).toEqual(results.values().next().value)
    for (const [text, wanted] of chat.room ? IN_ROOM : []) {
      before = chat.heard().length
      await chat.room?.say(text)
      await until(() => {
        expect(plain(chat.heard().slice(before).join('\n')), text).toContain(wanted)
      })
      await chat.app.delivery.settled()
    }
    expect(chat.room?.heard().filter((each) => !ALOUD.test(each)) ?? []).toEqual([])
    expect(chat.room?.heard().length ?? 0).toBe(SAYS_ALOUD[name] ?? 0)
    await chat.app.stop()
    await chat.close()
  },
)

/** The morning of a manager who knows no command, and what must stand in each answer, in whatever chat. */
const MORNING: readonly (readonly [string, readonly string[]])[] = [
  ['早啊', ['看今天的任务']],
  ['今天要干嘛', ['张三', '赵强']],
  ['那个张三没人接', ['已记：张三 没接']],
  ['刚才记错了，张三是有意向，想要三十万', ['已改：张三 没接 → 有意向 30万', '周四(11/26)']],
  ['赵强 说考虑一下，周五再打给他', ['已记：赵强 再考虑', '周五(11/27)']],
  ['把赵强改到下周一', ['已改期：赵强', '下周一(11/30)']],
  ['王芳 停机了', ['您说的是哪位']],
  ['就是那个呀', ['没看懂"就是那个呀"']],
  ['福源那个', ['已记：王芳 号码不对']],
  ['张三电话多少来着', ['134 9001 0001']],
  ['张三要个收款码', ['已记需求：张三 收单']],
  ['明天下午3点提醒我给张三送合同', ['明天 下午3点 提醒您：给张三送合同']],
  ['提醒我 昨天带合同', ['已经过去了，哪一天']],
  ['我周五要去总行', ['已经过去了，哪一天']],
  ['那就后天吧', ['周三(11/25)']],
  [
    '刚认识一个老板 叫刘小燕 13712345678 开水果店的 想贷十万',
    ['已登记新客户：刘小燕 · 水果店', '想贷 10万'],
  ],
  ['去看了刘小燕的店，货挺多，周四再去', ['已记走访：刘小燕', '周四(11/26)']],
  ['我今天做了几个', ['有意向', '30万']],
  ['还有几个没打', ['今天到期和逾期']],
  ['张三的资料还差什么', ['张三', '还缺']],
  ['分层 张三', ['B 潜力']],
  ['谢谢', ['不客气']],
]

/** A chat takes so long for a whole morning, at its own pace. */
const MORNING_MS = 120_000
const MINUTE = 60_000
const NINE = new Date('2026-11-23T09:10:00+08:00').getTime() - performance.now()
/** It goes on, as services take so many messages a minute. */
const since = () => new Date(NINE + performance.now())

test.concurrent.for(Object.entries(CHATS))(
  'a whole morning of somebody who knows no command, by %s',
  { timeout: 5 * MINUTE },
  async ([name, open], { expect, onTestFinished }) => {
    const database = await openTestDatabase('postgres')
    await bankOn(database, CLIENTS)
    await database.prisma.$executeRaw`delete from account`
    const chat = await open(database, since)
    onTestFinished(async () => {
      await chat.app.stop()
      await chat.close()
    })
    let before = 0
    for (const [text, wanted] of MORNING) {
      await chat.say(text)
      await until(() => {
        const answer = plain(chat.heard().slice(before).join('\n'))
        for (const each of wanted) expect(answer, text).toContain(each)
      }, MORNING_MS)
      await chat.app.delivery.settled()
      before = name === 'browser' ? 0 : chat.heard().length
    }
    const { prisma } = database
    expect(
      await prisma.$queryRaw`
        select client.name, outcome.kind, amount::int from outcome
        join client on client.id = client_id where undone_at is null order by outcome.id`,
    ).toEqual([
      { name: '张三', kind: 'interested', amount: 300_000 },
      { name: '赵强', kind: 'thinking', amount: null },
      { name: '王芳', kind: 'wrong-number', amount: null },
    ])
    expect(
      await prisma.$queryRaw`
        select (select array_agg(product) from need) as needs, (select count(*)::int from visit where undone_at is null) as visits,
          (select array_agg(due_on || ' ' || coalesce(due_time, '') order by due_on) from reminder) as reminders,
          (select name || ' ' || business_name from client where name = '刘小燕') as newcomer`,
    ).toEqual([
      {
        ...{ needs: ['pos'], visits: 1, newcomer: '刘小燕 水果店' },
        reminders: ['2026-11-24 15:00', '2026-11-25 09:00'],
      },
    ])
  },
)
