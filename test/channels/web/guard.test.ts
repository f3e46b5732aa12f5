import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createWebChannel,
  OpenToAll,
  type WebChannel,
  type WebChatOptions,
} from '../../../src/channels/web/index.ts'
import type { Event } from '../../../src/core/chat.ts'

const KEPT = { answered: Promise.resolve() }
const PEOPLE = [
  {
    code: 'M1',
    name: '<b>周敏</b>',
    is: 'manager' as const,
    role: { zh: '客户经理', en: 'Client manager' },
    unit: '一队',
  },
]

const channelWith = (options: Partial<WebChatOptions> = {}): WebChannel =>
  createWebChannel({
    base: '/chat',
    host: '127.0.0.1',
    publicUrl: null,
    secret: null,
    timezone: 'Asia/Shanghai',
    bankName: '示范银行',
    people: async () => PEOPLE,
    isTrial: async () => false,
    history: async () => [],
    keepFile: async () => '0',
    ...options,
  })

const HERE = 'http://127.0.0.1:8707'
const form = (fields: Record<string, string>, headers: Record<string, string> = {}) => ({
  method: 'POST',
  body: new URLSearchParams(fields),
  headers: { 'content-type': 'application/x-www-form-urlencoded', origin: HERE, ...headers },
})

describe('without a secret', () => {
  let channel: WebChannel
  let events: Event[]
  beforeAll(async () => {
    events = []
    channel = channelWith()
    await channel.start(async (event) => {
      events.push(event)
      return KEPT
    })
  })
  afterAll(() => channel.stop())

  test.each(['0.0.0.0', '10.1.2.3', '::', 'bank.example'])(
    'refuses to start on %s',
    async (host) => {
      await expect(channelWith({ host }).start(async () => KEPT)).rejects.toThrow(OpenToAll)
    },
  )

  test.each(['127.0.0.1', 'localhost', '::1'])('starts on %s', async (host) => {
    await channelWith({ host }).start(async () => KEPT)
  })

  test('a page of another name does not get in (DNS rebinding)', async () => {
    const answer = await channel.routes.request('http://evil.example/')
    expect(answer.status).toBe(403)
  })

  test('a page of another origin cannot speak', async () => {
    const answer = await channel.routes.request(
      `${HERE}/as/M1/say`,
      form({ text: '今日' }, { origin: 'http://evil.example' }),
    )
    expect(answer.status).toBe(403)
    expect(events).toEqual([])
  })

  test('what a page sends becomes an event', async () => {
    const says = form({ text: ' 今日 ' }, { 'hx-request': 'true' })
    expect((await channel.routes.request(`${HERE}/as/M1/say`, says)).status).toBe(204)
    expect(events.at(-1)).toMatchObject({
      channel: 'web',
      conversation: 'web:M1',
      sender: 'M1',
      shared: false,
      says: { kind: 'text', text: '今日' },
    })
  })

  test.each([
    [{}],
    [{ text: '' }],
    [{ text: 'x'.repeat(4001) }],
    [{ press: '{' }],
    [{ press: '{"label":"x"}' }],
    [{ form: '[]' }],
  ])('what no page would send (%#) is refused', async (fields) => {
    const before = events.length
    const answer = await channel.routes.request(`${HERE}/as/M1/say`, form(fields))
    expect(answer.status).toBe(422)
    expect(events).toHaveLength(before)
  })

  test('nobody speaks as somebody who is not there', async () => {
    const answer = await channel.routes.request(`${HERE}/as/M9/say`, form({ text: '今日' }))
    expect(answer.status).toBe(404)
  })

  test('names are escaped, and no script or style but its own runs', async () => {
    const answer = await channel.routes.request(`${HERE}/as/M1`)
    const page = await answer.text()
    expect(page).not.toContain('<b>周敏')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe')
  })

  test('an asset that is none is not read from the disk', async () => {
    for (const name of ['..%2Fread.ts', 'constructor', '__proto__']) {
      expect((await channel.routes.request(`${HERE}/assets/${name}`)).status).toBe(404)
    }
  })
})

describe('with a secret', () => {
  const secret = 'a long enough secret'
  const channel = channelWith({ secret, host: '0.0.0.0' })

  test('the page asks for it, and lets in who knows it', async () => {
    await channel.start(async () => KEPT)
    expect((await channel.routes.request(`${HERE}/as/M1`)).status).toBe(401)
    const wrong = await channel.routes.request(`${HERE}/door`, form({ secret: 'guess' }))
    expect(wrong.status).toBe(401)
    expect(wrong.headers.get('set-cookie')).toBeNull()
  })

  test.each([
    [null, HERE, false],
    ['http://chat.bank.example', HERE, false],
    // TLS ends at a proxy before it.
    ['https://chat.bank.example', HERE, true],
    [null, HERE.replace('http:', 'https:'), true],
  ])(
    'reached at %s, asked at %s: the cookie is for TLS alone: %s',
    async (publicUrl, at, secure) => {
      const { routes } = channelWith({ base: '', secret, publicUrl })
      const answer = await routes.request(`${at}/door`, form({ secret }, { origin: at }))
      expect(/; Secure/i.test(answer.headers.get('set-cookie') ?? '')).toBe(secure)
      expect(answer.status).toBe(303)
    },
  )

  test('says nothing to who forges the cookie', async () => {
    const headers = { cookie: 'chenhui_chat=forged' }
    const answer = await channel.routes.request(`${HERE}/as/M1`, { headers })
    expect(answer.status).toBe(401)
  })
})

test('ten wrong secrets within a minute, and none is looked at, not the right one either', async () => {
  const { routes } = channelWith({ base: '', secret: 'a secret of the chat' })
  const guess = async (secret: string) =>
    (await routes.request(`${HERE}/door`, form({ secret }))).status
  for (let n = 0; n < 10; n++) expect(await guess(`guess ${n}`)).toBe(401)
  expect(await guess('a secret of the chat')).toBe(429)
})

test('every page of a trial says that it is one', async () => {
  const pageOf = async (isTrial: boolean, place: string) => {
    const { routes } = channelWith({ isTrial: async () => isTrial })
    return (await routes.request(`${HERE}${place}`)).text()
  }
  for (const place of ['/', '/as/M001', '/as/nobody']) {
    expect(await pageOf(true, place), place).toContain('试用：这里可以扮演任何人')
    expect(await pageOf(false, place), place).not.toContain('试用')
  }
})
