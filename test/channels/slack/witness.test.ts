/** @module-tag long */

import { webApi } from '@slack/bolt'
import { createEmulator, type Emulator } from 'emulate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../../src/app.ts'
import { BOT_SCOPES } from '../../../src/channels/slack/app.ts'
import { createPane } from '../../../src/channels/slack/pane.ts'
import { createPost, type Post } from '../../../src/channels/slack/send/post.ts'
import type { Card } from '../../../src/core/card.ts'
import type { Language } from '../../../src/core/text.ts'
import { svgToPng } from '../../../src/infra/pictures/picture.ts'
import { BOT_TOKEN, signed } from '../../doubles/slack/index.ts'
import { eventOf } from '../../doubles/slack/person.ts'
import { bankOn, CLIENTS, MONDAY } from '../../support/bank.ts'
import { freePort } from '../../support/free-port.ts'
import { openTestDatabase } from '../../support/open.ts'
import { until } from '../../support/until.ts'
import { startOnSlack } from './service.ts'

// Somebody else's reading of Slack's Web API, beside our own double.

let emulator: Emulator
let client: webApi.WebClient
let user: string
let posts: Post

beforeAll(async () => {
  const login = { login: 'chenhui', scopes: [] }
  const token = { token: BOT_TOKEN, user: 'chenhui', type: 'bot', scopes: [...BOT_SCOPES] }
  const people = [{ name: 'zhou', real_name: 'Zhou' }, { name: 'chenhui' }]
  emulator = await createEmulator({
    service: 'slack',
    port: await freePort(),
    seed: {
      tokens: { [BOT_TOKEN]: login },
      slack: { strict_scopes: true, users: people, tokens: [token] },
    },
  } as never)
  client = new webApi.WebClient(BOT_TOKEN, {
    slackApiUrl: `${emulator.url}/api/`,
    retryConfig: { retries: 0 },
  })
  const options = { languageOf: async (): Promise<Language> => 'zh', warn: () => {} }
  posts = createPost(client, {
    ...options,
    apiUrl: `${emulator.url}/api/`,
    pane: createPane(client, options),
    shows: () => {},
  })
  const { members = [] } = await client.users.list({})
  user = members.find(({ name }) => name === 'zhou')?.id ?? ''
})
afterAll(() => emulator.close())

const CARD: Card = {
  title: '晨会',
  blocks: [
    { kind: 'text', text: '**张三** & co' },
    { kind: 'buttons', buttons: [{ label: '今日', intent: { command: 'today', input: {} } }] },
  ],
}
const message = (key: string, more: object = {}) => ({
  key,
  conversation: user,
  card: CARD,
  replaces: null,
  ...more,
})

test('a message is posted, found by its key, and changed where it stands', async () => {
  const ref = await posts.send(message('one'))
  expect(await posts.find(message('one'))).toBe(ref)
  expect(await posts.find(message('never sent'))).toBeNull()
  const changed: Card = { blocks: [{ kind: 'text', text: 'changed' }] }
  expect(await posts.send(message('two', { card: changed, replaces: ref }))).toBe(ref)
  const [channel = ''] = ref.split(' ')
  const { messages = [] } = await client.conversations.history({ channel })
  expect(messages.map(({ text }) => text)).toEqual(['changed'])
})

test('a picture is uploaded the way Slack wants it', async () => {
  const png = (
    await svgToPng('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
  ).toString('base64')
  const card: Card = { blocks: [{ kind: 'picture', png, alt: 'QR' }] }
  const ref = await posts.send(message('picture', { card }))
  const [channel = '', ts] = ref.split(' ')
  const { messages = [] } = await client.conversations.history({ channel })
  const [image] = messages.find((each) => each.ts === ts)?.blocks ?? []
  expect(image).toMatchObject({ type: 'image', slack_file: { id: expect.any(String) } })
})

test('a home page is published', async () => {
  await posts.send(message('home', { conversation: `home:${user}` }))
})

test('a conversation that is none is refused for good', async () => {
  const lost = message('lost', { conversation: 'U0NOBODY' })
  await expect(posts.send(lost)).rejects.toMatchObject({ name: 'SendFailure', kind: 'refused' })
})

describe('the service, by signed requests', () => {
  let app: App
  let endpoint: string
  beforeAll(async () => {
    const database = await openTestDatabase('postgres')
    await bankOn(database, CLIENTS)
    await database.prisma.$executeRaw`delete from account`
    // It tells of nobody that their address is confirmed.
    await database.prisma.$executeRaw`
      insert into account (channel, external_id, staff_id, conversation, last_seen_at)
      select 'slack', ${user}, id, ${user}, now() from staff where code = 'M1'`
    const slack = { apiUrl: `${emulator.url}/api/`, connected: async () => undefined }
    let ticks = new Date(MONDAY).getTime()
    ;({ app, endpoint } = await startOnSlack(slack, database, 'http', () => new Date(ticks++)))
  })
  afterAll(() => app.stop())

  /** What stands in the person's own conversation with the bot, the oldest first. */
  async function seen() {
    const { channel } = await client.conversations.open({ users: user })
    const { messages = [] } = await client.conversations.history({ channel: channel?.id ?? '' })
    return messages.reverse()
  }
  let stamp = 0
  async function says(text: string): Promise<void> {
    const ts = `1795947000.${String(++stamp).padStart(6, '0')}`
    const said = { type: 'message', channel: 'D0ZHOU', channel_type: 'im', user, text, ts }
    const { status } = await signed(endpoint, 'events_api', eventOf({ ...said, event_ts: ts }))
    expect(status).toBe(200)
  }
  const answer = async (words: string) =>
    until(async () => {
      await app.delivery.settled()
      expect(JSON.stringify((await seen()).at(-1)?.blocks)).toContain(words)
    })

  test('what is said is answered, the list is kept true, and pictures are uploaded', async () => {
    await says('今日')
    await answer('134 9001 0001')
    const list = (await seen()).at(-1)?.ts
    await says('张三 没接')
    await answer('已记：张三 没接')
    await until(async () => {
      await app.delivery.settled()
      const standing = (await seen()).find(({ ts }) => ts === list)
      expect(JSON.stringify(standing?.blocks)).toContain('已办 1 件')
    })
    await says('我的码')
    await answer('slack_file')
  })

  test('a slash command is answered where nobody else reads, in a channel without the bot too', async () => {
    const slash = { command: '/chenhui', user_id: user, channel_name: 'privategroup' }
    for (const [place, text, words] of [
      ['D0ZHOU', '查 赵强', '恒通货运部'],
      ['C0SECRET', '查 张三', '134****0001'],
    ] as const) {
      const at = { channel_id: place, trigger_id: `${++stamp}.x`, text }
      const { status } = await signed(endpoint, 'slash_commands', { ...slash, ...at })
      expect(status).toBe(200)
      await answer(words)
    }
  })

  test('another’s signature is refused', async () => {
    const forged = await signed(endpoint, 'events_api', eventOf({}), { secret: 'another' })
    expect(forged.status).toBe(401)
  })
})
