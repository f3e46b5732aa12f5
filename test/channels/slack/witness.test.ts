import { webApi } from '@slack/bolt'
import { createEmulator, type Emulator } from 'emulate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BOT_SCOPES } from '../../../src/channels/slack/app.ts'
import { createPane } from '../../../src/channels/slack/pane.ts'
import { createPost, type Post } from '../../../src/channels/slack/send/post.ts'
import type { Card } from '../../../src/core/card.ts'
import type { Language } from '../../../src/core/text.ts'
import { svgToPng } from '../../../src/infra/pictures/picture.ts'
import { BOT_TOKEN } from '../../doubles/slack/index.ts'
import { freePort } from '../../support/free-port.ts'

// Somebody else's reading of Slack's Web API, beside our own double.

let emulator: Emulator
let client: webApi.WebClient
let user: string
let posts: Post

beforeAll(async () => {
  const login = { login: 'chenhui', scopes: [] }
  const token = { token: BOT_TOKEN, user: 'chenhui', type: 'bot', scopes: [...BOT_SCOPES] }
  const people = [{ name: 'zhou', real_name: 'Zhou', email: 'm1@bank.example' }]
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
