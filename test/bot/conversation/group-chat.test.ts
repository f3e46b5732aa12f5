/** @module-tag slow */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { COMMANDS } from '../../../src/app-features.ts'
import { render } from '../../../src/channels/console/render.ts'
import type { Card } from '../../../src/core/card.ts'
import type { Event } from '../../../src/core/chat.ts'
import { newId } from '../../../src/core/ids.ts'
import { ROLES } from '../../../src/core/staff.ts'
import { writeWorkbook } from '../../../src/infra/sheets/spreadsheet.ts'
import { type Bank, CLIENTS, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'

const ROOM = 'console:room'
/** Somebody of each role. */
const WHO = {
  ...{
    manager: 'M1',
    lead: 'L1',
    head: 'H1',
    marketing: 'K1',
    risk: 'R1',
    line: 'D1',
    staff: 'S1',
  },
} as const
const ALONE = '已私下答复。 Answered privately.'
/** All that a room hears, but for what is public. */
const SENTENCES = /^(?:已私下答复。 Answered privately\.|群里不答业务内容)/

describe.each(ONE_DATABASE)('in a room, on %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  const cardsIn = async (conversation: string) => {
    const rows = await bank.rows<{ card: Card }>(
      `select card from message where conversation = '${conversation}' and card is not null order by id`,
    )
    return rows.map(({ card }) => card)
  }
  const heardIn = async (conversation: string) => (await cardsIn(conversation)).map(render)

  /** What the room and the asker's own conversation hear of an event. */
  async function inRoom(code: string, says: Event['says']) {
    const own = `console:${code}`
    const [before, ownBefore] = [(await heardIn(ROOM)).length, (await heardIn(own)).length]
    const { answered } = await bank.app.inbox({
      ...{ id: newId(), channel: 'console', conversation: ROOM, sender: code, shared: true },
      says,
    })
    await answered
    await bank.app.delivery.settled()
    return {
      room: (await heardIn(ROOM)).slice(before),
      alone: (await heardIn(own)).slice(ownBefore),
    }
  }
  const say = (code: string, text: string) => inRoom(code, { kind: 'text', text })
  const unreached = (code: string) =>
    bank.rows(`update account set reachable = false where external_id = '${code}' returning 1`)

  test('stands nothing of any command but what is public, whoever says it and however', {
    tags: ['slow'],
  }, async () => {
    const leaks: string[] = []
    const aloud: string[] = []
    for (const command of COMMANDS) {
      const { roles } = command
      // Of a command of everybody one who sees clients and one who does not; of others the first.
      for (const role of [
        roles[0] ?? 'staff',
        ...(roles.length === ROLES.length ? ['staff' as const] : []),
      ]) {
        const usage = command.help.usage.zh.split(' / ')[0] ?? ''
        const ways: Event['says'][] = [
          { kind: 'text', text: usage.replace('M003', 'M2') },
          { kind: 'intent', intent: { command: command.name, input: {} }, label: '' },
        ]
        for (const says of ways) {
          const { room } = await inRoom(WHO[role], says)
          const content = room.filter((each) => !SENTENCES.test(each))
          if (room.length !== 1) leaks.push(`${command.name}: ${room.length} answers`)
          if (content.length > 0 && !['help', 'welcome'].includes(command.name)) {
            leaks.push(`${command.name} ${JSON.stringify(says)}: ${content.join()}`)
          }
          if (content.length > 0) aloud.push(command.name)
        }
      }
    }
    expect(leaks).toEqual([])
    expect(new Set(aloud)).toEqual(new Set(['help', 'welcome']))
  })

  test('what is public of everything is help and a greeting', () => {
    expect(COMMANDS.filter((each) => each.aloud).map(({ name }) => name)).toEqual([
      'help',
      'welcome',
    ])
  })

  test('an answer goes to the asker alone, whole, and the room hears that it did', async () => {
    expect(await say('M1', '查 张三')).toEqual({
      room: [ALONE],
      alone: [expect.stringContaining('134 9001 0001')],
    })
    expect(await say('L1', '查 张三')).toEqual({
      room: [ALONE],
      alone: [expect.stringContaining('顺发五金店')],
    })
    // What is refused, not understood, or of somebody else's role says as little.
    for (const line of ['查 李四', '待批', '1234567', '调岗 M1 T2', '没有这句']) {
      expect((await say('M1', line)).room, line).toEqual([ALONE])
    }
  })

  test('help, a greeting and how to be enrolled are said aloud', async () => {
    const { room, alone } = await say('M1', '帮助')
    expect(room.join()).toContain('可以这样说')
    expect(alone).toEqual([])
    expect((await say('M1', '你好')).room).toEqual([expect.stringContaining('您好')])
    expect((await say('X9', '今日')).room).toEqual([expect.stringContaining('还没有登记')])
  })

  test('whom the channel does not reach alone hears where to ask, and nothing is done', async () => {
    await unreached('M1')
    for (const line of [
      '查 张三',
      '今日',
      '勿扰 张三 本人要求',
      '新客户 李四 13800138000 五金店',
      '我的码',
    ]) {
      expect(await say('M1', line)).toEqual({
        room: [expect.stringContaining('请在和我的单独对话里再说一次')],
        alone: [],
      })
    }
    expect((await say('M1', '帮助')).room.join()).toContain('可以这样说')
    expect(await bank.rows(`select 1 from act where command <> 'help'`)).toEqual([])
    expect(await bank.rows(`select 1 from client where do_not_contact is not null`)).toEqual([])
    expect(await bank.rows(`select 1 from account where external_id = 'M1' and reachable`)).toEqual(
      [],
    )
  })

  test('what is asked back is asked, answered and dropped in the direct conversation', async () => {
    // A choice, a question, a form.
    const { alone } = await say('M1', '查 王芳')
    expect(alone.join()).toContain('福源饭店')
    expect((await bank.say('M1', '2')).map(render).join()).toMatch(/隆盛制衣厂|福源饭店/)
    await say('M1', '今日')
    expect(await say('M1', '1 拒绝 下周八')).toMatchObject({ room: [ALONE] })
    await say('M1', '新客户')
    expect(await bank.rows(`select 1 from dialog where conversation = '${ROOM}'`)).toEqual([])
    expect((await say('M1', '查 王芳')).room).toEqual([ALONE])
    // The answer may be said in the room as well: it is the person's, wherever they are.
    expect((await say('M1', '1')).alone.join()).toMatch(/福源饭店/)
    // A public word leaves what is asked as it is, and does not remind of it aloud.
    await say('M1', '查 王芳')
    expect((await say('M1', '帮助')).room.join()).not.toContain('王芳')
    expect((await bank.say('M1', '1')).map(render).join()).toMatch(/福源饭店/)
  })

  test('nobody is answered what another was asked', async () => {
    await say('M1', '查 王芳')
    const { room, alone } = await say('L1', '1')
    expect(room).toEqual([ALONE])
    expect(alone.join()).not.toContain('福源饭店')
  })

  test('files, pictures and workbooks go alone, whichever way they come', async () => {
    expect((await say('M1', '我的码')).room).toEqual([ALONE])
    expect((await say('K1', '标准 导出')).room).toEqual([ALONE])
    expect(JSON.stringify(await cardsIn(ROOM))).not.toContain('base64')
    const sheets = [{ name: '名单', columns: [{ title: '姓名' }], rows: [['赵六']] }]
    const bytes = await writeWorkbook({ marker: 'nothing', sheets })
    // A photo or a book sent into the room is answered alone too.
    for (const [index, name] of ['a.png', '名单.xlsx'].entries()) {
      const sent = index === 0 ? new Uint8Array(4) : bytes
      // The console holds what was sent alone; the room's event brings the same.
      const alone = (await bank.sendFile('M1', name, sent)).map(render)
      // What is asked of it would be reminded of.
      await bank.say('M1', '算了')
      const says = { kind: 'file', name, size: sent.length, ref: String(index), text: '' } as const
      expect(await inRoom('M1', says)).toEqual({ room: [ALONE], alone })
      await bank.say('M1', '算了')
    }
  })

  test('people are still written to where they were before', async () => {
    await say('M1', '查 张三')
    expect(await bank.rows(`select conversation from account where external_id = 'M1'`)).toEqual([
      { conversation: 'console:M1' },
    ])
  })
})

test('without buttons a number in the room is that of what stands last in it', async () => {
  const bank = await openBank('postgres', CLIENTS, { buttons: false, forms: false })
  const say = async (conversation: string, text: string) => {
    const shared = conversation === ROOM
    const { answered } = await bank.app.inbox({
      ...{ id: newId(), channel: 'console', conversation, sender: 'M1', shared },
      says: { kind: 'text', text },
    })
    await answered
    await bank.app.delivery.settled()
  }
  const last = async (conversation: string) => {
    const [row] = await bank.rows<{ card: Card }>(
      `select card from message where conversation = '${conversation}' order by id desc limit 1`,
    )
    return row ? render(row.card) : ''
  }
  // Alone the last card offers to undo an outcome; in the room the topics of help.
  await say('console:M1', '今日')
  await say('console:M1', '2 没接')
  await say(ROOM, '帮助')
  await say(ROOM, '1')
  expect(await last(ROOM)).toContain('可以这样说 · 任务')
  expect(await bank.rows(`select 1 from outcome`)).toHaveLength(1)
  // What is pressed in the room and is not public is done alone.
  await say(ROOM, '你好')
  await say(ROOM, '1')
  expect(await last(ROOM)).toBe(ALONE)
  expect(await last('console:M1')).toContain('晨会')
  await bank.close()
})

test('a channel whose answers in a room only the asker sees answers there', async () => {
  const bank = await openBank('postgres', CLIENTS, { buttons: true, forms: true, whispers: true })
  const { answered } = await bank.app.inbox({
    ...{ id: newId(), channel: 'console', conversation: ROOM, sender: 'M1', shared: true },
    says: { kind: 'text', text: '查 张三' },
  })
  await answered
  const sent = await bank.rows<{ conversation: string; card: Card }>(
    `select conversation, card from message`,
  )
  expect(sent.map(({ conversation, card }) => [conversation, render(card)])).toEqual([
    [ROOM, expect.stringContaining('134****0001')],
  ])
  await bank.close()
})
