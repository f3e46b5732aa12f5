/** @module-tag long */

import { expect, test, vi } from 'vitest'
import type { App } from '../../src/app.ts'
import { BOT_SCOPES } from '../../src/channels/slack/app.ts'
import { channelState } from '../../src/cli/channel-state.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { openSlack } from '../doubles/slack/index.ts'
import { personOf } from '../doubles/slack/person.ts'
import { openPuppet } from '../doubles/wechaty/puppet.ts'
import { openWecomApp } from '../doubles/wecom/app.ts'
import { appPersonOf } from '../doubles/wecom/app-person.ts'
import { openWecomBot } from '../doubles/wecom/bot.ts'
import { botPersonOf } from '../doubles/wecom/bot-person.ts'
import { bankOn, CLIENTS, MONDAY } from '../support/bank.ts'
import { openTestDatabase } from '../support/open.ts'
import { startService } from '../support/service.ts'
import { startOnSlack } from './slack/service.ts'
import { appSettings, botSettings, startWith, textOf } from './wecom/service.ts'

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

/** A manager in one chat; `heard` is what was said to them, message by message. */
interface Chat {
  say(text: string): unknown
  heard(): readonly string[]
  /** Where others read along; absent: the service has no such place. */
  readonly room?: { say(text: string): unknown; heard(): readonly string[] }
  close(): Promise<void>
}
const SOON = { timeout: 15_000, interval: 30 }
const clock = () => new Date(MONDAY)

const known = (database: Database, channel: string, id: string) => database.prisma.$executeRaw`
  insert into account (channel, external_id, staff_id, conversation, last_seen_at)
  select ${channel}, ${id}, id, ${id}, now() from staff where code = 'M1'`

const CHATS: Record<string, (database: Database) => Promise<Chat & { app: App }>> = {
  async slack(database) {
    const slack = await openSlack()
    slack.scopes = [...BOT_SCOPES]
    const { app } = await startOnSlack(slack, database, 'socket', clock)
    await known(database, 'slack', 'UZHOU')
    const zhou = personOf(slack, 'UZHOU')
    const heard = () => zhou.seen.map(({ blocks }) => JSON.stringify(blocks))
    const inRoom = () =>
      slack.messages.filter(({ channel, onlyFor }) => channel === 'C1' && !onlyFor)
    const room = {
      say: (text: string) => zhou.mention('C1', text),
      heard: () => inRoom().map(({ blocks }) => JSON.stringify(blocks)),
    }
    return { app, say: zhou.say, heard, room, close: slack.close }
  },
  async browser(database) {
    const { app, url } = await startService(database, {}, clock)
    const cards = () => database.prisma.message.findMany({ where: { channel: 'web' } })
    let page = ''
    const look = async () => {
      page = await (await fetch(`${url}/chat/as/M1`)).text()
    }
    return {
      app,
      async say(text) {
        const body = new URLSearchParams({ text })
        const headers = { origin: url }
        await fetch(`${url}/chat/as/M1/say`, { method: 'POST', body, headers })
        await vi.waitFor(async () => expect((await cards()).length).toBeGreaterThan(0))
        await app.delivery.settled()
        await look()
      },
      heard: () => [page.replace(/<[^>]*>/g, '')],
      async close() {},
    }
  },
  async 'WeCom bot'(database) {
    const wecom = await openWecomBot()
    const { app } = await startWith(botSettings(wecom), database, clock)
    await wecom.connected()
    await known(database, 'wecom-bot', 'zhou')
    const zhou = botPersonOf(wecom, 'zhou')
    const room = {
      say: (text: string) => zhou.mention('wr1', text),
      heard: () => wecom.shown.filter(({ chat }) => chat === 'group:wr1').map(textOf),
    }
    return { app, say: zhou.say, heard: () => zhou.seen.map(textOf), room, close: wecom.close }
  },
  async 'WeCom app'(database) {
    const wecom = await openWecomApp()
    const { app, url } = await startWith(appSettings(wecom), database, clock)
    wecom.endpoint = `${url}/wecom/app`
    await known(database, 'wecom-app', 'zhou')
    const zhou = appPersonOf(wecom, 'zhou')
    return { app, say: zhou.say, heard: () => zhou.seen.map(textOf), close: wecom.close }
  },
  async Wechaty(database) {
    const wechaty = await openPuppet()
    const { app } = await startWith(wechaty.settings, database, clock)
    const login = async () =>
      ((await channelState(database.prisma, 'wechaty').read()) as { state?: string } | null)?.state
    await vi.waitFor(() => expect(wechaty.puppet.listenerCount('login')).toBeGreaterThan(0), SOON)
    wechaty.mocker.login(wechaty.own)
    await vi.waitFor(async () => expect(await login()).toBe('in'), SOON)
    const zhou = wechaty.person('zhou')
    await known(database, 'wechaty', zhou.id)
    const heard: string[] = []
    wechaty.hears(zhou, heard)
    const { close, own } = wechaty
    const place = wechaty.mocker.createRoom({ topic: 'team', memberIdList: [own.id, zhou.id] })
    const aloud: string[] = []
    wechaty.hears(place, aloud)
    const room = {
      say: (text: string) => zhou.say(text, [own]).to(place),
      heard: () => aloud,
    }
    return { app, say: (text) => zhou.say(text).to(own), heard: () => heard, room, close }
  },
}

/** What the chats write in their own ways, written in one. */
const plain = (text: string): string =>
  text.replace(/[*∗\u200b\u200c]/g, '').replace(/&quot;|\\"/g, '"')

const results = new Map<string, unknown>()

// They wait for the pace of each chat, so they wait beside each other.
test.concurrent.for(Object.entries(CHATS))(
  'one text, by %s: the same answers, the same result, and in a room nothing aloud',
  { timeout: 120_000 },
  async ([name, open], { expect }) => {
    const database = await openTestDatabase('postgres')
    await bankOn(database, CLIENTS)
    await database.prisma.$executeRaw`delete from account`
    const chat = await open(database)
    let before = 0
    for (const [text, wanted] of CONVERSATION) {
      await chat.say(text)
      await vi.waitFor(() => {
        const answer = plain(chat.heard().slice(before).join('\n'))
        for (const each of wanted) expect(answer).toContain(each)
      }, SOON)
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
      await vi.waitFor(() => {
        expect(plain(chat.heard().slice(before).join('\n')), text).toContain(wanted)
      }, SOON)
      await chat.app.delivery.settled()
    }
    expect(chat.room?.heard().filter((each) => !ALOUD.test(each)) ?? []).toEqual([])
    expect(chat.room?.heard().length ?? 0).toBe(SAYS_ALOUD[name] ?? 0)
    await chat.app.stop()
    await chat.close()
  },
)
