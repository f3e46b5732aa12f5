import { expect } from 'vitest'
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
import { startService } from '../support/service.ts'
import { until } from '../support/until.ts'
import { startOnSlack } from './slack/service.ts'
import { appSettings, botSettings, startWith, textOf } from './wecom/service.ts'

/** A manager in one chat; `heard` is what was said to them, message by message. */
export interface Chat {
  say(text: string): unknown
  heard(): readonly string[]
  /** Where others read along; absent: the service has no such place. */
  readonly room?: { say(text: string): unknown; heard(): readonly string[] }
  close(): Promise<void>
}

const known = (database: Database, channel: string, id: string) => database.prisma.$executeRaw`
  insert into account (channel, external_id, staff_id, conversation, last_seen_at)
  select ${channel}, ${id}, id, ${id}, now() from staff where code = 'M1'`

/** Every chat with its service's double, and manager M1 in it. */
export const CHATS: Readonly<
  Record<string, (database: Database, clock: () => Date) => Promise<Chat & { app: App }>>
> = {
  async slack(database, clock) {
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
  async browser(database, clock) {
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
        await until(async () => expect((await cards()).length).toBeGreaterThan(0))
        await app.delivery.settled()
        await look()
      },
      heard: () => [page.replace(/<[^>]*>/g, '')],
      async close() {},
    }
  },
  async 'WeCom bot'(database, clock) {
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
  async 'WeCom app'(database, clock) {
    const wecom = await openWecomApp()
    const { app, url } = await startWith(appSettings(wecom), database, clock)
    wecom.endpoint = `${url}/wecom/app`
    await known(database, 'wecom-app', 'zhou')
    const zhou = appPersonOf(wecom, 'zhou')
    return { app, say: zhou.say, heard: () => zhou.seen.map(textOf), close: wecom.close }
  },
  async Wechaty(database, clock) {
    const wechaty = await openPuppet()
    const { app } = await startWith(wechaty.settings, database, clock)
    const login = async () =>
      ((await channelState(database.prisma, 'wechaty').read()) as { state?: string } | null)?.state
    await until(() => expect(wechaty.puppet.listenerCount('login')).toBeGreaterThan(0))
    wechaty.mocker.login(wechaty.own)
    await until(async () => expect(await login()).toBe('in'))
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
export const plain = (text: string): string =>
  text.replace(/[*∗\u200b\u200c]/g, '').replace(/&quot;|\\"/g, '"')
