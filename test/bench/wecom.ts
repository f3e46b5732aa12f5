import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { push } from '../../src/features/tasks/push-morning.ts'
import { type Database, openPostgres } from '../../src/infra/database/index.ts'
import { fillManagers, settingsOf } from '../channels/crowd.ts'
import { appSettings, botSettings, startWith } from '../channels/wecom/service.ts'
import { openWecomApp } from '../doubles/wecom/app.ts'
import { openWecomBot } from '../doubles/wecom/bot.ts'
import { bankOn } from '../support/bank.ts'
import { startPostgres } from '../support/postgres.ts'
import { type Figure, figure, type Part } from './figure.ts'

/** What each channel sends a second to all people together. */
const PER_SECOND = { app: 160, bot: 50 }
const LIMIT_SECONDS = 30

/** Pushes by both ways with WeCom's limits on, and an instance that dies in the midst of one. */
export const wecomBench: Part = async ({ quick }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-bench-'))
  const postgres = await startPostgres(folder)
  try {
    return [
      await pushByApp(postgres.url, quick ? 640 : 10_000),
      await pushByBot(postgres.url, quick ? 200 : 10_000),
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

async function pushByApp(url: string, lists: number): Promise<Figure> {
  const database = await freshBank(url)
  const wecom = await openWecomApp()
  for (const person of await fillManagers(database, lists, 'wecom-app')) wecom.members.add(person)
  wecom.limited = true
  const { app } = await startWith(appSettings(wecom), database, MONDAY)
  const seconds = await timeOf(
    () => push(app.house, app.house.moment(), { dryRun: false }),
    () => wecom.messages.length >= lists,
  )
  if (wecom.dropped > 0) throw new Error(`${wecom.dropped} were dropped in silence`)
  await app.stop()
  await wecom.close()
  return paced('app', lists, seconds)
}

async function pushByBot(url: string, lists: number): Promise<Figure> {
  const database = await freshBank(url)
  const wecom = await openWecomBot()
  for (const person of await fillManagers(database, lists, 'wecom-bot')) wecom.opened.add(person)
  wecom.limited = true
  const { app } = await startWith(botSettings(wecom), database, MONDAY)
  await wecom.connected()
  const seconds = await timeOf(
    () => push(app.house, app.house.moment(), { dryRun: false }),
    () => wecom.shown.length >= lists,
  )
  await app.stop()
  await wecom.close()
  return paced('bot', lists, seconds)
}

const paced = (way: keyof typeof PER_SECOND, lists: number, seconds: number): Figure =>
  figure(
    'wecom',
    `a push of ${lists} lists by the ${way}`,
    [seconds, 's'],
    [lists / PER_SECOND[way], `limit ${PER_SECOND[way]}/s`],
    1.05,
  )

async function timeOf(does: () => Promise<unknown>, done: () => boolean): Promise<number> {
  const began = performance.now()
  await does()
  while (!done()) await pause(20)
  return (performance.now() - began) / 1000
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
