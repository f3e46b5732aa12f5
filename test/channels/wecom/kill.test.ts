import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Database } from '../../../src/infra/database/index.ts'
import { openWecomBot } from '../../doubles/wecom/bot.ts'
import { bankOn } from '../../support/bank.ts'
import { openTestDatabase } from '../../support/open.ts'
import { fillManagers, settingsOf } from './crowd.ts'
import { botSettings } from './service.ts'

const MANAGERS = 60
const KILLS = 4

let database: Database
let folder: string
let running: ChildProcess | null = null
let seed = 11

/** The same moments at every run. */
const chance = (below: number): number => {
  seed = (seed * 48271) % 2147483647
  return seed % below
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chenhui-kill-'))
  database = await openTestDatabase('postgres')
  await bankOn(database, [])
})
afterEach(async () => {
  running?.kill('SIGKILL')
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

/** Starts the service again and again, and kills it in the midst of a push, until the last time. */
async function survive(
  settings: Record<string, string>,
  listed: () => string[],
  connected: () => Promise<unknown>,
): Promise<void> {
  const main = path.resolve('src/main.ts')
  const env = { PATH: process.env['PATH'] ?? '', ...settingsOf(database), ...settings }
  const run = (...words: string[]) =>
    spawn(process.execPath, [main, ...words], { cwd: folder, env, stdio: 'ignore' })
  await once(run('push', '--now', '2026-11-23T08:07:00+08:00'), 'exit')
  for (let kill = 0; kill < KILLS; kill++) {
    running = run('start')
    const before = listed().length
    await connected()
    await vi.waitFor(() => expect(listed().length).toBeGreaterThan(before), { timeout: 60_000 })
    await pause(chance(150))
    running.kill('SIGKILL')
    await once(running, 'exit')
    // The one that died holds the connection no longer than its lease.
    await database.prisma.$executeRaw`update lease set until = now()`
    // What was on its way is in doubt at once, instead of after half a minute.
    await database.prisma.$executeRaw`
      update message set not_before = now() where state = 'sending'`
  }
  expect(listed().length).toBeLessThan(MANAGERS)
  running = run('start')
  const left = { state: { in: ['queued', 'sending', 'unknown'] } }
  await vi.waitFor(
    async () => expect(await database.prisma.message.count({ where: left })).toBe(0),
    { timeout: 90_000, interval: 200 },
  )
  expect(new Set(listed()).size).toBe(MANAGERS)
  expect(listed()).toHaveLength(MANAGERS)
}

test('over kill -9 in the midst of a push by the bot, each manager sees exactly one list', async () => {
  const wecom = await openWecomBot()
  const people = await fillManagers(database, MANAGERS, 'wecom-bot')
  for (const person of people) wecom.opened.add(person)
  const lists = () =>
    wecom.shown
      .filter(({ card }) => card?.main_title.title.includes('11月23日'))
      .map(({ chat }) => chat)
  await survive(botSettings(wecom), lists, () => wecom.connected())
  await wecom.close()
}, 240_000)
