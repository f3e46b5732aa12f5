/** @module-tag slow */

import http from 'node:http'
import { encrypt } from '@wecom/crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { App } from '../../../src/app.ts'
import { createApi } from '../../../src/channels/wecom/app/api.ts'
import { checkWecomApp } from '../../../src/channels/wecom/app/check.ts'
import { createWecomApp } from '../../../src/channels/wecom/app/index.ts'
import { push } from '../../../src/features/tasks/list/push-morning.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { createTokenStore } from '../../../src/infra/token-store.ts'
import { startWeb } from '../../../src/infra/web.ts'
import {
  AES_KEY,
  AGENT_ID,
  APP_SECRET,
  APP_TOKEN,
  type AppMessage,
  CORP_ID,
  openWecomApp,
  signedAddress,
  type WecomAppDouble,
} from '../../doubles/wecom/app.ts'
import { type AppPerson, appPersonOf } from '../../doubles/wecom/app-person.ts'
import { bankOn, CLIENTS, MONDAY } from '../../support/bank.ts'
import { openTestDatabase } from '../../support/open.ts'
import { until } from '../../support/until.ts'
import { outboxOf } from './outbox.ts'
import { appSettings, startWith, textOf } from './service.ts'

describe.each(['pglite', 'postgres'] as const)('the WeCom app on %s', (kind) => {
  let wecom: WecomAppDouble
  let database: Database
  let app: App
  let zhou: AppPerson
  let outbox: ReturnType<typeof outboxOf>

  beforeAll(async () => {
    wecom = await openWecomApp()
    database = await openTestDatabase(kind)
    await bankOn(database, CLIENTS)
    await database.prisma.$executeRaw`delete from account`
    await database.prisma.$executeRaw`
      insert into account (channel, external_id, staff_id, conversation, last_seen_at, reachable)
      select 'wecom-app', 'u-' || code, id, 'u-' || code, 'epoch', false from staff
      where code in ('M1', 'M2')`
    const started = await startWith(appSettings(wecom), database, () => new Date(MONDAY))
    app = started.app
    wecom.endpoint = `${started.url}/wecom/app`
    zhou = appPersonOf(wecom, 'u-M1')
    outbox = outboxOf(database, app, 'M1')
  })
  afterAll(async () => {
    await app.stop()
    await wecom.close()
  })
  beforeEach(async () => {
    await outbox.clear()
    wecom.messages.splice(0)
    wecom.calls.splice(0)
  })
  afterEach(() => {
    // Nothing that we sent was against the documentation.
    expect(wecom.calls.filter(({ errcode }) => [40058, 40003].includes(errcode))).toEqual([])
  })

  async function next(person: AppPerson, does: () => unknown): Promise<AppMessage> {
    const before = person.seen.length
    await does()
    await app.delivery.settled()
    await until(() => expect(person.seen.length).toBeGreaterThan(before))
    await app.delivery.settled()
    const message = person.seen.at(-1)
    if (!message) throw new Error('nothing was said')
    return message
  }

  // First of all: what somebody logged and took back in another order changes the numbers, and how long a line is.
  test('a push reaches people who never wrote, and a line is logged in the card', async () => {
    const list = await next(zhou, () =>
      push(app.services, app.services.moment(), { dryRun: false }),
    )
    expect(textOf(list)).toContain('晨会 · 11月23日 周一')
    // What does not fit on a card stands in a message before it.
    expect(zhou.seen.map(textOf).join('\n')).toContain('134 9001 0001')
    const answer = await next(zhou, () => zhou.press(list, '没接', { line: '隆盛' }))
    expect(textOf(answer)).toContain('已记：王芳 没接')
    expect(list.edits).toBe(1)
    expect(textOf(list)).toContain('已办 1 件')
    await next(zhou, () => zhou.press(list, '没接', { line: '福源' }))
    expect(list.edits).toBe(2)
  })

  test.each(['video', 'location', 'link'])('a %s is answered, and says so', async (kind) => {
    const answer = await next(zhou, () => zhou.say('', { MsgType: kind, MediaId: 'm', Title: 't' }))
    expect(textOf(answer)).toContain('这种消息我读不了')
  })

  test('a voice message counts once what WeCom wrote down of it is pressed', async () => {
    const spoken = { MsgType: 'voice', MediaId: 'm', Format: 'amr' }
    const shown = await next(zhou, () => zhou.say('', { ...spoken, Recognition: '张三 没接' }))
    expect(textOf(shown)).toContain('听到："张三 没接"')
    const answer = await next(zhou, () => zhou.press(shown, '对，就这样'))
    expect(textOf(answer)).toContain('已记：张三 没接')
    await next(zhou, () => zhou.press(answer, '撤销'))
    // Where WeCom wrote nothing down and the bank has nothing that does.
    expect(textOf(await next(zhou, () => zhou.say('', spoken)))).toContain('没能转成文字')
  })

  test('the words of an answer arrive though its picture is refused', async () => {
    wecom.fail('media/upload', { kind: 'error', errcode: 40009, errmsg: 'invalid image size' })
    const before = zhou.seen.length
    await next(zhou, () => zhou.tap('我的码'))
    await until(() => {
      const texts = zhou.seen.slice(before).map(textOf).join('')
      expect(texts).toContain('/r/')
      expect(texts).toContain('没能发到这里')
    })
  })

  test('the menu: today, a form in questions, my code as a picture, help', async () => {
    expect(textOf(await next(zhou, () => zhou.tap('今日')))).toContain('晨会')
    expect(textOf(await next(zhou, () => zhou.tap('登记')))).toContain('登记结果 1/')
    await next(zhou, () => zhou.tap('我的码'))
    expect(zhou.seen.map(({ file }) => file?.type)).toContain('image')
    expect(textOf(await next(zhou, () => zhou.tap('帮助')))).toContain('今日')
  })

  test('pictures and files go both ways', async () => {
    const bytes = Buffer.from('PK workbook'.repeat(10_000))
    const file = { kind: 'file', name: '名单.xlsx', base64: bytes.toString('base64') } as const
    const shown = await next(zhou, () => outbox.tell({ kind: 'text', text: '请看名单' }, file))
    expect(shown.file).toEqual({ type: 'file', name: '名单.xlsx', bytes })
    expect(textOf(await next(zhou, () => zhou.sendImage(Buffer.from('a picture'))))).toMatch(
      /图片|photo/,
    )
  })

  test('verification of the address, and what is forged, replayed or meant for others is refused', async () => {
    const echo = encrypt(AES_KEY, 'the echo', CORP_ID)
    const verify = (spoil = {}) =>
      fetch(signedAddress(wecom.endpoint, echo, spoil, { echostr: echo }))
    expect(await (await verify()).text()).toBe('the echo')
    const now = Math.floor(Date.now() / 1000)
    for (const spoil of [{ token: 'another' }, { at: now - 3600 }, { at: now + 3600 }]) {
      expect((await verify(spoil)).status).toBe(403)
      expect(await wecom.deliver({ MsgType: 'text' }, spoil)).toBe(403)
    }
    expect(await wecom.deliver({ MsgType: 'text' }, { corpId: 'ww-another' })).toBe(403)
    expect(await wecom.deliver({}, { body: '<xml><Encrypt>' })).toBe(400)
    // What nobody signed is not parsed: nesting and odd names are no fault of ours.
    for (const body of [
      `${'<a>'.repeat(20_000)}<Encrypt>abcd</Encrypt>`,
      '<__proto__><Encrypt>abcd</Encrypt></__proto__>',
      '<xml><Encrypt><![CDATA[abcd]]></Encrypt></xml>',
    ]) {
      expect(await wecom.deliver({}, { body })).toBe(403)
    }
    expect(await sendLarge(signedAddress(wecom.endpoint, 'x'), 3_000_000)).toBe(413)
    const bomb =
      '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><xml><Encrypt>&c;</Encrypt></xml>'
    expect(await wecom.deliver({}, { body: bomb })).toBe(400)
    const deep = `<xml>${'<a>'.repeat(2000)}</xml>`
    for (const xml of [
      bomb,
      deep,
      '<xml><Broken>',
      'not xml',
      '<xml><MsgType>text</MsgType></xml>',
    ]) {
      expect(await wecom.deliver({}, { xml })).toBe(200)
    }
    await zhou.say('今日', { ToUserName: 'ww-another' })
    await app.delivery.settled()
    expect(wecom.messages).toEqual([])
  })

  test('what WeCom calls again is answered once, by message or by sender and time', async () => {
    for (const _ of [1, 2, 3]) await zhou.say('查 张三', { MsgId: '77' })
    const again = { CreateTime: 1_700_000_000 }
    const { button } = wecom.menu as { button: { key: string }[] }
    const tap = {
      FromUserName: 'u-M1',
      MsgType: 'event',
      Event: 'click',
      EventKey: button[0]?.key ?? '',
    }
    for (const _ of [1, 2, 3]) await wecom.deliver({ ...tap, ...again })
    await until(async () => expect(await database.prisma.message.count()).toBe(2))
    await app.delivery.settled()
    expect(await database.prisma.message.count()).toBe(2)
  })

  test('two equal answers are both shown; emoji and rare characters pass', async () => {
    const one = await next(zhou, () => zhou.say('随便😀𠮷'))
    const two = await next(zhou, () => zhou.say('随便😀𠮷'))
    expect(two).not.toBe(one)
    expect(textOf(two)).toContain('随便😀𠮷')
    expect(zhou.seen).toHaveLength(2)
  })

  test('who left is a stranger at once, who was renamed is still known', async () => {
    const gone = appPersonOf(wecom, 'u-M2')
    expect(textOf(await next(gone, () => gone.say('today')))).toContain('Morning')
    const change = { FromUserName: 'sys', CreateTime: 1, MsgType: 'event', Event: 'change_contact' }
    await wecom.deliver({ ...change, ChangeType: 'update_user', UserID: 'u-M2', NewUserID: 'lee' })
    const lee = appPersonOf(wecom, 'lee')
    expect(textOf(await next(lee, () => lee.say('today')))).toContain('Morning')
    await wecom.deliver({ ...change, ChangeType: 'delete_user', UserID: 'lee' })
    expect(textOf(await next(lee, () => lee.say('today')))).toContain('还没有登记')
  })

  if (kind === 'pglite') return

  test('a lost reply is repeated and shown once', async () => {
    wecom.fail('message/send', { kind: 'lost-reply' }, { kind: 'status', status: 500 })
    await outbox.tell({ kind: 'text', text: '明天九点开会' })
    await outbox.sent(1)
    expect(zhou.seen.map(textOf)).toHaveLength(1)
  })

  test('the token is shared, and renewed when WeCom does not know it', async () => {
    const before = wecom.granted
    await next(zhou, () => zhou.say('帮助'))
    expect(wecom.granted).toBe(before)
    wecom.revokeTokens()
    await next(zhou, () => zhou.say('帮助'))
    expect(wecom.granted).toBe(before + 1)
    // One that lapses within five minutes is renewed before it does.
    wecom.revokeTokens()
    wecom.lasting = 299
    await next(zhou, () => zhou.say('今日'))
    expect(wecom.granted).toBeGreaterThanOrEqual(before + 2)
    wecom.lasting = 7200
    await next(zhou, () => zhou.say('今日'))
    const renewed = wecom.granted
    await next(zhou, () => zhou.say('今日'))
    expect(wecom.granted).toBe(renewed)
    expect(wecom.calls.filter(({ errcode }) => errcode === 40014).length).toBe(2)
    const other = createApi({
      corpId: CORP_ID,
      secret: APP_SECRET,
      apiUrl: wecom.apiUrl,
      tokens: createTokenStore(database.prisma, `wecom-app:${CORP_ID}:${AGENT_ID}`),
    })
    await other.call('/cgi-bin/agent/get', z.unknown(), undefined, { agentid: `${AGENT_ID}` })
    expect(wecom.granted).toBe(renewed)
  })

  test('an address that is not trusted, and too much for now, are waited out', async () => {
    wecom.trusted = false
    await zhou.say('查 张三')
    const error = { contains: '60020' }
    await until(async () =>
      expect(await database.prisma.message.count({ where: { state: 'queued', error } })).toBe(1),
    )
    wecom.trusted = true
    wecom.fail('message/send', { kind: 'error', errcode: 45009 })
    await outbox.sent(1)
    expect(zhou.seen.length).toBeGreaterThan(0)
  })

  test('somebody who may not use the app is refused, and kept for the operator', async () => {
    wecom.members.delete('u-M1')
    await zhou.say('查 张三')
    await until(async () =>
      expect(await database.prisma.message.count({ where: { state: 'failed' } })).toBe(1),
    )
    wecom.members.add('u-M1')
  })
})

test('a callback that comes before the app is up is not acknowledged, so that it comes again', async () => {
  const wecom = await openWecomApp()
  const { routes, start, stop } = createWecomApp({
    corpId: CORP_ID,
    agentId: AGENT_ID,
    secret: APP_SECRET,
    token: APP_TOKEN,
    aesKey: AES_KEY,
    apiUrl: wecom.apiUrl,
    tokens: { read: async () => null, write: async () => {} },
    cardOf: async () => null,
    languageOf: async () => 'zh',
    left: async () => {},
    renamed: async () => {},
    now: () => new Date(),
    warn() {},
  })
  const web = await startWeb('127.0.0.1', 0, [{ path: '/wecom', routes }])
  wecom.endpoint = `http://127.0.0.1:${web.port}/wecom/app`
  const zhou = appPersonOf(wecom, 'zhou')
  const stored: string[] = []
  expect(await zhou.say('今日')).toBe(503)
  await start(async ({ id }) => {
    stored.push(id)
    return { answered: Promise.resolve() }
  })
  expect(await zhou.say('今日', { MsgId: '7' })).toBe(200)
  await stop()
  expect(await zhou.say('今日')).toBe(503)
  expect(stored).toEqual(['msg:7'])
  await web.stop()
  await wecom.close()
})

/** A body on a connection of its own; resolves to the answer's status, which may come before its end. */
const sendLarge = (url: string, bytes: number) =>
  new Promise<number | undefined>((resolve, reject) => {
    let status: number | undefined
    const request = http.request(url, { method: 'POST', agent: false }, (answer) => {
      status = answer.statusCode
      resolve(status)
    })
    request.on('error', (error) => (status ? resolve(status) : reject(error)))
    request.setHeader('content-length', bytes)
    request.write(Buffer.alloc(10))
  })

test('doctor says what to mend', async () => {
  const wecom = await openWecomApp()
  const settings = {
    corpId: CORP_ID,
    secret: APP_SECRET,
    agentId: AGENT_ID,
    apiUrl: wecom.apiUrl,
    callback: 'https://bank.example/wecom/app',
  }
  const found = async (more = {}) => (await checkWecomApp({ ...settings, ...more }))[0]
  expect(await found()).toMatchObject({ ok: true, text: expect.stringContaining('晨会') })
  expect(await found({ corpId: 'ww0' })).toMatchObject({
    text: expect.stringContaining('WECOM_CORP_ID'),
  })
  expect(await found({ secret: 'wrong' })).toMatchObject({
    text: expect.stringContaining('WECOM_APP_SECRET'),
  })
  expect(await found({ agentId: 7 })).toMatchObject({
    text: expect.stringContaining('WECOM_APP_AGENT_ID'),
  })
  wecom.trusted = false
  expect(await found()).toMatchObject({
    ok: false,
    text: expect.stringContaining('企业可信IP"里加上本服务的出口地址 203.0.113.7'),
  })
  wecom.fail('gettoken', { kind: 'error', errcode: 45009 })
  expect(await found()).toMatchObject({ text: expect.stringContaining('已到上限') })
  await wecom.close()
  expect(await found()).toMatchObject({ ok: false, text: expect.stringContaining('网络') })
})
