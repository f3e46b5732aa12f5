import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { claimDue, MESSAGE_KINDS } from '../../../src/bot/outbox/claim.ts'
import { Delivery } from '../../../src/bot/outbox/deliver.ts'
import { answerUntil, enqueue } from '../../../src/bot/outbox/enqueue.ts'
import { textCard } from '../../../src/core/card.ts'
import { type Channel, type Outgoing, SendFailure } from '../../../src/core/chat.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { createLog } from '../../../src/infra/log.ts'
import { DATABASES, openTestDatabase } from '../../support/open.ts'
import { until } from '../../support/until.ts'

describe.each(DATABASES)('the outbox on %s', (kind) => {
  let database: Database
  let now: Date
  let sent: string[]
  let answers: (SendFailure | 'lost')[]
  let found: string | null
  let delivery: Delivery

  const textOf = ({ card }: Outgoing) => {
    const [block] = card.blocks
    return block?.kind === 'text' ? block.text : ''
  }
  const channel: Channel = {
    name: 'test',
    can: {
      buttons: true,
      forms: true,
      edit: true,
      pictures: true,
      length: 1000,
      paceMs: 0,
      burst: 0,
      perSecond: null,
    },
    senderIs: 'account',
    async start() {},
    async stop() {},
    async send(message) {
      const answer = answers.shift()
      if (answer === 'lost') {
        sent.push(textOf(message))
        throw new SendFailure('unknown', 'the answer was lost')
      }
      if (answer) throw answer
      sent.push(textOf(message))
      return `ref-${sent.length}`
    },
    find: async () => found,
  }
  const open = () =>
    new Delivery({
      database,
      channels: [channel],
      composeCards: async () => new Map(),
      clock: () => now,
      log: createLog('silent'),
    })

  beforeEach(async () => {
    database = await openTestDatabase(kind)
    now = new Date('2026-11-23T00:00:00Z')
    sent = []
    answers = []
    found = null
    delivery = open()
  })
  afterEach(async () => {
    await delivery.stop()
    await database.close()
  })

  const queue = (text: string, conversation = 'one', more = {}) =>
    enqueue(
      database.prisma,
      [
        {
          channel: 'test',
          conversation,
          card: textCard(text),
          onceKey: null,
          replaces: null,
          notBefore: now,
          ...more,
        },
      ],
      now,
    )
  const later = (ms: number) => {
    now = new Date(now.getTime() + ms)
  }
  const states = async () =>
    (await database.prisma.message.findMany({ orderBy: { id: 'asc' } })).map(({ state }) => state)

  test('sends each conversation in the order of saying', async () => {
    for (const text of ['a', 'b', 'c', 'd']) await queue(text)
    await delivery.settled()
    expect(sent).toEqual(['a', 'b', 'c', 'd'])
    expect(await states()).toEqual(['sent', 'sent', 'sent', 'sent'])
  })

  test('a message of one once-key is queued once', async () => {
    expect(await queue('a', 'one', { onceKey: 'morning' })).toBe(1)
    expect(await queue('a', 'two', { onceKey: 'morning' })).toBe(0)
  })

  test('answers are taken beside what is sent to many, each the longest due of its conversation', async () => {
    for (const to of ['one', 'two', 'three']) {
      await queue(`list of ${to}`, to, { onceKey: to })
      await queue(`more for ${to}`, to, { onceKey: `more ${to}` })
    }
    for (const to of ['four', 'five', 'three']) await queue(`answer to ${to}`, to)
    const since = new Date(0)
    const lanes = MESSAGE_KINDS.map((kind) => ({
      channel: 'test',
      kind,
      room: 2,
      since,
      until: now,
    }))
    const taken = await claimDue(database.prisma, lanes, now)
    expect(taken.map(({ conversation, kind }) => [conversation, kind]).toSorted()).toEqual([
      ['five', 'answer'],
      ['four', 'answer'],
      ['one', 'bulk'],
      ['two', 'bulk'],
    ])
  })

  test('what is meant for later waits, and holds nobody up', async () => {
    await queue('later', 'one', { notBefore: new Date(now.getTime() + 60_000) })
    await queue('now')
    await delivery.settled()
    expect(sent).toEqual(['now'])
    later(60_000)
    await delivery.settled()
    expect(sent).toEqual(['now', 'later'])
  })

  test('what fell due long ago is found too, and all of it, by a service that runs', async () => {
    await delivery.start()
    await delivery.settled()
    const longAgo = { notBefore: new Date(now.getTime() - 3_600_000) }
    for (let n = 0; n < 100; n++) await queue(`old ${n}`, `${n}`, longAgo)
    delivery.wake()
    await until(() => expect(sent).toHaveLength(100))
  })

  test('a service that asks to wait is tried again then, in order', async () => {
    answers = [new SendFailure('later', 'slow down', 5000)]
    await queue('a')
    await queue('b')
    await delivery.settled()
    expect(sent).toEqual([])
    later(5000)
    await delivery.settled()
    expect(sent).toEqual(['a', 'b'])
  })

  test('what a service refuses is given up, and the next goes on', async () => {
    answers = [new SendFailure('refused', 'no such conversation')]
    await queue('a')
    await queue('b')
    await delivery.settled()
    expect(sent).toEqual(['b'])
    expect(await states()).toEqual(['failed', 'sent'])
  })

  test('a doubtful send is looked up, and not repeated when it arrived', async () => {
    answers = ['lost']
    await queue('a')
    await delivery.settled()
    expect(await states()).toEqual(['unknown'])
    found = 'ref-found'
    later(60_000)
    await delivery.settled()
    expect(sent).toEqual(['a'])
    expect(await states()).toEqual(['sent'])
  })

  test('a doubtful send that never arrived is repeated', async () => {
    answers = [new SendFailure('unknown', 'timed out')]
    await queue('a')
    await delivery.settled()
    later(60_000)
    await delivery.settled()
    expect(sent).toEqual(['a'])
  })

  test('a message whose sender died is looked up once the lease is over', async () => {
    await queue('a')
    const leased = new Date(now.getTime() + 60_000)
    await database.prisma.message.updateMany({
      data: { state: 'sending', notBefore: leased },
    })
    await delivery.settled()
    expect(sent).toEqual([])
    found = 'ref-1'
    later(60_001)
    await delivery.settled()
    expect(sent).toEqual([])
    expect(await states()).toEqual(['sent'])
  })

  test('two senders on one outbox send nothing twice', async () => {
    const other = open()
    for (let index = 0; index < 40; index++) await queue(`${index}`, `conversation ${index % 8}`)
    await Promise.all([delivery.settled(), other.settled()])
    await Promise.all([delivery.settled(), other.settled()])
    expect(sent.toSorted()).toEqual(Array.from({ length: 40 }, (_, index) => `${index}`).toSorted())
    await other.stop()
  })

  const away = () => new SendFailure('away', 'ECONNREFUSED')
  const MINUTE = 60_000

  /** Minutes go by; so many at a time, as the outbox looks far more often than that. */
  async function pass(minutes: number): Promise<void> {
    for (let left = minutes * 4; left > 0; left--) {
      await delivery.settled()
      later(MINUTE / 4)
    }
    await delivery.settled()
  }

  test.each([
    ['nothing was sent', () => new SendFailure('away', 'ECONNREFUSED')],
    ['nobody knows', () => new SendFailure('unknown', 'ECONNRESET')],
    ['the service is busy', () => new SendFailure('later', 'service_unavailable')],
    ['an error of another kind', () => new TypeError('fetch failed') as SendFailure],
  ])('a service that is away for an hour loses nothing: %s', async (_, fault) => {
    const conversations = ['one', 'two', 'three', 'four', 'five']
    for (const to of conversations) {
      await queue(`list of ${to}`, to, { onceKey: to })
      await queue(`answer to ${to}`, to)
    }
    answers = Array.from({ length: 10_000 }, fault)
    await pass(60)
    expect(sent).toEqual([])
    expect((await states()).includes('failed')).toBe(false)
    answers = []
    await pass(3)
    expect(sent.toSorted()).toEqual(
      conversations.flatMap((to) => [`list of ${to}`, `answer to ${to}`]).toSorted(),
    )
    for (const to of conversations) {
      expect(sent.indexOf(`list of ${to}`)).toBeLessThan(sent.indexOf(`answer to ${to}`))
    }
  })

  test('a service that is away is tried by one message of a kind, and not by all', async () => {
    for (let n = 0; n < 50; n++) await queue(`${n}`, `${n}`)
    answers = Array.from({ length: 10_000 }, away)
    await delivery.settled()
    const first = 10_000 - answers.length
    expect(first).toBeLessThanOrEqual(50)
    await pass(10)
    // Pauses of 1, 2, 4 … 60 seconds: some fifteen in ten minutes.
    expect(10_000 - answers.length - first).toBeLessThanOrEqual(20)
    answers = []
    await pass(2)
    expect(sent).toHaveLength(50)
  })

  test('another channel goes on', async () => {
    const said: string[] = []
    const other: Channel = {
      ...channel,
      name: 'other',
      send: async (message) => `${said.push(textOf(message))}`,
    }
    await delivery.stop()
    delivery = new Delivery({
      database,
      channels: [channel, other],
      composeCards: async () => new Map(),
      clock: () => now,
      log: createLog('silent'),
    })
    answers = Array.from({ length: 100 }, away)
    await queue('a')
    await queue('b', 'one', { channel: 'other' })
    await delivery.settled()
    expect([sent, said]).toEqual([[], ['b']])
  })

  test('what a service cannot take of one message alone holds up nobody else', async () => {
    const faulty = async (message: Outgoing) => {
      if (textOf(message) === 'poison') throw new SendFailure('unknown', 'internal_error')
      sent.push(textOf(message))
      return 'ref'
    }
    await delivery.stop()
    delivery = new Delivery({
      database,
      channels: [{ ...channel, send: faulty }],
      composeCards: async () => new Map(),
      clock: () => now,
      log: createLog('silent'),
    })
    await queue('poison', 'bad')
    for (let minute = 0; minute < 30; minute++) {
      await queue(`${minute}`, 'good')
      await queue(`to ${minute}`, `${minute}`)
      await pass(2)
    }
    expect(sent).toHaveLength(60)
  })

  test.each([
    [
      'an answer, after a day',
      { staleAt: answerUntil(new Date('2026-11-23T00:00:00Z')) },
      24 * 60,
      'failed',
    ],
    ['a notice, after a week', {}, 7 * 24 * 60, 'failed'],
    [
      'a list, with its day',
      { onceKey: 'x', staleAt: new Date('2026-11-23T16:00:00Z') },
      16 * 60,
      'failed',
    ],
    ['a revision, after a day', null, 24 * 60, 'dropped'],
  ] as const)(
    'what waits is given up when it is not worth sending any more: %s',
    async (_, more, minutes, end) => {
      if (more) await queue('a', 'one', more)
      else {
        await database.prisma.$executeRaw`
        insert into message (id, channel, conversation, subject, card, reader_id, not_before, stale_at,
          created_at)
        values (gen_random_uuid(), 'test', 'one', 'x', '{"blocks":[]}', gen_random_uuid(), ${now},
          ${new Date(now.getTime() + 24 * 60 * MINUTE)}, ${now})`
      }
      answers = Array.from({ length: 10_000 }, away)
      await delivery.settled()
      later((minutes - 1) * MINUTE)
      await delivery.settled()
      expect(await states()).toEqual(['queued'])
      later(2 * MINUTE)
      await delivery.settled()
      expect(await states()).toEqual([end])
      answers = []
      await pass(2)
      expect(sent).toEqual([])
      const [message] = await database.prisma.message.findMany()
      expect(message?.error).toContain('stale')
    },
  )

  test('a stale message that may have gone is looked up before it is given up', async () => {
    answers = ['lost']
    await queue('a')
    await delivery.settled()
    found = 'ref-found'
    later(48 * 60 * MINUTE)
    await delivery.settled()
    expect(await states()).toEqual(['sent'])
  })

  test('while looking up fails a message stays in doubt', async () => {
    let reachable = false
    const doubting: Channel = {
      ...channel,
      async find() {
        if (reachable) return 'ref-found'
        throw new SendFailure('refused', 'missing_scope')
      },
    }
    await delivery.stop()
    delivery = new Delivery({
      database,
      channels: [doubting],
      composeCards: async () => new Map(),
      clock: () => now,
      log: createLog('silent'),
    })
    answers = ['lost']
    await queue('a')
    await pass(60)
    expect(await states()).toEqual(['unknown'])
    reachable = true
    await pass(2)
    expect([sent, await states()]).toEqual([['a'], ['sent']])
  })

  /** Sends, and stands still for so long before the message is said, or before it is written down. */
  const standing = (ms: number, when: 'before' | 'within') => {
    const still: Channel = {
      ...channel,
      can: { ...channel.can, paceMs: when === 'before' ? 1 : 0 },
      async send(message) {
        if (when === 'within') later(ms)
        if (!message.claimed?.()) throw new SendFailure('later', 'the claim ran out')
        sent.push(textOf(message))
        return 'ref'
      },
    }
    return new Delivery({
      database,
      channels: [still],
      composeCards: async () => new Map(),
      clock: () => now,
      log: createLog('silent'),
    })
  }

  test.each([
    [5000, ['a'], ['sent']],
    [21_000, [], ['queued']],
    [45_000, [], ['queued']],
  ] as const)(
    'a claim that ran out sends nothing: %d ms between claim and send',
    async (ms, words, end) => {
      const stopped = standing(ms, 'within')
      await queue('a')
      await stopped.settled()
      expect(sent).toEqual(words)
      expect(await states()).toEqual(end)
      later(MINUTE)
      answers = []
      await delivery.settled()
      expect(sent).toEqual(['a'])
      await stopped.stop()
    },
  )

  test('who lost a claim notes nothing over who has it now', async () => {
    const gate = Promise.withResolvers<void>()
    const slow: Channel = {
      ...channel,
      async send() {
        await gate.promise
        throw new SendFailure('refused', 'too late')
      },
    }
    const first = new Delivery({
      database,
      channels: [slow],
      composeCards: async () => new Map(),
      clock: () => now,
      log: createLog('silent'),
    })
    await queue('a')
    const over = first.settled()
    await until(async () => expect(await states()).toEqual(['sending']))
    later(31_000)
    await delivery.settled()
    expect([sent, await states()]).toEqual([['a'], ['sent']])
    gate.resolve()
    await over
    expect(await states()).toEqual(['sent'])
    await first.stop()
  })
})
