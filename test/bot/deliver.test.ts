import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createDelivery, type Delivery } from '../../src/bot/deliver.ts'
import { KINDS, takeDue } from '../../src/bot/due.ts'
import { queueLetters } from '../../src/bot/outbox.ts'
import { say } from '../../src/core/card.ts'
import { type Channel, type Outgoing, SendFailure } from '../../src/core/chat.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { createLog } from '../../src/infra/log.ts'
import { DATABASES, openTestDatabase } from '../support/open.ts'

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
    createDelivery(
      database,
      [channel],
      async () => new Map(),
      () => now,
      createLog('silent'),
    )

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
    queueLetters(
      database.prisma,
      [
        {
          channel: 'test',
          conversation,
          card: say(text),
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
    const lanes = KINDS.map((kind) => ({ channel: 'test', kind, room: 2, since, until: now }))
    const taken = await takeDue(database.prisma, lanes, now)
    expect(taken.map(({ conversation, kind }) => [conversation, kind]).toSorted()).toEqual([
      ['five', 'answer'],
      ['four', 'answer'],
      ['one', 'many'],
      ['two', 'many'],
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
    await vi.waitFor(() => expect(sent).toHaveLength(100), { timeout: 5000 })
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

  test('after eight tries a message is given up', async () => {
    answers = Array.from({ length: 9 }, () => new SendFailure('later', 'down'))
    await queue('a')
    for (let turn = 0; turn < 9; turn++) {
      await delivery.settled()
      later(120_000)
    }
    expect(await states()).toEqual(['failed'])
  })
})
