import { expect } from 'vitest'
import { createApp } from '../../src/app.ts'
import { BOT_SCOPES } from '../../src/channels/slack/app.ts'
import { channelsOf } from '../../src/cli/channels.ts'
import { readConfig } from '../../src/config.ts'
import { itemsOf } from '../../src/core/card.ts'
import { createLog } from '../../src/infra/log.ts'
import { startWeb } from '../../src/infra/web.ts'
import { APP_TOKEN, BOT_TOKEN, openSlack } from '../doubles/slack/index.ts'
import { personOf } from '../doubles/slack/person.ts'
import { openWecomApp } from '../doubles/wecom/app.ts'
import { appPersonOf } from '../doubles/wecom/app-person.ts'
import { openWecomBot, type Shown } from '../doubles/wecom/bot.ts'
import { botPersonOf } from '../doubles/wecom/bot-person.ts'
import {
  type Bank,
  bankOn,
  CLIENTS,
  MONDAY,
  sentTo,
  tellerOf,
  withNumbers,
} from '../support/bank.ts'
import { openTestDatabase } from '../support/open.ts'
import { until } from '../support/until.ts'
import { plain } from './chats.ts'
import { appSettings, botSettings, textOf } from './wecom/service.ts'

/** One person in a chat. */
interface Seat {
  say(text: string): unknown
  /** Presses a button of what was said last; false: it has none with this label there. */
  press(label: string): unknown
  heard(): readonly string[]
}

/** A chat service's double, and how the bank is connected to it. */
interface Service {
  readonly channel: string
  readonly settings: Readonly<Record<string, string>>
  idOf(code: string): string
  /** How many events somebody begins with. */
  readonly begins: number
  seat(id: string): Seat
  /** Where the service calls the bank. */
  reachAt(url: string): void
  connected(): Promise<unknown>
  close(): Promise<void>
}

/** A button as WeCom has room for it: 改到周三 for 改到周三(11/25). */
const buttonOf = (shown: Pick<Shown, 'card'> | undefined, label: string): string | undefined =>
  shown?.card?.button_list.find(({ text }) => text === label || label.startsWith(`${text}(`))?.text

export const SERVICES: Readonly<Record<string, () => Promise<Service>>> = {
  async Slack() {
    const slack = await openSlack()
    slack.scopes = [...BOT_SCOPES]
    slack.filesThereMs = 0
    return {
      channel: 'slack',
      settings: {
        ...{ SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_APP_TOKEN: APP_TOKEN, SLACK_API_URL: slack.apiUrl },
      },
      idOf: (code) => `U${code}`,
      begins: 0,
      seat(id) {
        const person = personOf(slack, id, {})
        return {
          say: person.say,
          press(label) {
            const last = person.seen.at(-1)
            return (
              JSON.stringify(last?.blocks).includes(`"${label}"`) &&
              last &&
              person.press(last, label)
            )
          },
          heard: () => person.seen.map(({ blocks }) => JSON.stringify(blocks)),
        }
      },
      reachAt() {},
      connected: slack.connected,
      close: slack.close,
    }
  },
  async 'WeCom bot'() {
    const wecom = await openWecomBot()
    return {
      channel: 'wecom-bot',
      settings: botSettings(wecom),
      idOf: (code) => code.toLowerCase(),
      begins: 1,
      seat(id) {
        const person = botPersonOf(wecom, id)
        // Who never wrote is not reached.
        person.say('帮助')
        return {
          say: person.say,
          press(label) {
            const last = person.seen.findLast(({ card }) => card)
            const text = buttonOf(last, label)
            return text && last && (person.press(last, text) ?? true)
          },
          heard: () => person.seen.map(textOf),
        }
      },
      reachAt() {},
      connected: wecom.connected,
      close: wecom.close,
    }
  },
  async 'WeCom app'() {
    const wecom = await openWecomApp()
    return {
      channel: 'wecom-app',
      settings: appSettings(wecom),
      idOf: (code) => code.toLowerCase(),
      begins: 0,
      seat(id) {
        const person = appPersonOf(wecom, id)
        return {
          say: person.say,
          press(label) {
            const last = person.seen.findLast(({ card }) => card)
            const text = buttonOf(last, label)
            return text && last && (person.press(last, text) ?? true)
          },
          heard: () => person.seen.map(textOf),
        }
      },
      reachAt(url) {
        wecom.endpoint = `${url}/wecom/app`
      },
      connected: async () => undefined,
      close: wecom.close,
    }
  },
}

/** The small bank, spoken to over the wire of a chat service; what it answers must stand there, too. */
export async function wiredBank(open: () => Promise<Service>): Promise<Bank> {
  const service = await open()
  const { channel, idOf } = service
  const database = await openTestDatabase('postgres')
  const { prisma } = database
  await bankOn(database, CLIENTS)
  await prisma.$executeRaw`delete from account`
  let now = new Date(MONDAY)
  const config = readConfig({
    ...{ LOG_LEVEL: 'silent', MORNING_SPREAD_SECONDS: '0' },
    ...service.settings,
  })
  const log = createLog('silent')
  const { channels, mounts } = await channelsOf(config, database, log)
  // The pace of each service is kept elsewhere; here a week goes by in a minute.
  const unpaced = channels.map((each) => {
    const { windows: _, ...can } = each.can
    return { ...each, can: { ...can, paceMs: 0, perSecond: null } }
  })
  const app = await createApp(config, {
    ...{ database, log, mounts, channels: unpaced, clock: () => now },
  })
  const web = await startWeb('127.0.0.1', 0, mounts)
  service.reachAt(`http://127.0.0.1:${web.port}`)
  for (const each of channels) await each.start(app.inbox)
  await service.connected()
  const seats = new Map<string, Seat>()
  const seatOf = (code: string): Seat => {
    const seat = seats.get(code) ?? service.seat(idOf(code))
    seats.set(code, seat)
    return seat
  }
  const account = (code: string) => ({
    ...{ channel, externalId: idOf(code), conversation: idOf(code) },
  })
  const staff = await prisma.staff.findMany()
  await prisma.account.createMany({
    data: staff.map(({ id, code }) => {
      return { ...account(code), staffId: id, lastSeenAt: new Date(MONDAY) }
    }),
  })
  // Who takes a seat may say something at once: they are known by then.
  for (const { code } of staff) seatOf(code)
  const codeOf = (conversation: string): string =>
    [...seats.keys()].find((code) => idOf(code) === conversation) ?? conversation

  async function answered(code: string, does: (seat: Seat) => unknown) {
    const seat = seatOf(code)
    const { conversation } = account(code)
    const done = () => prisma.received.count({ where: { conversation, answeredAt: { not: null } } })
    await until(async () => expect(await done()).toBeGreaterThanOrEqual(service.begins))
    await app.delivery.settled()
    const [before, heard] = [await done(), seat.heard().length]
    await does(seat)
    await until(async () => expect(await done()).toBeGreaterThan(before))
    await app.delivery.settled()
    const [card] = await sentTo(database, conversation, 1)
    const first = card?.title ?? card?.blocks.find((block) => block.kind === 'text')?.text ?? ''
    await until(() => {
      const shown = plain(seat.heard().slice(heard).join('\n'))
      expect(shown).toContain(plain(first.split('\n')[0] ?? '').slice(0, 12))
    })
    return card ? [card] : []
  }
  const notHere = () => Promise.reject(new Error('not said in a week'))

  return {
    ...{ app, database, account },
    setClock(time) {
      now = new Date(time)
    },
    say: (code, text) => answered(code, (seat) => seat.say(text)),
    press: (code, label) =>
      answered(code, async (seat) => {
        if (await seat.press(label)) return
        // A menu of a line that the chat has no room for is said: 2 有意向.
        const [last] = await sentTo(database, account(code).conversation, 1)
        const line = last?.blocks
          .flatMap((block) => (block.kind === 'list' ? itemsOf(block) : []))
          .find(({ menu = [] }) => menu.some((each) => each.label === label))
        if (!line?.mark) throw new Error(`no button "${label}" for ${code}`)
        await seat.say(`${line.mark} ${label}`)
      }),
    ...{ send: notHere, sendFile: notHere, speak: notHere },
    told: tellerOf(app, codeOf),
    async clientId(name) {
      return (await prisma.client.findFirstOrThrow({ where: { name } })).id
    },
    rows: <T>(sql: string) => prisma.$queryRawUnsafe<T[]>(withNumbers(sql, database.encryption)),
    async close() {
      for (const each of channels) await each.stop()
      await app.stop()
      await web.stop()
      await service.close()
    },
  }
}
