import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { shownClients } from '../../src/bot/conversation/shown-clients.ts'
import { newId } from '../../src/core/ids.ts'
import { isFarMore } from '../../src/features/staff/watch/rules.ts'
import { watch } from '../../src/features/staff/watch/watch-conduct.ts'
import { openDesk } from '../features/desk/open-desk.ts'
import { bookOf, send } from '../features/import/book.ts'
import { type Bank, bankOn, CLIENTS, MONDAY } from '../support/bank.ts'
import { DATABASES, openTestDatabase } from '../support/open.ts'
import { startService } from '../support/service.ts'
import { until } from '../support/until.ts'

test.each([
  [101, null, true],
  [100, null, false],
  [101, 33, true],
  [101, 34, false],
  [400, 120, true],
])('%d clients in an hour, usually %s, are far more: %s', (count, usual, far) => {
  expect(isFarMore(count, usual, 100)).toBe(far)
})

test('whom a card shows is read from what its buttons and lines lead to', () => {
  const [one, other, third] = [newId(), newId(), newId()]
  const button = (input: object) => ({ label: 'x', intent: { command: 'client', input } })
  const card = {
    blocks: [
      { kind: 'buttons', buttons: [button({ clientId: one }), button({ taskId: newId() })] },
      { kind: 'list', items: [{ text: 'a', about: { clientId: other } }], each: { buttons: [] } },
      { kind: 'buttons', buttons: [button({ clientIds: [third, one] })] },
    ],
  }
  expect(shownClients(card)).toEqual([one, other, third])
})

describe.each(DATABASES)('reads on the trail, on %s', (kind) => {
  let bank: Bank
  let app: App
  let url: string
  beforeAll(async () => {
    const database = await openTestDatabase(kind)
    bank = await bankOn(database, CLIENTS)
    const service = await startService(database, {}, () => new Date(MONDAY))
    app = service.app
    url = service.url
    // The jobs that are due when it starts tell people things, too.
    const done = () =>
      bank.rows(`select bool_and(state >= 'completed') as done from pgboss.job having count(*) > 0`)
    await until(async () => expect(await done()).toEqual([{ done: true }]))
  })
  afterAll(() => app?.stop())

  const lastAct = async () => {
    const [act] = await bank.rows<{ seen: string[] }>(`
      select code, command, result, room, array(select name from client where id = any(seen)
        order by name) as seen
      from act join staff on staff.id = staff_id order by act.id desc limit 1`)
    return act
  }

  test.each([
    ['M1', '查 张三', { command: 'client', result: 'done', seen: ['张三'] }],
    ['M1', '查 王芳', { command: 'client', result: 'asked', seen: ['王芳', '王芳'] }],
    ['L1', '档案 张三', { command: 'client-file', result: 'done', seen: ['张三'] }],
    ['K1', '分层 赵强', { command: 'tier', result: 'done', seen: ['赵强'] }],
    ['M1', '今日', { command: 'today', seen: ['张三', '王芳', '王芳', '赵强'] }],
    ['R1', '查 没有这个人', { command: 'client', result: 'refused', seen: [] }],
  ])('%s: %s', async (code, line, act) => {
    await bank.say(code, line)
    expect(await lastAct()).toMatchObject({ code, ...act, room: null })
  })

  test('name the room that it was asked in', async () => {
    const { answered } = await bank.app.inbox({
      ...{ id: newId(), channel: 'console', conversation: 'room:1', sender: 'M1', shared: true },
      says: { kind: 'text', text: '查 张三' },
    })
    await answered
    expect(await lastAct()).toMatchObject({ command: 'client', seen: ['张三'], room: 'room:1' })
  })

  test('hold pages, their pictures and downloads, and nothing of who was not let in', async () => {
    const plan = {
      ...{ name: '旺季活动', startsOn: '2026-11-23', endsOn: '2026-12-04', audience: '全部' },
      ...{ products: '流贷', talkingPoints: '旺季备货。' },
    }
    await bank.send('K1', { command: 'save-campaign', input: plan })
    await bank.press('K1', '发布')
    const [campaign] = await bank.rows<{ id: string }>('select id from campaign')
    const desk = await openDesk(bank, url, 'R1')
    const pages = [
      'tiers',
      'segments',
      `campaigns/${campaign?.id}`,
      `campaigns/${campaign?.id}/picture.png`,
    ]
    for (const page of [...pages, 'figures.xlsx', `campaigns/${newId()}`]) await desk.get(page)
    await fetch(`${url}/desk/tiers`)
    const acts = await bank.rows<{ page: string | null }>(`
      select command, input ->> 'page' as page from act where channel = 'desk' order by id`)
    expect(acts).toEqual([
      ...pages.map((page) => ({ command: 'look', page })),
      { command: 'export-figures', page: null },
    ])
  })

  test('whoever looks at far more than usual is told of once, to risk and to whoever is above', async () => {
    const alarms = () => watch({ ...app.services, alarms: limits }, app.services.moment())
    const limits = { clientsAnHour: 20, vainEntriesADay: 3 }
    expect(await alarms()).toBe(0)
    await bank.rows(`
      insert into act (id, staff_id, channel, command, input, result, undoable, seen, at)
      select gen_random_uuid(), staff.id, 'console', 'client', '{}', 'done', false,
        array[gen_random_uuid()], '${MONDAY}'::timestamptz - interval '5 minutes'
      from generate_series(1, 30), staff where code = 'M1'`)
    // Four numbers, by as many doors: entered and taken back, refused at a file, looked at in a book.
    await bank.say('M2', 'new Ann 13900139001 shop')
    await bank.say('M2', 'undo')
    await bank.say('M2', 'change Tom phone 13490010007')
    await send(
      bank,
      'M2',
      await bookOf(['客户姓名', '手机号'], ['冯二', '13490010007'], ['赵强', '13490010004']),
    )
    await bank.told()
    expect([await alarms(), await alarms()]).toEqual([4, 0])
    const told = (await bank.told()).map(({ code, text }) => `${code} ${text.slice(0, 12)}`)
    expect(told.toSorted()).toEqual([
      expect.stringMatching(/^L1 ⚠ Lee/),
      expect.stringMatching(/^L1 ⚠ 周敏/),
      expect.stringMatching(/^R1 ⚠ Lee/),
      expect.stringMatching(/^R1 ⚠ 周敏/),
    ])
  })
})
