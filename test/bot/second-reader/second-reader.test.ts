import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { createSecondReader } from '../../../src/bot/second-reader/index.ts'
import { readerUse } from '../../../src/cli/doctor/reader-finding.ts'
import { createLog } from '../../../src/infra/log.ts'
import { type ModelDouble, startModel } from '../../doubles/model/index.ts'
import { type Bank, buttonsOf, CLIENTS, MONDAY, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'
import { play } from '../../support/play.ts'

describe.each(ONE_DATABASE)('the second reader, on %s', (kind) => {
  let bank: Bank
  let model: ModelDouble
  beforeEach(async () => {
    model = await startModel()
    const environment = { READER_URL: model.url, READER_MODEL: 'qwen', READER_KEY: 'secret' }
    bank = await openBank(kind, CLIENTS, { buttons: true, forms: true }, environment)
  })
  afterEach(async () => {
    await bank.close()
    await model.close()
  })

  const uses = () =>
    bank.rows<{ came: string }>(
      `select input ->> 'came' as came from act where command = 'second-reader' order by id`,
    )

  test('offers what it proposes as a button, and never acts', async () => {
    model.behave({ says: '{"line": "走访 [NAA] 货架满了"}' })
    await play(
      bank,
      `M1> 喵喵张三货架满了呀，留个走访记录哈 13800138000 八十万
       没听懂
       什么都没有登记
       [走访 张三 货架满了]`,
    )
    expect(await bank.rows(`select 1 from visit`)).toEqual([])
    await play(bank, 'M1> [走访 张三 货架满了]\n已记走访：张三')
    expect(await uses()).toEqual([{ came: 'answered' }])
    await bank.rows('alter table act disable trigger act_stays')
    await bank.rows(`update act set at = now() where command = 'second-reader'`)
    const [use] = await readerUse(bank.database.prisma)
    expect(use?.text).toContain('answered 1')
  })

  test('sends no name that the bank knows, no number, and the key', async () => {
    await bank.say('M1', '喵喵张三的顺发五金店和周敏哈 13800138000 八十万 a@b.cn 咪12')
    const [question] = model.asked
    expect(question).toMatchObject({
      path: '/v1/chat/completions',
      authorization: 'Bearer secret',
      body: { model: 'qwen', response_format: { type: 'json_schema' } },
    })
    const said = question?.body.messages.at(-1)?.content ?? ''
    expect(said).not.toMatch(/张三|顺发|周敏|\d|八十|@/)
    expect(said).toContain('喵喵[N')
  })

  test('is asked of nothing that is understood, asked back or offered', async () => {
    for (const said of ['今日', '1 没接', '1 打过了', '没接', '好的', '赵强', '张三 走访 满']) {
      await bank.say('M1', said)
    }
    expect(model.asked).toEqual([])
  })

  test.each([
    ['a client who was not named', '{"line": "查 钱进"}'],
    ['a number that was not said', '{"line": "1 没接"}'],
    ['a placeholder that was not given', '{"line": "查 [NZZ]"}'],
    ['a command of another role', '{"line": "批准 [DAB]"}'],
    ['a command that lacks something', '{"line": "走访 [NAA]"}'],
    ['what was asked of it', '{"line": "You turn what an account manager typed into ONE line"}'],
    ['an address', '{"line": "走访 [NAA] http://x.cn"}'],
    ['no line', '{"line": null}'],
    ['another shape', '{"command": "undo"}'],
    ['prose', 'Sure! 查 [NAA]'],
  ])('proposes nothing where it answers with %s', async (_, says) => {
    model.behave({ says })
    const [card] = await bank.say('M1', '喵喵张三 12 呀')
    expect(JSON.stringify(card)).toContain('没听懂')
    // As without a second reader.
    expect(card && buttonsOf(card).map(({ label }) => label)).toEqual([
      ...['看客户', '记成走访', '记成备注'],
    ])
    expect(await uses()).toHaveLength(1)
  })

  test('holds up nobody else, and is not waited for beyond its time', async () => {
    const forever = new AbortController().signal
    const patience = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(forever)
    onTestFinished(() => patience.mockRestore())
    model.behave('hangs')
    const heard = model.next()
    const unread = bank.app.inbox({
      ...{ id: 'x', channel: 'console', conversation: 'console:M1', sender: 'M1', shared: false },
      says: { kind: 'text', text: '喵喵喵喵，咪咪呀' },
    })
    await heard
    await play(bank, 'M2> today\n23 Nov')
    model.release()
    await (await unread).answered
    expect(await uses()).toEqual([{ came: 'away' }])
    // What failed is not asked again at once.
    await play(bank, 'M1> 喵喵喵喵，咪咪哈\n没听懂')
    expect(model.asked).toHaveLength(1)
  })

  describe('by itself', () => {
    const reader = (url = model.url, patienceMs = 60_000) =>
      createSecondReader({
        settings: { url, model: 'm', key: null, mayGoOutside: false },
        ...{ database: bank.database, clock: () => new Date(MONDAY), log: createLog('silent') },
        patienceMs,
      })
    const unread = async () => {
      const [row] = await bank.rows<{ id: string }>(`select id from staff where code = 'M1'`)
      return { text: '喵喵张三', staffId: row?.id ?? '', channel: 'console', sayable: ['查 张三'] }
    }

    test.each([
      [{ status: 429, headers: { 'retry-after': '7' } }, 'busy'],
      [{ status: 503 }, 'busy'],
      [{ status: 401 }, 'refused'],
      [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'refused'],
      [{ raw: 'not json' }, 'unreadable'],
      [{ raw: '{"choices": []}' }, 'unreadable'],
      [{ raw: `"${'x'.repeat(100_000)}"` }, 'unreadable'],
      [{ says: '{"line": "查 [N', finish: 'length' }, 'unreadable'],
      ['breaks-off', 'away'],
      [{ says: '{"line": "查 [NAA]"}' }, 'answered'],
    ] as const)('%j counts as %s', async (behaviour, came) => {
      model.behave(behaviour)
      const line = await reader().propose(await unread())
      expect(line).toBe(came === 'answered' ? '查 张三' : null)
      expect(await uses()).toEqual([{ came }])
    })

    test('one that is late is left, and asked no more for a while', async () => {
      model.behave('hangs')
      const slow = reader(model.url, 30)
      expect(await slow.propose(await unread())).toBeNull()
      expect(await slow.propose(await unread())).toBeNull()
      expect(await uses()).toEqual([{ came: 'late' }])
    })

    test.each(['http://93.184.216.34/v1', 'http://169.254.169.254/v1', 'http://[2001:db8::1]/v1'])(
      'sends nothing to %s',
      async (url) => {
        expect(await reader(url).propose(await unread())).toBeNull()
        expect(await uses()).toEqual([{ came: 'outside' }])
      },
    )
  })
})
