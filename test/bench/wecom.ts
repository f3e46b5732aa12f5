import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
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
import { KEYED } from '../support/keyed.ts'
import { holdBack, release } from './faults/bank.ts'
import { type Bench, type Row, row } from './row.ts'
import { withServer } from './server.ts'

/**
 * What may be sent a second to all people together: WeCom lets an app make 10 000 calls a minute; of
 * the bot it documents no such limit, so that ours is what we keep to.
 */
const PACE = {
  app: { perSecond: 10_000 / 60, peer: 'the 10 000 calls a minute that WeCom allows' },
  bot: { perSecond: 50, peer: 'our pace of 50/s' },
}

/** Without renewal the lease of a dead instance lapses after this (src/infra/lease.ts), on any machine. */
const LEASE_SECONDS = 15
/** 30 s (measured: 15) by the lease: a timer decides it, not the machine. */
const FAIL_OVER_LIMIT = 2

/** Pushes by both ways with WeCom's limits on, and an instance that dies in the midst of one. */
export const wecomBench: Bench = ({ quick }) =>
  withServer(async (url, folder) => [
    await pushBy('app', url, quick ? 640 : 10_000),
    await pushBy('bot', url, quick ? 200 : 10_000),
    await failOver(url, folder, quick ? 150 : 1000),
  ])

/** A bank of its own in the one server. */
async function freshBank(url: string): Promise<Database> {
  const database = await openPostgres(url, KEYED)
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

async function pushBy(way: keyof typeof WAYS, url: string, lists: number): Promise<Row> {
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
  const { perSecond, peer } = PACE[way]
  const what = `a push of ${lists} lists by the ${way}, each once`
  return row(what, [seconds, 's'], [peer, lists / perSecond], 1.05)
}

/** The instance that is connected dies in the midst of a push; another one finishes it. */
async function failOver(url: string, folder: string, lists: number): Promise<Row> {
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
  await once(start('push', '--now', '2026-11-23T08:07:00+08:00'), 'exit')
  await holdBack(database)
  const first = start('start')
  await wecom.connected()
  const second = start('start')
  await pause(5000)
  await release(database)
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
  return row(
    `fail-over in the midst of ${lists} lists, each once`,
    [seconds, 's'],
    ['the lease of the instance that died', LEASE_SECONDS],
    FAIL_OVER_LIMIT,
  )
}
