/** @module-tag long */

import { type EventEmitter, once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { FileBox } from 'file-box'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { types } from 'wechaty'
import type { App } from '../../../src/app.ts'
import { buildBot, startBot } from '../../../src/channels/wechaty/connect.ts'
import { channelState } from '../../../src/cli/channel-state.ts'
import { readConfig } from '../../../src/config.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { type ModelDouble, startModel } from '../../doubles/model/index.ts'
import { openPuppet, type PuppetDouble, TOKEN } from '../../doubles/wechaty/puppet.ts'
import { bankOn, CLIENTS, MONDAY } from '../../support/bank.ts'
import { freePort } from '../../support/free-port.ts'
import { openTestDatabase } from '../../support/open.ts'
import { until } from '../../support/until.ts'
import { startWith } from '../wecom/service.ts'

describe('Wechaty, over real gRPC with TLS', () => {
  let database: Database
  let app: App
  let service: PuppetDouble
  let mocker: PuppetDouble['mocker']
  let model: ModelDouble
  let own: PuppetDouble['own']
  let zhou: PuppetDouble['own']
  const heard: string[] = []

  beforeAll(async () => {
    database = await openTestDatabase('postgres')
    await bankOn(database, CLIENTS)
    await database.prisma.$executeRaw`delete from account`
    service = await openPuppet()
    ;({ mocker, own } = service)
    model = await startModel()
    const hears = { LISTENER_URL: model.url, LISTENER_MODEL: 'whisper', LISTENER_KEY: 'secret' }
    const settings = { ...service.settings, ...hears }
    app = (await startWith(settings, database, () => new Date(MONDAY))).app
    zhou = service.person('zhou')
    service.hears(zhou, heard)
    await until(async () => expect(await loginState()).not.toBe('out'))
    mocker.scan('https://login.example/qr', 2)
    await until(async () => expect(await loginState()).toBe('scan'))
    mocker.login(own)
    await until(async () => expect(await loginState()).toBe('in'))
    await database.prisma.$executeRaw`
      insert into account (channel, external_id, staff_id, conversation, last_seen_at)
      select 'wechaty', ${zhou.id}, id, ${zhou.id}, now() from staff where code = 'M1'`
  })
  afterAll(async () => {
    await app.stop()
    await service.close()
    await model.close()
  })
  beforeEach(() => {
    heard.splice(0)
  })

  const loginState = async () =>
    ((await channelState(database.prisma, 'wechaty').read()) as { state?: string } | null)?.state
  const next = async (does: () => unknown): Promise<string> => {
    const before = heard.length
    does()
    await until(() => expect(heard.length).toBeGreaterThan(before))
    return heard.slice(before).join('\n')
  }

  test('a direct message is answered in text, buttons by number, forms in questions', async () => {
    expect(await next(() => zhou.say('今日').to(own))).toContain('晨会 · 11月23日 周一')
    const logged = await next(() => zhou.say('2 没接').to(own))
    expect(logged).toContain('已记：王芳 没接')
    expect(logged).toContain('回复数字 reply: 4 撤销 · 5 今日')
    expect(await next(() => zhou.say('4').to(own))).toContain('已撤销')
    expect(await next(() => zhou.say('新客户').to(own))).toContain('新客户 1/3 · 姓名')
  })

  test('a quote before the answer and the name of the bot are none of it', async () => {
    const quoted = '「晨会：1. 张三 · 顺发五金店」\n- - - - - - - - - - - - - - -\n查 赵强'
    expect(await next(() => zhou.say(quoted).to(own))).toContain('赵强 · 恒通货运部')
    expect(await next(() => zhou.say('@晨会 查 赵强').to(own))).toContain('赵强 · 恒通货运部')
  })

  test('pictures and files go both ways', async () => {
    const files: number[] = []
    ;(zhou as unknown as EventEmitter).on('message', (message: { type(): number }) => {
      files.push(message.type())
    })
    expect(await next(() => zhou.say('我的码').to(own))).toContain('/r/')
    await until(() => expect(files).toContain(types.Message.Image))
    const photo = FileBox.fromBase64(Buffer.from('a picture').toString('base64'), 'photo.png')
    expect(await next(() => zhou.say(photo).to(own))).toContain('收到"图片.png"')
  })

  test('what is spoken is written down by the bank’s own model, and counts once it is confirmed', async () => {
    model.behave({ says: '赵强 再考虑' })
    const voice = FileBox.fromBase64(Buffer.from('#!SILK').toString('base64'), '1.sil')
    const shown = await next(() => zhou.say(voice).to(own))
    expect(shown).toContain('听到："赵强 再考虑"')
    expect(model.recordings).toMatchObject([{ name: '1.sil' }])
    expect(Buffer.from(model.recordings[0]?.bytes ?? []).toString()).toBe('#!SILK')
    expect(await next(() => zhou.say('对').to(own))).toContain('已记：赵强 再考虑')
    // What nobody can read is said, and nothing is lost.
    model.behave({ status: 500 })
    expect(await next(() => zhou.say(voice).to(own))).toContain('没能转成文字')
  })

  test('in a room only when addressed, and to the asker alone', async () => {
    const room = mocker.createRoom({ topic: 'team', memberIdList: [own.id, zhou.id] })
    const said: string[] = []
    service.hears(room, said)
    zhou.say('查 张三').to(room)
    zhou.say('查 张三', [own]).to(room)
    await until(() => expect(heard.join()).toContain('134 9001 0001'))
    await until(() => expect(said).toEqual(['已私下答复。 Answered privately.']))
    // What is asked back is asked, and answered, alone.
    zhou.say('查 王芳', [own]).to(room)
    await until(() => expect(heard.join()).toContain('2 王芳'))
    expect(await next(() => zhou.say('2').to(own))).toMatch(/福源饭店|隆盛制衣厂/)
    await until(() => expect(said).toHaveLength(2))
    expect(new Set(said)).toEqual(new Set(['已私下答复。 Answered privately.']))
    zhou.say('帮助', [own]).to(room)
    await until(() => expect(said.join()).toContain('可以这样说'))
  })

  test('logging out is noticed, and what is to be said waits for the next login', async () => {
    await service.puppet.logout('kicked by the phone')
    await until(async () => expect(await loginState()).toBe('out'))
    const { id } = await database.prisma.staff.findUniqueOrThrow({ where: { code: 'M1' } })
    const blocks = [{ kind: 'text', text: '明天九点开会' }] as const
    await database.transaction((tx) => app.services.tell(tx, id, () => ({ blocks })))
    await app.delivery.settled()
    expect(heard).toEqual([])
    expect(await next(() => mocker.login(own))).toContain('明天九点开会')
  })

  test('a wrong token, and a server that is not there, are told in time', async () => {
    const { endpoint } = service
    const settings = { puppet: 'wechaty-puppet-service', token: TOKEN, endpoint, tls: true }
    const start = (more: object, patience?: number) =>
      startBot(buildBot({ ...settings, ...more }), patience)
    const wrong = TOKEN.replaceAll('1', '9')
    await expect(start({ token: wrong })).rejects.toThrow('Invalid Wechaty TOKEN')
    await expect(start({ endpoint: `127.0.0.1:${await freePort()}` }, 3000)).rejects.toThrow()
  })
})

test('a token without its prefix is refused before anything hangs', () => {
  const settings = { WECHATY_PUPPET: 'wechaty-puppet-service', WECHATY_TOKEN: '1111-2222' }
  expect(() => readConfig(settings)).toThrow('应带前缀')
})

test('a puppet service that hangs and then breaks off is given up, and nothing is thrown', async () => {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.resume())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const bot = buildBot({
    puppet: 'wechaty-puppet-service',
    token: TOKEN,
    endpoint: `127.0.0.1:${port}`,
    tls: false,
  })
  await expect(startBot(bot, 500)).rejects.toThrow('did not start in time')
  // Its client listens to the stream 5 s after the start; vitest fails on what nobody catches.
  await pause(6000)
  for (const socket of sockets) socket.destroy()
  server.close()
  await pause(1500)
})
