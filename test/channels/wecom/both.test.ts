import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../../src/app.ts'
import { joinDirectory } from '../../../src/bot/inbox/sender/accounts.ts'
import { push } from '../../../src/features/tasks/list/push-morning.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { openWecomApp, type WecomAppDouble } from '../../doubles/wecom/app.ts'
import { appPersonOf } from '../../doubles/wecom/app-person.ts'
import { openWecomBot, type WecomBotDouble } from '../../doubles/wecom/bot.ts'
import { botPersonOf } from '../../doubles/wecom/bot-person.ts'
import { bankOn, CLIENTS, MONDAY } from '../../support/bank.ts'
import { openTestDatabase } from '../../support/open.ts'
import { until } from '../../support/until.ts'
import { appSettings, botSettings, startWith, textOf } from './service.ts'

const people = ['u-M1', 'u-M2', 'u-M3'] as const

let bot: WecomBotDouble
let wecomApp: WecomAppDouble
let database: Database
let app: App
let now = new Date(MONDAY)

beforeAll(async () => {
  ;[bot, wecomApp] = [await openWecomBot(), await openWecomApp()]
  database = await openTestDatabase('postgres')
  const tasks = [{ due_on: '2026-11-23', reason: 'entry', priority: 45 }]
  await bankOn(
    database,
    CLIENTS.map((client) => (client.owner === 'M3' ? { ...client, tasks } : client)),
  )
  await database.prisma.$executeRaw`delete from account`
  // The bank's contact list names everybody in both; nobody wrote to the bot yet.
  const contacts = ['M1', 'M2', 'M3'].map((code) => ({ code, userId: `u-${code}` }))
  for (const channel of ['wecom-bot', 'wecom-app']) {
    await joinDirectory(database.prisma, contacts, { channel, reachable: false, now: new Date() })
  }
  const settings = { ...botSettings(bot), ...appSettings(wecomApp) }
  const started = await startWith(settings, database, () => now)
  app = started.app
  wecomApp.endpoint = `${started.url}/wecom/app`
  await bot.connected()
  for (const person of people) wecomApp.members.add(person)
})
afterAll(async () => {
  await app.stop()
  await Promise.all([bot.close(), wecomApp.close()])
})

const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
}
/** How many lists of a day stand with each person: by the bot, and by the app. */
const lists = (date: string) =>
  Object.fromEntries(
    people.map((person) => {
      // A long one is two messages, of which one counts.
      const isList = (text: string) => text.includes(date) && /今天 \d+ 件/.test(text)
      const byBot = botPersonOf(bot, person).seen.map(textOf).filter(isList).length
      const byApp = appPersonOf(wecomApp, person).seen.map(textOf).filter(isList).length
      return [person, [byBot, byApp]]
    }),
  )
const pushed = async () => {
  await push(app.services, app.services.moment(), { dryRun: false })
  await app.delivery.settled()
}

test('each person gets one list, by the way they last used, or the app where they never wrote', async () => {
  const [one, , three] = people
  botPersonOf(bot, one).say('帮助')
  botPersonOf(bot, three).say('帮助')
  await until(() => expect(bot.shown).toHaveLength(2))
  later(1)
  await appPersonOf(wecomApp, three).say('帮助')
  await until(() => expect(appPersonOf(wecomApp, three).seen.length).toBeGreaterThan(0))
  await pushed()
  await pushed()
  await until(() =>
    expect(lists('11月23日')).toEqual({ 'u-M1': [1, 0], 'u-M2': [0, 0], 'u-M3': [0, 1] }),
  )
  expect(appPersonOf(wecomApp, 'u-M2').seen.map(textOf).join()).toContain('Morning')
})

test('an answer comes where it was asked, and nowhere else', async () => {
  const [one, two] = people
  const before = bot.shown.length
  await appPersonOf(wecomApp, one).say('查 张三')
  await until(() =>
    expect(appPersonOf(wecomApp, one).seen.map(textOf).join()).toContain('顺发五金店'),
  )
  expect(bot.shown).toHaveLength(before)
  const calls = appPersonOf(wecomApp, two).seen.length
  botPersonOf(bot, two).say('today')
  await until(() => expect(botPersonOf(bot, two).seen.map(textOf).join()).toContain('Tom'))
  expect(appPersonOf(wecomApp, two).seen).toHaveLength(calls)
})

test('who went over to the other way is reached there the next day', async () => {
  later(24 * 60)
  await pushed()
  await until(() =>
    expect(lists('11月24日')).toEqual({ 'u-M1': [0, 1], 'u-M2': [0, 0], 'u-M3': [0, 1] }),
  )
  const morning = botPersonOf(bot, 'u-M2').seen.map(textOf)
  expect(morning.filter((text) => text.includes('Morning'))).toHaveLength(2)
})

test('a click on a card of yesterday is answered for the line that it shows, and once', async () => {
  const zhou = botPersonOf(bot, 'u-M1')
  const list = zhou.seen.find((each) => textOf(each).includes('11月23日'))
  if (!list) throw new Error('no list')
  const answers = () => zhou.seen.map(textOf).join('\n')
  zhou.press(list, '没接', '隆盛')
  await until(() => expect(answers()).toContain('已记：王芳 没接'))
  await app.delivery.settled()
  const kinds = () => database.prisma.outcome.count({ where: { undoneAt: null } })
  expect(await kinds()).toBe(1)
  later(24 * 60)
  const before = zhou.seen.length
  zhou.press(list, '没接', '隆盛')
  await until(() => expect(zhou.seen.length).toBeGreaterThan(before))
  expect(textOf(zhou.seen.at(-1))).toContain('王芳 这一件您已经登记过')
  expect(await kinds()).toBe(1)
})
