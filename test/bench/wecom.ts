import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { push } from '../../src/features/tasks/list/push-morning.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { fillManagers, settingsOf } from '../channels/crowd.ts'
import { appSettings, botSettings, startWith } from '../channels/wecom/service.ts'
import { openWecomApp } from '../doubles/wecom/app.ts'
import { openWecomBot } from '../doubles/wecom/bot.ts'
import { bankOn } from '../support/bank.ts'
import { type Figure, figure, type Part } from './figure.ts'
import { startServer } from './server.ts'

/**
 * What may be sent a second to all people together: WeCom lets an app make 10 000 calls a minute; of
 * the bot it documents no such limit, so that ours is what we keep to.
 */
const LIMIT = {
  app: { perSecond: 10_000 / 60, versus: 'limit 10 000/min' },
  bot: { perSecond: 50, versus: 'our pace 50/s' },
}
const LIMIT_SECONDS = 30

/** Pushes by both ways with WeCom's limits on, and an instance that dies in the midst of one. */
export const wecomBench: Part = async ({ quick }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-bench-'))
  const postgres = await startServer(folder)
  try {
    return [
      await pushBy('app', postgres.url, quick ? 640 : 10_000),
      await pushBy('bot', postgres.url, quick ? 200 : 10_000),
      await failOver(postgres.url, folder, quick ? 150 : 1000),
    ]
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A bank of its own in the one server. */
async function freshBank(url: string): Promise<Database> {
  const database = await openPostgres(url)
  await database.prisma.$executeRawUnsafe(
    'truncate staff, unit, client, message, received, task, account, lease, setting, task_list cascade',
  )
  await bankOn(database, [])
  // Nobody else is told anything.
  await database.prisma.$executeRaw`delete from account`
  return database
}

const MONDAY = () => new Date('2026-11-23T08:10:00+08:00')

/** WeCom, its limits on, with people that either way reaches. */
const WAYS = {
  async app(people: readonly string[]) {
    const wecom = await openWecomApp()
    for (const person of people) wecom.members.add(person)
    wecom.limited = true
    const dropped = () => wecom.dropped + wecom.calls.filter(({ errcode }) => errcode !== 0).length
    return {
      settings: appSettings(wecom),
      connected: async () => {},
      reached: () => wecom.messages.map(({ user }) => user),
      dropped,
      close: () => wecom.close(),
    }
  },
  async bot(people: readonly string[]) {
    const wecom = await openWecomBot()
    for (const person of people) wecom.opened.add(person)
    wecom.limited = true
    return {
      settings: botSettings(wecom),
      connected: () => wecom.connected(),
      reached: () => wecom.shown.map(({ chat }) => chat),
      dropped: () => wecom.refused.length,
      close: () => wecom.close(),
    }
  },
}

async function pushBy(way: keyof typeof WAYS, url: string, lists: number): Promise<Figure> {
  const database = await freshBank(url)
  const wecom = await WAYS[way](await fillManagers(database, lists, `wecom-${way}`))
  const { app } = await startWith(wecom.settings, database, MONDAY)
  await wecom.connected()
  const began = performance.now()
  await push(app.services, app.services.moment(), { dryRun: false })
  while (wecom.reached().length < lists) await pause(20)
  const seconds = (performance.now() - began) / 1000
  const people = new Set(wecom.reached()).size
  if (people !== lists || wecom.dropped() > 0) {
    throw new Error(`${people} of ${lists} reached, ${wecom.dropped()} refused or dropped`)
  }
  await app.stop()
  await wecom.close()
  const { perSecond, versus } = LIMIT[way]
  const what = `a push of ${lists} lists by the ${way}, each once`
  return figure('wecom', what, [seconds, 's'], [lists / perSecond, versus], 1.05)
}

/** The instance that is connected dies in the midst of a push; another one finishes it. */
async function failOver(url: string, folder: string, lists: number): Promise<Figure> {
  const database = await freshBank(url)
  const wecom = await openWecomBot()
  for (const person of await fillManagers(database, lists, 'wecom-bot')) wecom.opened.add(person)
  const env = {
    PATH: process.env['PATH'] ?? '',
    ...settingsOf(database),
    MORNING_AT: '23:59',
    ...botSettings(wecom),
  }
  const start = (...words: string[]): ChildProcess =>
    spawn(process.execPath, [path.resolve('src/main.ts'), ...words], {
      cwd: folder,
      env,
      stdio: 'ignore',
    })
  const first = start('start')
  await wecom.connected()
  const second = start('start')
  await pause(5000)
  await once(start('push', '--now', '2026-11-23T08:07:00+08:00'), 'exit')
  while (wecom.shown.length < lists / 4) await pause(20)
  const again = wecom.reconnected()
  const began = performance.now()
  first.kill('SIGKILL')
  await again
  const seconds = (performance.now() - began) / 1000
  const left = { state: { in: ['queued', 'sending', 'unknown'] } }
  while (await database.prisma.message.count({ where: left })) await pause(200)
  const people = new Set(wecom.shown.map(({ chat }) => chat)).size
  if (people !== lists || wecom.shown.length !== lists) {
    throw new Error(`${wecom.shown.length} lists to ${people} of ${lists} people`)
  }
  second.kill('SIGTERM')
  await once(second, 'exit')
  await database.close()
  await wecom.close()
  return figure(
    'wecom',
    `fail-over in the midst of ${lists} lists, each once`,
    [seconds, 's'],
    [LIMIT_SECONDS, `limit ${LIMIT_SECONDS} s`],
    1,
  )
}
