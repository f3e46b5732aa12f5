/** @module-tag long */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { App } from '../../../src/app.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import type { SlackDouble, SlackMessage } from '../../doubles/slack/index.ts'
import { personOf, type SlackPerson } from '../../doubles/slack/person.ts'
import { MONDAY } from '../../support/bank.ts'
import { until } from '../../support/until.ts'
import { openSlackBank, startOnSlack } from './service.ts'

const textOf = (message: SlackMessage | undefined) => JSON.stringify(message?.blocks ?? '')
const never = (slack: SlackDouble): void => {
  slack.filesThereMs = Number.POSITIVE_INFINITY
}
const HALF_AN_HOUR_MS = 30 * 60_000

describe('what Slack does not take', () => {
  let slack: SlackDouble
  let database: Database
  let app: App
  let zhou: SlackPerson
  let now: Date

  beforeEach(async () => {
    ;({ slack, database } = await openSlackBank('postgres'))
    zhou = personOf(slack, 'UZHOU', { email: 'M1@bank.example' })
    now = new Date(MONDAY)
    app = (await startOnSlack(slack, database, 'socket', () => now)).app
  })
  afterEach(async () => {
    await app.stop()
    await slack.close()
  })

  /** The house's clock goes on while the outbox waits for what it tries again. */
  async function next(person: SlackPerson, does: () => Promise<unknown>): Promise<SlackMessage> {
    const before = person.seen.length
    await does()
    await until(async () => {
      now = new Date(now.getTime() + 1000)
      await app.delivery.settled()
      expect(person.seen.length).toBeGreaterThan(before)
    })
    return person.seen.at(-1) as SlackMessage
  }

  test('where the workspace takes no blocks of 2026, the same is said in sections, and it is asked once', async () => {
    const kinds = (message: SlackMessage) => message.blocks.map(({ type }) => type)
    const list = await next(zhou, () => zhou.say('今日'))
    expect(kinds(list)).toContain('card')
    slack.dated = true
    const refused = () => slack.calls.filter(({ error }) => error === 'invalid_blocks').length
    for (const does of [() => zhou.say('今日'), () => zhou.say('进度')]) {
      const answer = await next(zhou, does)
      expect(kinds(answer)).not.toContain('card')
      expect(refused()).toBe(1)
    }
    const answer = await next(zhou, () => zhou.press(zhou.seen[1] as SlackMessage, '没接'))
    expect(textOf(answer)).toContain('已记')
    expect(await database.prisma.message.count({ where: { state: 'failed' } })).toBe(0)
  })

  test('a picture that Slack does not know at once is waited for', async () => {
    slack.filesThereMs = 1500
    const answer = await next(zhou, () => zhou.say('我的码'))
    expect(answer.blocks.map(({ type }) => type)).toContain('image')
    const uploads = slack.calls.filter(({ method }) => method === 'files.getUploadURLExternal')
    expect(uploads).toHaveLength(answer.blocks.filter(({ type }) => type === 'image').length)
  })

  test.each([
    ['never there', (double: SlackDouble) => never(double)],
    [
      'missing_scope',
      (double: SlackDouble) =>
        void double.forbidden.set('files.getUploadURLExternal', 'missing_scope'),
    ],
    [
      'file_uploads_disabled',
      (double: SlackDouble) =>
        void double.forbidden.set('files.getUploadURLExternal', 'file_uploads_disabled'),
    ],
    [
      'unknown_method',
      (double: SlackDouble) =>
        void double.forbidden.set('files.getUploadURLExternal', 'unknown_method'),
    ],
    [
      'refused at the end',
      (double: SlackDouble) =>
        void double.forbidden.set('files.completeUploadExternal', 'posting_to_channel_denied'),
    ],
    [
      'known, and refused in the message all the same',
      (double: SlackDouble) => {
        double.filesThereMs = Number.POSITIVE_INFINITY
        double.forbidden.set('files.info', 'method_deprecated')
      },
    ],
  ])('the words of an answer arrive though its picture cannot: %s', async (_, spoil) => {
    await next(zhou, () => zhou.say('今日'))
    spoil(slack)
    const answer = await next(zhou, () => zhou.say('我的码'))
    expect(textOf(answer)).toContain('/r/')
    expect(textOf(answer)).toContain('没能发到这里')
    expect(answer.blocks.map(({ type }) => type)).not.toContain('image')
    expect(await database.prisma.message.count({ where: { state: 'failed' } })).toBe(0)
  })

  test('the words of a file arrive too', async () => {
    const lead = personOf(slack, 'ULEAD', { email: 'l1@bank.example' })
    slack.forbidden.set('files.completeUploadExternal', 'file_uploads_disabled')
    const answer = await next(lead, () => lead.say('指标表'))
    expect(textOf(answer)).toContain('没能发到这里')
    expect(textOf(answer)).toContain('.xlsx')
  })

  test('an English reader hears so in English', async () => {
    await next(zhou, () => zhou.say('设置 语言 英文'))
    slack.forbidden.set('files.getUploadURLExternal', 'file_uploads_disabled')
    const answer = await next(zhou, () => zhou.say('my code'))
    expect(textOf(answer)).toContain('could not be sent here: ask for it again')
  })

  test.each([
    ['a public channel with the bot', 'C1', false],
    ['a public channel without the bot', 'C2', true],
    ['a private channel', 'G3', true],
    ['a group conversation', 'G4', true],
  ])(
    'a slash command is answered in %s, to the asker alone, with masked phones',
    async (_, room, outside) => {
      if (outside) slack.outside.add(room)
      const answer = await next(zhou, () => zhou.slash('查 张三', room))
      expect([answer.channel, answer.onlyFor]).toEqual([room, 'UZHOU'])
      expect(textOf(answer)).toContain('134****0001')
      // What stands there can be pressed, and is answered there too.
      const list = await next(zhou, () => zhou.slash('今日', room))
      const logged = await next(zhou, () => zhou.press(list, '没接'))
      expect([logged.channel, logged.onlyFor]).toEqual([room, 'UZHOU'])
      expect(textOf(logged)).toContain('已记')
    },
  )

  test.each([
    [
      'older than half an hour',
      (room: string) => slack.hook(room, 'UZHOU', Date.now() - HALF_AN_HOUR_MS - 1),
    ],
    ['unknown to Slack', () => `${slack.apiUrl.replace('/api/', '')}/hooks/none`],
    ['no address of Slack', () => 'https://example.com/steal'],
    ['none', () => undefined],
  ])(
    'where the address is %s, it is answered in the person’s own conversation',
    async (_, hook) => {
      slack.outside.add('G3')
      const answer = await next(zhou, () =>
        zhou.slash('查 张三', 'G3', { response_url: hook('G3') }),
      )
      expect([answer.channel, answer.onlyFor]).toEqual(['DZHOU', null])
      expect(textOf(answer)).toContain('134****0001')
    },
  )

  test('an answer by an address that may have been heard says so when it is said again', async () => {
    slack.outside.add('G3')
    slack.fail('response_url', { kind: 'status', status: 500 })
    const answer = await next(zhou, () => zhou.slash('查 张三', 'G3'))
    expect(textOf(answer)).toContain('如已收到同样内容')
    expect(zhou.seen).toHaveLength(1)
  })

  test('a slash in a conversation whose id is that of a direct one is answered there', async () => {
    const answer = await next(zhou, () =>
      zhou.slash('查 张三', undefined, { channel_name: 'zhou' }),
    )
    expect([answer.channel, answer.onlyFor]).toEqual(['DZHOU', null])
    expect(textOf(answer)).toContain('134 9001 0001')
  })

  test('a connection that ends while Slack is away comes back, and nothing ends with it', async () => {
    const fault = { kind: 'status', status: 503 } as const
    slack.fail('apps.connections.open', fault, fault)
    const again = slack.reconnected()
    slack.dropConnections('cut')
    await again
    expect(textOf(await next(zhou, () => zhou.say('今日')))).toContain('晨会')
  })
})
