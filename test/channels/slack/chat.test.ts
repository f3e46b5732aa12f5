/** @module-tag long */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { App } from '../../../src/app.ts'
import { push } from '../../../src/features/tasks/list/push-morning.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { type SlackDouble, type SlackMessage, signed } from '../../doubles/slack/index.ts'
import { eventOf, personOf, type SlackPerson } from '../../doubles/slack/person.ts'
import { MONDAY } from '../../support/bank.ts'
import { standStill } from '../../support/hold.ts'
import { lived } from '../../support/lived.ts'
import { until } from '../../support/until.ts'
import { openSlackBank, startOnSlack } from './service.ts'

const textOf = (message: SlackMessage | undefined) => JSON.stringify(message?.blocks ?? '')

describe.each([
  ['socket', 'postgres'],
  ['http', 'postgres'],
  ['socket', 'pglite'],
] as const)('Slack by %s on %s', (by, kind) => {
  let slack: SlackDouble
  let database: Database
  let app: App
  let endpoint: string
  let zhou: SlackPerson

  beforeEach(async () => {
    ;({ slack, database } = await openSlackBank(kind))
    zhou = personOf(slack, 'UZHOU', { email: 'M1@bank.example' })
    let ticks = new Date(MONDAY).getTime()
    const started = await startOnSlack(slack, database, by, () => new Date(ticks++))
    app = started.app
    endpoint = started.endpoint
  })
  afterEach(async () => {
    await app.stop()
    await slack.close()
  })

  /** Waits for one more message than there was; resolves to it. */
  async function next(person: SlackPerson, does: () => Promise<unknown>): Promise<SlackMessage> {
    const before = person.seen.length
    await does()
    await until(() => expect(person.seen.length).toBeGreaterThan(before))
    const message = person.seen.at(-1)
    if (!message) throw new Error('nothing was said')
    return message
  }

  test('everything is acknowledged in time while the database stands still', async () => {
    await next(zhou, () => zhou.say('今日'))
    const list = zhou.seen.at(-1)
    const letGo = await standStill(database, 'received', 'message', 'account', 'task')
    const took = lived()
    await Promise.all([
      zhou.say('帮助'),
      zhou.slash('查 张三'),
      list ? zhou.press(list, '没接') : 0,
    ])
    expect(took()).toBeLessThan(3000)
    const before = zhou.seen.length
    await letGo()
    await until(() => expect(zhou.seen.length).toBe(before + 3))
  })

  // What follows is of Slack, whatever the database.
  if (kind === 'pglite') return

  test('a person whose verified address is that of one of the staff is known at once', async () => {
    const list = await next(zhou, () => zhou.say('今日'))
    expect(textOf(list)).toContain('晨会 · 11月23日 周一')
    expect(textOf(list)).toContain('张三')
    expect(textOf(list)).toContain('134 9001 0001')
  })

  test('marks, mentions and replies that are also sent to the channel are read', async () => {
    const rich = (words: string) => [
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [{ type: 'text', text: words, style: { bold: true } }],
          },
        ],
      },
    ]
    for (const does of [
      () => zhou.say('*今日*'),
      () => zhou.say('*今日*', { blocks: rich('今日') }),
      () => zhou.say('<@UBOT> 今日'),
      () => zhou.say('今日', { subtype: 'thread_broadcast', thread_ts: '1.1' }),
    ]) {
      expect(textOf(await next(zhou, does))).toContain('晨会 · 11月23日')
    }
    const files = ['a.xlsx', 'b.xlsx'].map((name) => ({
      ...{ name, size: 4, url_private_download: `https://files.slack.com/none/${name}` },
    }))
    const answer = await next(zhou, () => zhou.say('', { subtype: 'file_share', files }))
    expect(textOf(answer)).toContain('另外 1 个没有收')
  })

  test('what is said in a thread is answered there, and looked for there', async () => {
    const thread = { thread_ts: '7.1' }
    const list = await next(zhou, () => zhou.say('今日', thread))
    expect(list.thread).toBe('7.1')
    expect((await next(zhou, () => zhou.press(list, '没接'))).thread).toBe('7.1')
    expect((await next(zhou, () => zhou.mention('C1', '查 张三', '8.1'))).thread).toBe('8.1')
    expect((await next(zhou, () => zhou.say('帮助'))).thread).toBeUndefined()
    slack.fail('chat.postMessage', { kind: 'lost-reply' })
    const before = zhou.seen.length
    await zhou.say('查 张三', thread)
    const waiting = { state: 'unknown' }
    await until(async () => expect(await database.prisma.message.count({ where: waiting })).toBe(1))
    await database.prisma.message.updateMany({ where: waiting, data: { notBefore: new Date(0) } })
    await app.delivery.settled()
    await until(async () => expect(await database.prisma.message.count({ where: waiting })).toBe(0))
    expect(zhou.seen.length).toBe(before + 1)
  })

  test('people are named by @, in any command that takes one', async () => {
    const lee = personOf(slack, 'ULEE', { email: 'm2@bank.example' })
    await next(lee, () => lee.say('today'))
    await next(zhou, () => zhou.say('今日'))
    for (const does of [
      () => zhou.say('转给 1 <@ULEE>'),
      () => zhou.mention('C1', '转给 1 <@ULEE>'),
      () => zhou.slash('转给 1 <@ULEE|lee>'),
    ]) {
      await next(zhou, () => zhou.say('撤销'))
      const handed = await next(zhou, does)
      await until(() => expect(textOf(zhou.seen.at(-1))).toContain('Lee'))
      expect(textOf(handed)).not.toContain('没有找到')
    }
    // Who has not enrolled is not guessed, and nobody reads an account's number.
    personOf(slack, 'UNOBODY', {})
    const unknown = textOf(await next(zhou, () => zhou.say('转给 2 <@UNOBODY>')))
    expect(unknown).toContain('还没有在这里绑定工号')
    expect(unknown).not.toContain('UNOBODY')
  })

  test('an address that is not verified, or a name, makes nobody known', async () => {
    for (const [id, user] of [
      ['UFAKE', { email: 'm1@bank.example', confirmed: false, name: '周敏' }],
      ['UNAME', { name: '周敏' }],
      ['UELSE', { email: 'someone@else.example' }],
      // Guests, and members of a company whose channel is shared with us: their address is the word
      // of somebody else's administrator.
      ['UGUEST', { email: 'm1@bank.example', is_restricted: true }],
      ['USINGLE', { email: 'm1@bank.example', is_ultra_restricted: true }],
      ['UCONNECT', { email: 'm1@bank.example', is_stranger: true }],
      ['UOTHER', { email: 'm1@bank.example', team: 'T2' }],
    ] as const) {
      const person = personOf(slack, id, user)
      const answer = await next(person, () => person.say('今日'))
      expect(textOf(answer)).toContain('还没有登记')
      expect(textOf(answer)).not.toContain('张三')
    }
  })

  test('a one-time code from a lead enrols, once', async () => {
    const lead = personOf(slack, 'ULEAD', { email: 'l1@bank.example' })
    const answer = await next(lead, () => lead.say('开通 M2'))
    const code = textOf(answer).match(/绑定 ([A-Z0-9]{8})/)?.[1] ?? ''
    const [lee, thief] = [personOf(slack, 'ULEE'), personOf(slack, 'UTHIEF')]
    expect(textOf(await next(lee, () => lee.say(`绑定 ${code}`)))).toContain(
      'this account is yours now',
    )
    expect(textOf(await next(thief, () => thief.say(`bind ${code}`)))).toContain('绑定码不对')
    expect(textOf(await next(lee, () => lee.say('today')))).toContain('Tom')
  })

  test('a code is neither given nor taken in a channel', async () => {
    const lead = personOf(slack, 'ULEAD', { email: 'l1@bank.example' })
    const lee = personOf(slack, 'ULEE')
    for (const ask of [() => lead.mention('C1', '开通 M2'), () => lead.slash('开通 M2', 'C1')]) {
      expect(textOf(await next(lead, ask))).toContain('绑定码不在群里给')
    }
    const answer = await next(lead, () => lead.say('开通 M2'))
    const code = textOf(answer).match(/绑定 ([A-Z0-9]{8})/)?.[1] ?? ''
    expect(textOf(await next(lead, () => lee.mention('C1', `绑定 ${code}`)))).toContain('已作废')
    await until(() => expect(textOf(lee.seen.at(-1))).toContain('不能在群里说'))
    expect(textOf(await next(lee, () => lee.say(`绑定 ${code}`)))).toContain('绑定码不对')
  })

  test('who has left is a stranger at once, and nothing is left on their page', async () => {
    await next(zhou, () => zhou.say('今日'))
    await zhou.openHome()
    const page = () => JSON.stringify(slack.homes.get('UZHOU'))
    await until(() => expect(page()).toContain('134 9001 0001'))
    const lead = personOf(slack, 'ULEAD', { email: 'l1@bank.example' })
    expect(textOf(await next(lead, () => lead.say('离职 M1')))).toContain('周敏（M1）今天离职？')
    await next(lead, () => lead.say('对'))
    await until(async () => {
      await app.delivery.settled()
      expect(page()).toContain('这里现在没有内容')
    })
    expect(page()).not.toContain('134')
    expect(textOf(await next(zhou, () => zhou.say('今日')))).toContain('还没有登记')
  })

  test('an account that somebody says is not theirs finds nothing on its page, and they theirs', async () => {
    const lead = personOf(slack, 'ULEAD', { email: 'l1@bank.example' })
    await next(zhou, () => zhou.say('今日'))
    const given = textOf(await next(lead, () => lead.say('开通 M1')))
    const code = given.match(/绑定 ([A-Z0-9]{8})/)?.[1] ?? ''
    const thief = personOf(slack, 'UTHIEF')
    await next(thief, () => thief.say(`绑定 ${code}`))
    const page = (id: string) => JSON.stringify(slack.homes.get(id))
    for (const { id, openHome } of [zhou, thief]) {
      await openHome()
      await until(() => expect(page(id)).toContain('134 9001 0001'))
    }
    expect(textOf(await next(zhou, () => zhou.say('不是我')))).toContain('已停用')
    await until(async () => {
      await app.delivery.settled()
      expect(page('UTHIEF')).toContain('这里现在没有内容')
    })
    expect(page('UZHOU')).toContain('134 9001 0001')
  })

  test('a line is logged by a button, and the list is changed where it stands', async () => {
    const list = await next(zhou, () => zhou.say('今日'))
    const answer = await next(zhou, () => zhou.press(list, '没接'))
    expect(textOf(answer)).toContain('已记：张三 没接')
    await until(async () => {
      await app.delivery.settled()
      const now = slack.messages.find(({ ts }) => ts === list.ts)
      expect(now?.edits).toBe(1)
      expect(textOf(now)).toContain('已办 1 件')
    })
  })

  test('a line is put off, and logged, from the menu beside it', async () => {
    const list = await next(zhou, () => zhou.say('今日'))
    const late = await next(zhou, () => zhou.press(list, '改期到下个工作日'))
    expect(textOf(late)).toContain('张三')
    const [task] = await database.prisma.task.findMany({ where: { client: { name: '张三' } } })
    expect(task?.dueOn).toEqual(new Date('2026-11-24T00:00:00Z'))
    const answer = await next(zhou, () => zhou.press(list, '有意向'))
    expect(textOf(answer)).toContain('已记：张三 有意向')
  })

  test('a form opens as a modal in time, and what is filled in is logged', async () => {
    const list = await next(zhou, () => zhou.say('今日'))
    await zhou.press(list, '登记')
    await until(() => expect(JSON.stringify(zhou.modal)).toContain('下次联系'))
    const values = {
      outcome: 'interested',
      amount: '50万',
      nextDate: '2026-11-27',
      note: '要看额度',
    }
    const view = zhou.modal ?? {}
    const answer = await next(zhou, () => zhou.submit(view, values))
    expect(textOf(answer)).toContain('已记：张三 有意向 50万 \\"要看额度\\"')
    // The same modal submitted once more changes nothing and is not answered.
    await zhou.submit(view, values)
    const before = zhou.seen.length
    await next(zhou, () => zhou.say('帮助'))
    expect(zhou.seen.length).toBe(before + 1)
    expect(await database.prisma.outcome.count()).toBe(1)
  })

  test('what cannot be read is said inside the modal, and nothing is stored until it can', async () => {
    const list = await next(zhou, () => zhou.say('今日'))
    await zhou.press(list, '登记')
    await until(() => expect(JSON.stringify(zhou.modal)).toContain('下次联系'))
    const view = zhou.modal ?? {}
    const before = await database.prisma.received.count()
    const values = { outcome: 'interested', nextDate: '2026-11-27', note: '要看额度' }
    const took = lived()
    await zhou.submit(view, { ...values, amount: '很多钱' })
    expect(took()).toBeLessThan(3000)
    expect(zhou.modal?.['errors']).toEqual({
      amount: '金额"很多钱"没看懂，请写成 50万。 The amount is unclear; write 500000.',
    })
    expect(await database.prisma.received.count()).toBe(before)
    const answer = await next(zhou, () => zhou.submit(view, { ...values, amount: '50万' }))
    expect(zhou.modal?.['errors']).toBeNull()
    expect(textOf(answer)).toContain('已记：张三 有意向 50万')
  })

  test('a form that stands in a message opens from its button', async () => {
    const message = await next(zhou, () => zhou.slash('新客户'))
    await zhou.press(message, '新客户')
    await until(() => expect(JSON.stringify(zhou.modal)).toContain('店名或企业'))
    const values = { name: '李四', phone: '13800138000', businessName: '五金店' }
    const answer = await next(zhou, () => zhou.submit(zhou.modal ?? {}, values))
    expect(textOf(answer)).toContain('已登记新客户：')
  })

  test('shortcuts: log an outcome, and make a message a task', async () => {
    await next(zhou, () => zhou.say('帮助'))
    await zhou.shortcut('log_outcome')
    await until(() => expect(JSON.stringify(zhou.modal)).toContain('张三 · 顺发五金店'))
    await zhou.shortcut('make_task', '给张三送合同')
    await until(() => expect(JSON.stringify(zhou.modal)).toContain('给张三送合同'))
    const answer = await next(zhou, () =>
      zhou.submit(zhou.modal ?? {}, { named: '张三', dueOn: '2026-11-25' }),
    )
    expect(textOf(answer)).toContain('已排任务：')
  })

  test('the home page shows the day’s list, what is under way and shortcuts, and is published anew', async () => {
    await database.prisma.$executeRaw`
      insert into quota (id, staff_id, span, measure, target, set_by, set_at)
      select gen_random_uuid(), id, '2026-11', 'visits', 20, id, now() from staff where code = 'M1'`
    const shows = (...words: string[]) =>
      until(async () => {
        await app.delivery.settled()
        const home = JSON.stringify(slack.homes.get('UZHOU'))
        for (const word of words) expect(home).toContain(word)
      })
    await zhou.openHome()
    await shows('张三', '134 9001 0001', '走访 0/20', '登记结果', '新客户', '我的码')
    // Said in the conversation, pressed on the page itself, and taken back.
    await zhou.say('张三 有意向 50万')
    await shows('已办 1 件', '在办 \u200b*1*', '50万')
    await zhou.pressAtHome('没接')
    await shows('已办 2 件', '134 900')
    await zhou.say('撤销')
    await shows('已办 1 件')
    // What somebody else does is there, too, until they take it back; and a new morning.
    const lead = personOf(slack, 'ULEAD', { email: 'l1@bank.example' })
    expect(textOf(await next(lead, () => lead.say('派 M1 赵强 今天 送合同')))).toContain('已派')
    await shows('送合同')
    await next(lead, () => lead.say('撤销'))
    await until(async () => {
      await app.delivery.settled()
      expect(JSON.stringify(slack.homes.get('UZHOU'))).not.toContain('送合同')
    })
    const published = () => slack.calls.filter(({ method }) => method === 'views.publish').length
    const before = published()
    await push(app.services, app.services.moment(), { dryRun: false })
    await until(async () => {
      await app.delivery.settled()
      expect(published()).toBe(before + 1)
    })
    // Whose role has neither sees a page all the same.
    const risk = personOf(slack, 'URISK', { email: 'r1@bank.example' })
    await risk.openHome()
    await until(() => expect(JSON.stringify(slack.homes.get('URISK'))).toContain('帮助'))
  })

  test('in a channel only the asker sees the answer, with masked phones', async () => {
    const answer = await next(zhou, () => zhou.mention('C1', '查 张三'))
    expect(answer.onlyFor).toBe('UZHOU')
    expect(textOf(answer)).toContain('134****0001')
    const slash = await next(zhou, () => zhou.slash('今日', 'C1'))
    expect(slash.onlyFor).toBe('UZHOU')
    expect(textOf(slash)).not.toContain('134 9001 0001')
  })

  test('a picture is uploaded and shown, and links are not unfurled', async () => {
    const answer = await next(zhou, () => zhou.say('我的码'))
    expect(answer.blocks.map(({ type }) => type)).toContain('image')
    expect(textOf(answer)).toContain('/r/')
  })

  test('a file of 200 MB is refused before it is fetched', async () => {
    const files = [{ ...slack.host('list.xlsx', new Uint8Array(8)), size: 200_000_000 }]
    const answer = await next(zhou, () => zhou.say('', { subtype: 'file_share', files }))
    expect(textOf(answer)).toContain('超过 20 MB')
  })

  test('a file of the wrong kind is not kept, and the way to what can be sent is told', async () => {
    const music = slack.host('歌.mp3', new Uint8Array([0x49, 0x44, 0x33]))
    const answer = await next(zhou, () => zhou.say('', { subtype: 'file_share', files: [music] }))
    expect(textOf(answer)).toContain('没有保存')
    // That one was sent counts towards what may be sent; nothing of it stays.
    const kept = await database.prisma.upload.findMany({ select: { name: true, bytes: true } })
    expect(kept.map(({ name, bytes }) => [name, bytes.length])).toEqual([['', 0]])
  })

  test('a file is fetched with the token; one that is gone is asked for again', async () => {
    const kept = slack.host('名单.csv', new TextEncoder().encode('张三,1\n'))
    await next(zhou, () => zhou.say('', { subtype: 'file_share', files: [kept] }))
    const gone = { ...kept, url_private_download: `${kept['url_private_download']}x` }
    const answer = await next(zhou, () => zhou.say('', { subtype: 'file_share', files: [gone] }))
    expect(textOf(answer)).toContain('没有取到')
  })

  test('a message that is edited corrects what it logged, and logs nothing twice', async () => {
    const outcomes = () =>
      database.prisma.outcome.findMany({ where: { undoneAt: null }, select: { kind: true } })
    const answers = async (does: () => Promise<number>) => textOf(await next(zhou, does))
    await next(zhou, () => zhou.say('今日'))
    expect(await answers(() => zhou.say('1 没接'))).toContain('已记：张三 没接')
    expect(await answers(() => zhou.edit('1 拒绝 利率高'))).toContain('已改：张三 没接 → 拒绝')
    // What Slack does to a message, and a blank more, are nothing that anybody said.
    await zhou.edit('1  拒绝 利率高。')
    expect(await answers(() => zhou.edit('1 拒绝 利率高\n2 没接'))).toContain('没接')
    // Another task: the first stands logged, and is not to be forgotten.
    await next(zhou, () => zhou.say('3 没接'))
    const told = await next(zhou, () => zhou.edit('4 没接'))
    expect(textOf(told)).toContain('已经办过，改消息不会改登记')
    expect((await outcomes()).length).toBe(3)
    expect(await answers(() => zhou.press(told, '撤销'))).toContain('已撤销')
    expect(await answers(() => zhou.press(told, '4 没接'))).toContain('已记')
    // Nothing was done: it is as if it were said now.
    await next(zhou, () => zhou.say('需球 张三 结算卡'))
    expect(await answers(() => zhou.edit('需求 张三 结算卡'))).toContain('结算卡')
    expect(await answers(() => zhou.edit('需求 张三 收单'))).toContain('已经办过')
    expect(await database.prisma.need.count()).toBe(1)
  })

  test('an event that Slack sends again is answered once', async () => {
    const event = eventOf({
      type: 'message',
      channel: 'DZHOU',
      channel_type: 'im',
      user: 'UZHOU',
      text: '今日',
      ts: '1.1',
      event_ts: '1.1',
    })
    await Promise.all([slack.deliver('events_api', event), slack.deliver('events_api', event)])
    await slack.deliver('events_api', event)
    await zhou.say('帮助')
    await until(() => expect(textOf(zhou.seen.at(-1))).toContain('可以这样说'))
    expect(zhou.seen).toHaveLength(2)
  })

  test('what the bot itself says, unfolds and joins are not answered', async () => {
    for (const more of [
      { bot_id: 'B1' },
      { subtype: 'message_changed', message: { user: 'UZHOU', text: '今日', ts: '1.1' } },
      { subtype: 'channel_join' },
    ]) {
      await zhou.say('今日', more)
    }
    await next(zhou, () => zhou.say('帮助'))
    expect(zhou.seen).toHaveLength(1)
  })

  test('a button of a card that is long gone, and one that was forged, say so', async () => {
    const list = await next(zhou, () => zhou.say('今日'))
    const spoilt = (value: string): SlackMessage => ({
      ...list,
      blocks: [
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: 'say:1.1',
              text: { type: 'plain_text', text: 'x' },
              value,
            },
          ],
        },
      ],
    })
    expect(textOf(await next(zhou, () => zhou.press(spoilt('{"c":"old","i":{}}'), 'x')))).toContain(
      '已经失效',
    )
    expect(textOf(await next(zhou, () => zhou.press(spoilt('not json'), 'x')))).toContain(
      '已经失效',
    )
    const lee = personOf(slack, 'ULEE', { email: 'm2@bank.example' })
    const answer = await next(lee, () => lee.press({ ...list, channel: 'DLEE' }, '没接'))
    expect(textOf(answer)).toContain('not yours')
    expect(await database.prisma.outcome.count()).toBe(0)
  })

  test('a lost reply is looked up and not sent again; a refusal of pace is waited out', async () => {
    await next(zhou, () => zhou.say('帮助'))
    slack.fail('chat.postMessage', { kind: 'lost-reply' })
    await zhou.say('查 张三')
    slack.fail('conversations.open', { kind: 'rate-limited', retryAfter: 0 })
    await until(() => expect(zhou.seen).toHaveLength(2))
    // The clock of the service stands; the outbox is asked to look again by moving what it waits for.
    const waiting = { state: 'unknown' }
    await until(async () => expect(await database.prisma.message.count({ where: waiting })).toBe(1))
    await database.prisma.message.updateMany({ where: waiting, data: { notBefore: new Date(0) } })
    await app.delivery.settled()
    await database.prisma.message.updateMany({ where: waiting, data: { notBefore: new Date(0) } })
    await app.delivery.settled()
    expect(zhou.seen).toHaveLength(2)
    const lookups = slack.calls.filter(({ method }) => method === 'conversations.open')
    expect(lookups.map(({ error }) => error)).toEqual(['ratelimited', null])
    expect(await database.prisma.message.count({ where: { state: 'sent' } })).toBe(2)
  })

  test('an answer of 500 is looked up, and sent again where it did not arrive', async () => {
    await next(zhou, () => zhou.say('帮助'))
    slack.fail('chat.postMessage', { kind: 'status', status: 500 })
    await zhou.say('查 张三')
    const waiting = { state: 'unknown' }
    await until(async () => expect(await database.prisma.message.count({ where: waiting })).toBe(1))
    await database.prisma.message.updateMany({ where: waiting, data: { notBefore: new Date(0) } })
    await app.delivery.settled()
    await until(() => expect(zhou.seen).toHaveLength(2))
  })

  test('what Slack refuses for good is kept for the operator, and holds nobody up', async () => {
    await next(zhou, () => zhou.say('帮助'))
    slack.fail('chat.postMessage', { kind: 'error', error: 'is_archived' })
    await zhou.say('查 张三')
    await until(async () =>
      expect(await database.prisma.message.findMany({ where: { state: 'failed' } })).toMatchObject([
        { error: 'is_archived' },
      ]),
    )
    expect(textOf(await next(zhou, () => zhou.say('今日')))).toContain('晨会')
  })

  test('a storm of 429 delays one conversation and loses nothing', async () => {
    const lee = personOf(slack, 'ULEE', { email: 'm2@bank.example' })
    await next(zhou, () => zhou.say('帮助'))
    const storm = Array.from(
      { length: 3 },
      () => ({ kind: 'rate-limited', retryAfter: 1 }) as const,
    )
    slack.fail('chat.postMessage', ...storm)
    await zhou.say('今日')
    await lee.say('help')
    const late = { state: 'queued', attempts: { gt: 0 } }
    await until(async () => {
      await database.prisma.message.updateMany({ where: late, data: { notBefore: new Date(0) } })
      await app.delivery.settled()
      expect([zhou.seen.length, lee.seen.length]).toEqual([2, 1])
    })
  })

  test('the morning push reaches everybody once', async () => {
    await next(zhou, () => zhou.say('帮助'))
    const [one, two] = [app.services.moment(), app.services.moment()]
    await Promise.all([
      push(app.services, one, { dryRun: false }),
      push(app.services, two, { dryRun: false }),
    ])
    await until(() => expect(zhou.seen).toHaveLength(2))
    await app.delivery.settled()
    expect(zhou.seen.filter((message) => textOf(message).includes('晨会 ·'))).toHaveLength(1)
  })

  if (by === 'http') {
    test('a wrong signature, an old one, and a body that is none are refused', async () => {
      const event = eventOf({
        type: 'message',
        channel: 'DZHOU',
        channel_type: 'im',
        user: 'UZHOU',
        text: '今日',
        ts: '1',
      })
      expect(
        (await signed(endpoint, 'events_api', event, { secret: 'another secret' })).status,
      ).toBe(401)
      const old = Math.floor(Date.now() / 1000) - 400
      expect((await signed(endpoint, 'events_api', event, { at: old })).status).toBe(401)
      expect((await fetch(endpoint, { method: 'POST', body: 'x' })).status).toBe(401)
      expect(await database.prisma.received.count()).toBe(0)
    })

    test('the address is verified by its challenge', async () => {
      const { text } = await signed(endpoint, 'events_api', {
        type: 'url_verification',
        challenge: 'c1',
        token: 'x',
      })
      expect(text).toContain('c1')
    })
  } else {
    test.each(['refresh_requested', 'cut'] as const)(
      'a connection that ends (%s) is made anew',
      async (reason) => {
        const again = slack.reconnected()
        slack.dropConnections(reason)
        await again
        expect(textOf(await next(zhou, () => zhou.say('今日')))).toContain('晨会')
      },
    )
  }
})
