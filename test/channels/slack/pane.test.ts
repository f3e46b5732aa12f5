/** @module-tag long */

import { afterEach, expect, test } from 'vitest'
import type { App } from '../../../src/app.ts'
import { BOT_SCOPES, PANE_SCOPE } from '../../../src/channels/slack/app.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import type { SlackDouble, SlackMessage } from '../../doubles/slack/index.ts'
import { personOf, type SlackPerson } from '../../doubles/slack/person.ts'
import { MONDAY } from '../../support/bank.ts'
import { standStill } from '../../support/hold.ts'
import { until } from '../../support/until.ts'
import { openSlackBank, startOnSlack } from './service.ts'

const textOf = (message: SlackMessage | undefined) => JSON.stringify(message?.blocks ?? '')

let slack: SlackDouble
let database: Database
let app: App
let zhou: SlackPerson

/** A workspace whose app has these scopes. */
async function open(scopes: readonly string[]): Promise<void> {
  ;({ slack, database } = await openSlackBank('postgres'))
  slack.scopes = [...scopes]
  zhou = personOf(slack, 'UZHOU', { email: 'M1@bank.example' })
  let ticks = new Date(MONDAY).getTime()
  app = (await startOnSlack(slack, database, 'socket', () => new Date(ticks++))).app
}
const withPane = [...BOT_SCOPES, PANE_SCOPE]
afterEach(async () => {
  await app.stop()
  await slack.close()
})

/** Waits for one more message than there was; resolves to it. */
async function next(person: SlackPerson, does: () => Promise<unknown>): Promise<SlackMessage> {
  const before = person.seen.length
  await does()
  await until(() => expect(person.seen.length).toBeGreaterThan(before))
  return person.seen.at(-1) as SlackMessage
}

test('a pane suggests what its reader begins with, and what is suggested is understood', async () => {
  await open(withPane)
  const lead = personOf(slack, 'ULEAD', { email: 'l1@bank.example' })
  const threads = [await zhou.openPane(), await lead.openPane()] as const
  const suggested = (person: SlackPerson, thread?: string) =>
    person.pane(thread)?.prompts.map(({ message }) => message)
  await until(() => expect(suggested(zhou, threads[0])).toEqual(['今日', '帮助']))
  await until(() => expect(suggested(lead, threads[1])).toEqual(['今日', '逾期', '帮助']))
  expect(lead.pane(threads[1])?.heading).toContain('您好。直接说就行')
  const answer = await next(lead, () => lead.say('逾期', { thread_ts: threads[1] }))
  expect(answer.thread).toBe(threads[1])
  expect(textOf(answer)).toContain('逾期')
  // Newer agents have their pane in the conversation itself; it is opened often, and nothing is said.
  await zhou.openMessages()
  await until(() => expect(suggested(zhou)).toEqual(['今日', '帮助']))
  await app.delivery.settled()
  expect(zhou.seen).toEqual([])
})

test('what is said in a pane is answered there once, with its list kept true, and is its title', async () => {
  await open(withPane)
  const thread_ts = await zhou.openPane()
  const list = await next(zhou, () => zhou.say('今日', { thread_ts }))
  await until(() => expect(zhou.pane(thread_ts)?.title).toBe('今日'))
  const logged = await next(zhou, () => zhou.say('张三 有意向 50万 13800138000', { thread_ts }))
  expect(logged.thread).toBe(thread_ts)
  const shown = () => zhou.seen.find(({ ts }) => ts === list.ts)
  await until(async () => {
    await app.delivery.settled()
    expect(shown()?.edits).toBe(1)
  })
  expect(textOf(shown())).not.toContain('134 9001 0001')
  expect((await next(zhou, () => zhou.edit('张三 有意向 30万'))).thread).toBe(thread_ts)
  expect(zhou.pane(thread_ts)?.title).toBe('今日')
  // Who is unknown hears what to do, there.
  const stranger = personOf(slack, 'UWHO', {})
  const own = await stranger.openPane()
  await until(() => expect(textOf(stranger.seen.at(-1))).toContain('还没有登记'))
  expect(stranger.seen.at(-1)?.thread).toBe(own)
})

test('a title tells no phone number; who waits is told that it is worked on, until it is answered', async () => {
  await open(withPane)
  const thread_ts = await zhou.openPane()
  await until(() => expect(zhou.pane(thread_ts)?.prompts).toHaveLength(2))
  const letGo = await standStill(database, 'task')
  await zhou.say('新客户 李四 138 0013 8000 五金店', { thread_ts })
  await until(() => expect(zhou.pane(thread_ts)?.status).toBe('正在处理…'))
  expect(zhou.pane(thread_ts)?.title).toBe('新客户 李四 … 五金店')
  await letGo()
  await until(() => expect(textOf(zhou.seen.at(-1))).toContain('已登记新客户：'))
  expect(zhou.pane(thread_ts)).toMatchObject({ status: '', statuses: ['正在处理…'] })
})

test('where the workspace refuses it, all is said as plain messages, and it is not asked again', async () => {
  await open(withPane)
  const asked = () => slack.calls.filter(({ method }) => method.startsWith('assistant.')).length
  for (const method of ['setStatus', 'setTitle', 'setSuggestedPrompts']) {
    slack.forbidden.set(`assistant.threads.${method}`, 'access_denied')
  }
  const thread_ts = await zhou.openPane()
  await until(() => expect(textOf(zhou.seen.at(-1))).toContain('直接说就行'))
  expect(zhou.seen.at(-1)?.thread).toBe(thread_ts)
  const help = await next(zhou, () => zhou.press(zhou.seen.at(-1) as SlackMessage, '帮助'))
  expect(help.thread).toBe(thread_ts)
  expect(textOf(await next(zhou, () => zhou.say('今日', { thread_ts })))).toContain('张三')
  const again = await zhou.openPane()
  await until(() => expect(zhou.seen.at(-1)?.thread).toBe(again))
  expect(asked()).toBe(1)
})

test('an app without it asks for nothing of it', async () => {
  await open(BOT_SCOPES)
  await zhou.openMessages()
  await next(zhou, () => zhou.say('今日', { thread_ts: '7.1' }))
  expect(await database.prisma.received.count()).toBe(1)
  expect(slack.calls.filter(({ method }) => method.startsWith('assistant.'))).toEqual([])
})
