import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { setAside } from '../../src/cli/operate/set-aside.ts'
import { readConfig } from '../../src/config.ts'
import { newId } from '../../src/core/ids.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { smallPhoto } from '../../src/infra/pictures/picture.ts'
import { KEY } from '../support/keyed.ts'
import { DATABASES, openTestDatabase } from '../support/open.ts'
import { openPhones, type Phones } from '../support/phones.ts'

const AT = '2026-11-23T00:10:00Z'

describe.each(DATABASES)('whoever says more than anybody can type, on %s', (kind) => {
  let database: Database
  let phones: Phones
  beforeEach(async () => {
    database = await openTestDatabase(kind)
    phones = await openPhones(database)
  })
  afterEach(() => phones.close())

  /** So many were said within the minute before, heard by another instance. */
  const saidBefore = (sender: string, count: number, at = AT) =>
    phones.rows(`insert into received
      (id, channel, external_id, conversation, sender, shared, says, received_at, answered_at, attempts)
      select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'phone', '${sender}' || n,
        '${sender}', '${sender}', false, '{"kind": "text", "text": "今日"}', '${at}', '${at}', 1
      from generate_series(1, ${count}) as n returning 1`)

  test('is told once, then not answered, and heard again a minute later', async () => {
    await saidBefore('m1', 50)
    const answers: string[] = []
    for (let n = 0; n < 16; n++) answers.push(await phones.say('m1', `查 无此人${n}`))
    // The instance asks only of whom it saw often.
    expect(answers.slice(0, 15).every((answer) => answer.includes('没有找到'))).toBe(true)
    const told = answers.findIndex((answer) => answer.includes('一分钟最多办 60 条'))
    expect(told).toBe(15)
    expect(await phones.say('m1', '今日')).toBe('')
    // Nobody else is held up.
    expect(await phones.say('m3', '今日')).toContain('今天没有到期的任务')
    phones.setClock('2026-11-23T08:11:01+08:00')
    expect(await phones.say('m1', '今日')).toContain('今天')
  })

  test('a stranger who floods is limited alike, and nothing of it is counted against others', async () => {
    await saidBefore('guest', 60)
    for (let n = 0; n < 15; n++) await phones.say('guest', '你好')
    expect(await phones.say('guest', '你好')).toContain('一分钟最多办 60 条')
    expect(await phones.say('guest', '你好')).toBe('')
    expect(await phones.say('m1', '今日')).toContain('今天')
  })
})

describe('what was set aside', () => {
  const ask = async (database: Database, act: string, which: string | null) => {
    const lines: string[] = []
    const print = vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(`${line}`))
    await setAside(readConfig({ ...KEY, DATABASE_URL: `${database.url}` }), act, which).finally(
      () => print.mockRestore(),
    )
    return lines.join('\n')
  }

  test('is listed without its words, and tried once more when an operator says so', async () => {
    const database = await openTestDatabase('postgres')
    const phones = await openPhones(database)
    const ids = [newId(), newId()]
    await database.prisma.received.createMany({
      data: ids.map((id, n) => ({
        ...{ id, channel: 'phone', externalId: id, conversation: `m${n + 1}`, shared: false },
        ...{ sender: `m${n + 1}`, says: { kind: 'text', text: '查 张三' }, attempts: 6 },
        ...{ receivedAt: new Date(AT), answeredAt: new Date(AT), setAsideAt: new Date(AT) },
      })),
    })
    const [first = '', second = ''] = ids.map((id) => id.slice(-8))
    const list = await ask(database, 'list', null)
    expect(list.split('\n')).toHaveLength(2)
    expect(list).toContain(first)
    expect(list).not.toContain('张三')
    await expect(ask(database, 'retry', null)).rejects.toThrow('all')
    await expect(ask(database, 'retry', 'nothing')).rejects.toThrow('nothing')
    await expect(ask(database, 'drop', 'all')).rejects.toThrow('list')
    expect(await ask(database, 'retry', first)).toContain('1 条')
    expect(
      await phones.rows(`select attempts::int from received where answered_at is null`),
    ).toEqual([{ attempts: 5 }])
    expect(await ask(database, 'list', null)).toContain(second)
    await phones.close()
  })
})

test('a photo is a JPEG, PNG or WebP, and no larger than a camera makes', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
  const { default: sharp } = await import('sharp')
  const red = sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
  expect(await smallPhoto(Buffer.from(svg))).toBeNull()
  expect(await smallPhoto(await red.clone().gif().toBuffer())).toBeNull()
  for (const file of [red.clone().jpeg(), red.clone().png(), red.clone().webp()]) {
    expect((await smallPhoto(await file.toBuffer()))?.subarray(0, 2)).toEqual(
      Buffer.from([0xff, 0xd8]),
    )
  }
  // A few bytes that claim to be 30 000 pixels square.
  const claims = await red.clone().png().toBuffer()
  claims.writeUInt32BE(30_000, 16)
  claims.writeUInt32BE(30_000, 20)
  expect(await smallPhoto(claims)).toBeNull()
})
