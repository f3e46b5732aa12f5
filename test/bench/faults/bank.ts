import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../../src/infra/database/index.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { fillManagers, settingsOf } from '../../channels/crowd.ts'
import type { PlayedChat } from '../../channels/kill/chats.ts'
import { bankOn } from '../../support/bank.ts'
import { KEYED } from '../../support/keyed.ts'
import { startPostgres } from '../../support/postgres.ts'
import type { Tally } from './tally.ts'

/** A bank whose morning lists are pushed by hand, on a server and by a chat of its own. */
export interface PlayedBank {
  readonly database: Database
  /** Starts an instance of the service. */
  start(): ChildProcess
  /** Pushes the lists of a day, to be sent when they are released. */
  push(): Promise<void>
  /** Lets the lists go. */
  release(): Promise<void>
  /** How many lists wait to be sent. */
  waiting(): Promise<number>
  /** What became of the lists. */
  tally(): Promise<Tally>
  stop(): Promise<void>
}

const DAY = '2026-11-23'
const LOOK_MS = 200

export async function openBank(
  chat: PlayedChat,
  managers: number,
  settings: Readonly<Record<string, string>>,
): Promise<PlayedBank> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-faults-'))
  const postgres = await startPostgres(folder)
  const database = await openPostgres(postgres.url, KEYED)
  const { prisma } = database
  await bankOn(database, [])
  // Nobody else is told anything.
  await prisma.$executeRaw`delete from account`
  chat.know(await fillManagers(database, managers, chat.channel))
  const env = { PATH: process.env['PATH'] ?? '', ...settingsOf(database), ...settings }
  const main = path.resolve('src/main.ts')
  const started: ChildProcess[] = []
  const run = (...words: string[]) => {
    const one = spawn(process.execPath, [main, ...words], { cwd: folder, env, stdio: 'ignore' })
    started.push(one)
    return one
  }
  return {
    database,
    start: () => run('start'),
    async push() {
      await once(run('push', '--now', `${DAY}T08:07:00+08:00`), 'exit')
      await holdBack(database)
    },
    release: () => release(database),
    waiting: () =>
      prisma.message.count({ where: { state: { in: ['queued', 'sending', 'unknown'] } } }),
    async tally() {
      const due = await prisma.message.count({ where: { onceKey: { startsWith: 'morning:' } } })
      const shown = chat.shown()
      const lists = shown.filter(({ text }) => text.includes('晨会 · '))
      const seen = Map.groupBy(lists, ({ to }) => to)
      return {
        due,
        lost: due - seen.size,
        twice: [...seen.values()].filter(({ length }) => length > 1).length,
        apologised: shown.filter(({ text }) => text.includes('没有办成')).length,
      }
    },
    async stop() {
      for (const one of started) one.kill('SIGKILL')
      await database.close()
      await chat.close()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/**
 * Keeps what is queued for an hour. A list of another day is due at once, or stale, for a service that goes
 * by the real clock.
 */
export async function holdBack({ prisma }: Database): Promise<void> {
  await prisma.$executeRaw`
    update message set not_before = now() + interval '1 hour', stale_at = now() + interval '1 day'
    where state = 'queued'`
}

/** Lets go what is queued. */
export async function release({ prisma }: Database): Promise<void> {
  await prisma.$executeRaw`update message set not_before = now() where state = 'queued'`
}

/** Waits until `check` holds, or so long; throws when the service ends meanwhile. */
export async function waitFor(
  check: () => Promise<boolean>,
  mostMs: number,
  running: readonly ChildProcess[],
): Promise<void> {
  const until = performance.now() + mostMs
  while (performance.now() < until && !(await check())) {
    if (running.some(({ exitCode }) => exitCode !== null)) throw new Error('the service ended')
    await pause(LOOK_MS)
  }
}
