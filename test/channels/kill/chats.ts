import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { BOT_SCOPES } from '../../../src/channels/slack/app.ts'
import { APP_TOKEN, BOT_TOKEN, openSlack } from '../../doubles/slack/index.ts'
import { personOf } from '../../doubles/slack/person.ts'
import { openWecomApp } from '../../doubles/wecom/app.ts'
import { appPersonOf } from '../../doubles/wecom/app-person.ts'
import { openWecomBot } from '../../doubles/wecom/bot.ts'
import { botPersonOf } from '../../doubles/wecom/bot-person.ts'
import { freePort } from '../../support/free-port.ts'
import { appSettings, botSettings, textOf } from '../wecom/service.ts'

/** A chat service, played by its double, for a product in a process of its own. */
export interface PlayedChat {
  readonly channel: string
  /** What connects the product to it. */
  readonly settings: Readonly<Record<string, string>>
  /** About how many lists go out in a second. */
  readonly perSecond: number
  /** These people are there. */
  know(people: readonly string[]): void
  connected(): Promise<unknown>
  /** The product died. */
  cut(): void
  /** Presses a button that says this; rejects when nobody is there. */
  press(person: string, says: object): Promise<unknown>
  /** Whether the person, or the service for them, was told that what they pressed has arrived. */
  acknowledged(person: string): boolean
  /** How many messages came, of whatever kind. */
  sent(): number
  shown(): readonly { readonly to: string; readonly text: string }[]
  close(): Promise<void>
}

/** A template card with one button, as somebody may still have it before them. */
const wecomCard = (says: object) => ({
  card_type: 'button_interaction' as const,
  task_id: randomUUID(),
  main_title: { title: 'x' },
  button_list: [{ text: 'x', key: `say:${JSON.stringify(says)}` }],
})

async function playSlack(): Promise<PlayedChat> {
  const slack = await openSlack()
  slack.scopes = [...BOT_SCOPES]
  const told = new Set<string>()
  return {
    channel: 'slack',
    settings: {
      SLACK_BOT_TOKEN: BOT_TOKEN,
      SLACK_APP_TOKEN: APP_TOKEN,
      SLACK_API_URL: slack.apiUrl,
    },
    perSecond: 8,
    know: (people) => people.forEach((person) => void personOf(slack, person)),
    connected: () => slack.connected(),
    cut: () => slack.dropConnections('cut'),
    async press(person, says) {
      const text = { type: 'plain_text', text: 'x' }
      const button = { type: 'button', action_id: 'say:0', text, value: JSON.stringify(says) }
      const blocks = [{ type: 'actions', elements: [button] }]
      const channel = `D${person.slice(1)}`
      const message = {
        channel,
        ts: '1',
        text: '',
        blocks,
        metadata: null,
        onlyFor: null,
        edits: 0,
      }
      await personOf(slack, person).press(message, 'x')
      told.add(person)
    },
    acknowledged: (person) => told.has(person),
    sent: () => slack.messages.length,
    // Each person's direct messages are in the channel of their id, by which the outbox knows them.
    shown: () => slack.messages.map(({ channel, text }) => ({ to: `U${channel.slice(1)}`, text })),
    close: () => slack.close(),
  }
}

/** The bot's connection has no acknowledgement of what people say: the answer is one. */
async function playBot(): Promise<PlayedChat> {
  const wecom = await openWecomBot()
  return {
    channel: 'wecom-bot',
    settings: botSettings(wecom),
    perSecond: 50,
    know: (people) => people.forEach((person) => void wecom.opened.add(person)),
    connected: () => wecom.connected(),
    cut() {},
    async press(person, says) {
      const card = wecomCard(says)
      const shown = { chat: person, text: '', card, stream: null, finished: true, pictures: 0 }
      botPersonOf(wecom, person).press({ ...shown, file: null, edits: 0 }, 'x')
    },
    acknowledged: (person) =>
      wecom.shown.some((each) => each.chat === person && textOf(each).includes('已记')),
    sent: () => wecom.shown.length,
    shown: () => wecom.shown.map((each) => ({ to: each.chat, text: textOf(each) })),
    close: () => wecom.close(),
  }
}

/** WeCom calls back again, up to three times, what was not acknowledged. */
const CALLS = 4

async function playApp(): Promise<PlayedChat> {
  const wecom = await openWecomApp()
  const port = await freePort()
  wecom.endpoint = `http://127.0.0.1:${port}/wecom/app`
  const told = new Set<string>()
  let calls = 0
  return {
    channel: 'wecom-app',
    settings: { ...appSettings(wecom), PORT: `${port}` },
    perSecond: 160,
    know: (people) => people.forEach((person) => void wecom.members.add(person)),
    async connected() {
      // The menu is made when the app is up.
      const made = () =>
        wecom.calls.findIndex(({ path }, at) => at >= calls && path === 'menu/create')
      while (made() < 0) await pause(10)
      calls = made() + 1
    },
    cut() {},
    async press(person, says) {
      const card = wecomCard(says)
      const again = { FromUserName: person, CreateTime: Math.floor(Date.now() / 1000) }
      for (let call = 0; call < CALLS; call++) {
        const shown = { user: person, text: '', card, file: null, edits: 0 }
        const status = await appPersonOf(wecom, person)
          .press(shown, 'x', { again })
          .catch(() => 0)
        if (status === 200) return told.add(person)
        await pause(1000)
      }
      throw new Error('not acknowledged')
    },
    acknowledged: (person) => told.has(person),
    sent: () => wecom.messages.length,
    shown: () => wecom.messages.map((each) => ({ to: each.user, text: textOf(each) })),
    close: () => wecom.close(),
  }
}

export const CHATS = { Slack: playSlack, 'the WeCom bot': playBot, 'the WeCom app': playApp }
