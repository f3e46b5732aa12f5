/** @module-tag long */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { App } from '../../../src/app.ts'
import { checkWecomBot } from '../../../src/channels/wecom/bot/check.ts'
import { createConnection } from '../../../src/channels/wecom/bot/connection.ts'
import { download } from '../../../src/channels/wecom/bot/download.ts'
import { push } from '../../../src/features/tasks/list/push-morning.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import {
  BOT_ID,
  BOT_SECRET,
  openWecomBot,
  type Shown,
  type WecomBotDouble,
} from '../../doubles/wecom/bot.ts'
import { type BotPerson, botPersonOf } from '../../doubles/wecom/bot-person.ts'
import { bankOn, CLIENTS, MONDAY } from '../../support/bank.ts'
import { standStill } from '../../support/hold.ts'
import { openTestDatabase } from '../../support/open.ts'
import { until } from '../../support/until.ts'
import { outboxOf } from './outbox.ts'
import { botSettings, startWith, textOf } from './service.ts'

describe.each(['pglite', 'postgres'] as const)('the WeCom bot on %s', (kind) => {
  let wecom: WecomBotDouble
  let database: Database
  let app: App
  let zhou: BotPerson
  let outbox: ReturnType<typeof outboxOf>

  beforeAll(async () => {
    wecom = await openWecomBot()
    database = await openTestDatabase(kind)
    await bankOn(database, CLIENTS)
    await database.prisma.$executeRaw`delete from account`
    // The contact list names everybody's account; nobody wrote to the bot yet.
    await database.prisma.$executeRaw`
      insert into account (channel, external_id, staff_id, conversation, last_seen_at, reachable)
      select 'wecom-app', 'u-' || code, id, 'u-' || code, 'epoch', false from staff`
    app = (await startWith(botSettings(wecom), database, () => new Date(MONDAY))).app
    await wecom.connected()
    zhou = botPersonOf(wecom, 'u-M1')
    outbox = outboxOf(database, app, 'M1')
  })
  afterAll(async () => {
    await app.stop()
    await wecom.close()
  })
  beforeEach(async () => {
    await outbox.clear()
    wecom.shown.splice(0)
  })
  afterEach(() => {
    // Nothing that we sent was against the protocol.
    expect(wecom.refused.filter(({ errcode }) => errcode === 40058)).toEqual([])
  })

  /** Waits for one more message than there was; resolves to it. */
  async function next(person: BotPerson, does: () => unknown): Promise<Shown> {
    const before = person.seen.length
    await does()
    await until(() => {
      expect(person.seen.length).toBeGreaterThan(before)
      expect(person.seen.at(-1)?.finished).toBe(true)
    })
    const message = person.seen.at(-1)
    if (!message) throw new Error('nothing was said')
    return message
  }

  test('who is on the bank’s contact list is known; nobody else is', async () => {
    const list = await next(zhou, () => zhou.say('今日'))
    expect(textOf(list)).toContain('晨会 · 11月23日 周一')
    expect(textOf(list)).toContain('134 9001 0001')
    for (const stranger of [botPersonOf(wecom, 'u-X'), botPersonOf(wecom, 'u-M1', 'corp2')]) {
      const chat = stranger === zhou ? '' : 'corp2/u-M1'
      stranger.say('今日')
      await until(() => {
        const seen = [...stranger.seen, ...wecom.shown.filter((each) => each.chat === chat)]
        expect(seen.map(textOf).join()).toContain('还没有登记')
      })
    }
  })

  test('a line is picked in the card and logged by a button, and the card changes where it stands', async () => {
    const list = await next(zhou, () => zhou.say('今日'))
    expect(list.card?.button_selection?.option_list).toHaveLength(4)
    const answer = await next(zhou, () => zhou.press(list, '没接', '隆盛'))
    expect(textOf(answer)).toContain('已记：王芳 没接')
    await until(async () => {
      await app.delivery.settled()
      expect(list.edits).toBe(1)
      expect(textOf(list)).toContain('已办 1 件')
    })
    // In the changed card the lines moved up; the second is still the one that it shows.
    const again = await next(zhou, () => zhou.press(list, '没接', '福源'))
    expect(textOf(again)).toContain('已记：王芳 没接')
    const undone = await next(zhou, () => zhou.press(again, '撤销'))
    expect(textOf(undone)).toContain('已撤销：王芳')
  })

  test('a voice message counts once what WeCom wrote down of it is pressed', async () => {
    const shown = await next(zhou, async () =>
      zhou.say('', { msgtype: 'voice', voice: { content: '张三 没接' } }),
    )
    const shows = zhou.seen.map(textOf).join('')
    expect(shows).toContain('听到："张三 没接"')
    const answer = await next(zhou, async () => zhou.press(shown, '对，就这样'))
    expect(textOf(answer)).toContain('已记：张三 没接')
    await next(zhou, async () => zhou.press(answer, '撤销'))
  })

  test.each(['task_id', 'taskid'] as const)(
    'a press that comes flat (%s) is read too',
    async (flat) => {
      const list = await next(zhou, async () => zhou.say('今日'))
      const answer = await next(zhou, async () => zhou.press(list, '没接', '张三', flat))
      expect(textOf(answer)).toContain('已记：张三 没接')
      await next(zhou, async () => zhou.press(answer, '撤销'))
    },
  )

  test('the words of a push arrive though its file is refused', async () => {
    await next(zhou, () => zhou.say('帮助'))
    wecom.fail('aibot_upload_media_init', { kind: 'error', errcode: 40058 })
    const { id: staffId } = await database.prisma.staff.findFirstOrThrow({ where: { code: 'M1' } })
    const before = zhou.seen.length
    await database.transaction((tx) =>
      app.services.tell(tx, staffId, () => ({
        blocks: [
          { kind: 'text', text: '指标表在这里。' },
          { kind: 'file', name: '指标.xlsx', base64: 'eA==' },
        ],
      })),
    )
    await until(async () => {
      await app.delivery.settled()
      const texts = zhou.seen.slice(before).map(textOf).join('')
      expect(texts).toContain('指标表在这里')
      expect(texts).toContain('“指标.xlsx”没能发到这里')
    })
  })

  test('the morning list is one card, with its reasons', async () => {
    await next(zhou, () => zhou.say('帮助'))
    const list = await next(zhou, () =>
      push(app.services, app.services.moment(), { dryRun: false }),
    )
    expect(list.card?.main_title.title).toBe('晨会 · 11月23日 周一')
    expect(list.card?.horizontal_content_list?.map(({ value }) => value)).toContainEqual(
      expect.stringMatching(/^张三 · 顺发五金店 .*134 9001 0001/),
    )
  })

  test('what does not fit a card is a tap away, for whom it was meant', async () => {
    await next(zhou, () => zhou.say('帮助'))
    const text = `${'很长的通知。'.repeat(40)}完`
    const button = { label: '今日', intent: { command: 'today', input: {} } }
    const long = await next(zhou, async () => {
      await outbox.tell({ kind: 'text', text }, { kind: 'buttons', buttons: [button] })
    })
    expect(textOf(long)).not.toContain('完')
    expect(await next(zhou, () => zhou.press(long, '全文 In full'))).toMatchObject({
      card: null,
      text,
    })
    const thief = botPersonOf(wecom, 'u-M3')
    const answer = await next(thief, () => thief.press({ ...long, chat: 'u-M3' }, '全文 In full'))
    expect(answer.text).toContain('不在了')
  })

  test('opening the chat is greeted in time', async () => {
    const hello = await next(zhou, () => zhou.enter())
    expect(textOf(hello)).toContain('周敏，您好')
    expect(textOf(await next(zhou, () => zhou.press(hello, '今日')))).toContain('晨会')
  })

  test('what takes long is announced, and answered in the same place', async () => {
    await next(zhou, () => zhou.say('帮助'))
    const letGo = await standStill(database, 'received')
    zhou.say('今日')
    await until(() =>
      expect(zhou.seen.at(-1)).toMatchObject({ text: '正在办理… One moment…', finished: false }),
    )
    const line = zhou.seen.at(-1)
    await letGo()
    await until(() => expect(line).toMatchObject({ finished: true }))
    expect(line?.text).toContain('晨会')
    expect(zhou.seen.map(textOf)).toHaveLength(2)
  })

  test('pictures and files go both ways', async () => {
    expect(await next(zhou, () => zhou.say('我的码'))).toMatchObject({ pictures: 1 })
    const bytes = Buffer.from('PK workbook'.repeat(100_000))
    const file = { kind: 'file', name: '名单.xlsx', base64: bytes.toString('base64') } as const
    await outbox.tell({ kind: 'text', text: '请看名单' }, file)
    await until(() => expect(zhou.seen.at(-1)?.file).toEqual({ name: '名单.xlsx', bytes }))
    expect(zhou.seen.at(-2)?.text).toBe('请看名单')
    await next(zhou, () => zhou.sendFile('image', 'photo.png', Buffer.from('a picture')))
    const sent = await database.prisma.received.findFirstOrThrow({ orderBy: { id: 'desc' } })
    const { ref } = sent.says as { ref: string }
    const fetched = await download(ref, 100)
    expect({ ...fetched, bytes: String(fetched.bytes) }).toEqual({
      name: 'photo.png',
      bytes: 'a picture',
    })
    await expect(download(ref, 1)).rejects.toThrow('too large')
    const other = Buffer.alloc(32).toString('base64')
    const spoilt = JSON.stringify({ ...JSON.parse(ref), aeskey: other })
    await expect(download(spoilt, 100)).rejects.toThrow()
  })

  test('in a room, whatever the bot is called there, it answers the asker alone', async () => {
    await next(zhou, () => zhou.say('帮助'))
    wecom.shown.splice(0)
    const inRooms = () => wecom.shown.filter(({ chat }) => chat.startsWith('group:')).map(textOf)
    zhou.mention('wr1', '查 张三', '改了名的机器人')
    await until(() => expect(inRooms()).toEqual([expect.stringContaining('已私下答复')]))
    await until(() => expect(textOf(zhou.seen.at(-1))).toContain('134 9001 0001'))
    // What is asked back is asked, and answered, alone.
    zhou.mention('wr1', '查 王芳')
    await until(() => expect(textOf(zhou.seen.at(-1))).toContain('2 王芳'))
    expect(textOf(await next(zhou, () => zhou.say('2')))).toMatch(/福源饭店|隆盛制衣厂/)
    await until(() => expect(inRooms()).toHaveLength(2))
    expect(inRooms().join()).not.toMatch(/张三|王芳|顺发|福源|隆盛|134/)
  })

  test('a name anywhere, several pictures, a place and a link are answered', async () => {
    await next(zhou, () => zhou.say('@晨会 帮助'))
    expect(textOf(await next(zhou, () => zhou.say('今日 @晨会')))).toContain('11月23日')
    for (const [called, text] of [
      ['Chen Hui', '查 张三'],
      ['张三 @晨会', '查 张三'],
    ] as const) {
      await next(zhou, async () => zhou.mention('wr1', text, called))
      expect(textOf(zhou.seen.at(-1))).toContain('134 9001 0001')
    }
    const image = { url: 'https://127.0.0.1:1/none', aeskey: 'x' }
    const mixed = { msg_item: [{ image }, { image }, { text: { content: '张三 执照' } }] }
    const kept = await next(zhou, () => zhou.say('', { msgtype: 'mixed', mixed }))
    expect(textOf(kept)).toContain('另外 1 个没有收')
    for (const msgtype of ['location', 'link']) {
      const answer = await next(zhou, () => zhou.say('', { msgtype, [msgtype]: {} }))
      expect(textOf(answer)).toContain('这种消息我读不了')
    }
  })

  test('in a room somebody who never wrote to the bot is sent to the direct chat', async () => {
    const he = botPersonOf(wecom, 'u-L2')
    const inRooms = () => wecom.shown.filter(({ chat }) => chat.startsWith('group:')).map(textOf)
    he.mention('wr2', '查 钱进')
    await until(() => expect(inRooms()).toEqual([expect.stringContaining('单独对话里再说一次')]))
    he.mention('wr2', '帮助')
    await until(() => expect(inRooms().join()).toContain('可以这样说'))
    expect(he.seen).toEqual([])
    await next(he, () => he.say('你好'))
    he.mention('wr2', '查 钱进')
    await until(() => expect(textOf(he.seen.at(-1))).toContain('134 9001 0007'))
    expect(inRooms().join()).not.toMatch(/钱进|134/)
  })

  test('too long, rare characters and emoji, and a button that is gone are answered', async () => {
    expect(textOf(await next(zhou, () => zhou.say('今'.repeat(1_000_000))))).toContain('太长')
    const entered = await next(zhou, () => zhou.say('新客户 𠮷野😀 13800138000 五金店'))
    expect(textOf(entered)).toContain('𠮷野😀')
    const list = await next(zhou, () => zhou.say('今日'))
    const before = await database.prisma.outcome.count()
    await database.prisma.message.deleteMany()
    expect(textOf(await next(zhou, () => zhou.press(list, '没接')))).toContain('已经失效')
    const card = {
      ...list.card,
      button_list: [{ text: 'x', key: 'say:not json' }],
    } as Shown['card']
    expect(textOf(await next(zhou, () => zhou.press({ ...list, card }, 'x')))).toContain('已经失效')
    expect(await database.prisma.outcome.count()).toBe(before)
  })

  test('what the service delivers twice is answered once', async () => {
    const more = { msgid: 'the same' }
    zhou.say('今日', more)
    zhou.say('今日', more)
    await next(zhou, () => zhou.say('帮助'))
    await until(() => expect(zhou.seen).toHaveLength(2))
  })

  // What goes wrong at the service has nothing to do with the database.
  if (kind === 'pglite') return

  test('a card in doubt is repeated and shown once; a notice says that it may be a repeat', async () => {
    await next(zhou, () => zhou.say('帮助'))
    wecom.fail('aibot_send_msg', { kind: 'cut' }, { kind: 'lost-ack' })
    await push(app.services, app.services.moment(), { dryRun: false })
    await outbox.sent(2)
    expect(zhou.seen.filter((each) => textOf(each).includes('晨会 ·'))).toHaveLength(1)
    wecom.fail('aibot_send_msg', { kind: 'lost-ack' })
    await outbox.tell({ kind: 'text', text: '明天九点开会' })
    await outbox.sent(3)
    expect(zhou.seen.at(-1)?.text).toMatch(/如已收到同样内容.*\n明天九点开会/)
  })

  test('an answer in doubt is said in its place, not twice', async () => {
    wecom.fail('aibot_respond_msg', { kind: 'lost-ack' })
    zhou.say('查 张三')
    await outbox.sent(1)
    expect(zhou.seen).toHaveLength(1)
  })

  test('an acknowledgement that comes late settles the doubt', async () => {
    await next(zhou, () => zhou.say('帮助'))
    wecom.fail('aibot_send_msg', { kind: 'late-ack' })
    await outbox.tell({ kind: 'text', text: '明天九点开会' })
    await outbox.waiting('unknown')
    wecom.releaseAcks()
    // What comes after it on the same connection is answered: so it has arrived.
    const other = botPersonOf(wecom, 'u-M3')
    await next(other, () => other.say('帮助'))
    await outbox.sent(3)
    expect(zhou.seen.filter(({ text }) => text.includes('九点'))).toHaveLength(1)
  })

  test('too much for now waits, and what is refused is kept for the operator', async () => {
    await next(zhou, () => zhou.say('帮助'))
    wecom.fail('aibot_send_msg', { kind: 'error', errcode: 45009 })
    await push(app.services, app.services.moment(), { dryRun: false })
    await outbox.waiting('queued')
    await outbox.sent(2)
    wecom.fail('aibot_respond_msg', { kind: 'error', errcode: 93006 })
    zhou.say('查 张三')
    await outbox.waiting('failed')
  })

  test('a connection that breaks comes back', async () => {
    const back = wecom.reconnected()
    wecom.dropConnections()
    await back
    expect(textOf(await next(zhou, () => zhou.say('今日')))).toContain('晨会')
  })
})

describe('the connection', () => {
  let wecom: WecomBotDouble
  beforeEach(async () => {
    wecom = await openWecomBot()
  })
  afterEach(() => wecom.close())

  const connection = (
    more: { held?: () => boolean; secret?: string; subscribeMs?: number } = {},
  ) => {
    const warnings: string[] = []
    const made = createConnection({
      botId: BOT_ID,
      secret: more.secret ?? BOT_SECRET,
      url: wecom.url,
      lease: { hold: async () => more.held?.() ?? true, release: async () => {} },
      warn: (message) => warnings.push(message),
      leaseMs: 20,
      ...(more.subscribeMs && { subscribeMs: more.subscribeMs }),
    })
    return { ...made, warnings }
  }

  test('a subscription that is not answered is tried anew', async () => {
    wecom.silent = true
    const { start, stop, live, warnings } = connection({ subscribeMs: 200 })
    await start(() => {})
    await until(() => expect(warnings).toContain('no answer to the subscription; connecting anew'))
    wecom.silent = false
    await until(() => expect(live()).toBe(true))
    await stop()
  })

  test('only who holds the lease connects, and who loses it leaves', async () => {
    let first = true
    const one = connection({ held: () => first })
    const two = connection({ held: () => !first })
    await one.start(() => {})
    await two.start(() => {})
    await until(() => expect([one.live(), two.live()]).toEqual([true, false]))
    first = false
    await until(() => expect([one.live(), two.live()]).toEqual([false, true]))
    await Promise.all([one.stop(), two.stop()])
  })

  test('who is disconnected by another program does not fight it', async () => {
    const { start, stop, live, warnings } = connection()
    await start(() => {})
    await until(() => expect(live()).toBe(true))
    wecom.kick()
    await until(() => expect(live()).toBe(false))
    expect(warnings.join()).toContain('another program connected as this bot')
    expect(wecom.subscriptions).toBe(1)
    await stop()
  })

  test('doctor says why it does not connect, and disturbs no instance that is connected', async () => {
    const settings = { botId: BOT_ID, secret: BOT_SECRET, url: wecom.url, connected: false }
    expect(await checkWecomBot(settings)).toMatchObject([{ ok: true }])
    expect(await checkWecomBot({ ...settings, secret: 'wrong secret' })).toMatchObject([
      { ok: false, text: expect.stringContaining('40001') },
    ])
    const before = wecom.subscriptions
    expect(await checkWecomBot({ ...settings, connected: true })).toMatchObject([{ ok: true }])
    expect(wecom.subscriptions).toBe(before)
    wecom.silent = true
    expect(await checkWecomBot({ ...settings, patienceMs: 300 })).toMatchObject([{ ok: false }])
  })
})
