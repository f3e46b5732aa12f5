import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../../src/infra/database/index.ts'
import { fillManagers, settingsOf } from '../../channels/crowd.ts'
import { CHATS } from '../../channels/kill/chats.ts'
import { bankOn } from '../../support/bank.ts'
import type { Tally } from './tally.ts'

/** Outcomes that managers log in a second, one each. */
const PER_SECOND = 10
/** So long the service may take to make up for what it missed. */
const MOST_RECOVERY_MS = 180_000

export interface Played {
  /** What the service is told its database is. */
  readonly url: string
  /** Where the service keeps what it could not store. */
  readonly folder: string
  /** How long outcomes are logged: the fault, and some time before and after it. */
  readonly seconds: number
  /** Inflicts the fault, a few seconds after the first outcome; resolves when it is over. */
  inflict(): Promise<void>
}

/** Logs outcomes through the real service and Slack's double while a fault lasts, and counts them. */
export async function outcomesOver(database: Database, played: Played): Promise<Tally> {
  const { url, folder, seconds, inflict } = played
  const chat = await CHATS.Slack()
  let running: ChildProcess | null = null
  try {
    await bankOn(database, [])
    await database.prisma.$executeRaw`delete from account`
    const people = await fillManagers(database, seconds * PER_SECOND, chat.channel)
    chat.know(people)
    const tasks = await database.prisma.task.findMany({ include: { manager: true } })
    const taskOf = new Map(tasks.map(({ id, manager }) => [`U${manager.code}`, id]))
    const env = {
      ...{ PATH: process.env['PATH'] ?? '', ...settingsOf(database), ...chat.settings },
      ...{ DATABASE_URL: url, SPOOL_DIR: path.join(folder, 'spool') },
    }
    running = spawn(process.execPath, [path.resolve('src/main.ts'), 'start'], {
      ...{ cwd: folder, env, stdio: 'ignore' },
    })
    const ended = once(running, 'exit').then(() => {
      throw new Error('the service ended by itself')
    })
    await Promise.race([chat.connected(), ended])
    ended.catch(() => {})
    const inflicted = pause(2000).then(inflict)
    const pressed: Promise<unknown>[] = []
    for (const person of people) {
      const says = {
        c: 'log-outcome',
        i: { taskId: taskOf.get(person), outcome: 'declined' },
      }
      pressed.push(chat.press(person, says).catch(() => {}))
      await pause(1000 / PER_SECOND)
    }
    await inflicted
    // Nobody would ever answer what was pressed after its end.
    await Promise.race([Promise.all(pressed), ended])
    const acknowledged = people.filter((person) => chat.acknowledged(person))
    const began = performance.now()
    let tally = await count(database, acknowledged, chat.shown())
    while (tally.lost > 0 && performance.now() - began < MOST_RECOVERY_MS) {
      await pause(1000)
      tally = await count(database, acknowledged, chat.shown())
    }
    // An apology may still be on its way.
    await pause(2000)
    return await count(database, acknowledged, chat.shown())
  } finally {
    if (running?.exitCode === null && running.signalCode === null) {
      const gone = once(running, 'exit')
      running.kill('SIGKILL')
      await gone
    }
    await chat.close()
  }
}

async function count(
  { prisma }: Database,
  acknowledged: readonly string[],
  shown: readonly { readonly text: string }[],
): Promise<Tally> {
  const rows = await prisma.$queryRaw<{ code: string; times: number }[]>`
    select staff.code, count(*)::int as times from outcome join staff on staff.id = staff_id
    group by staff.code`
  const stored = new Set(rows.map(({ code }) => `U${code}`))
  return {
    due: acknowledged.length,
    lost: acknowledged.filter((person) => !stored.has(person)).length,
    twice: rows.filter(({ times }) => times > 1).length,
    apologised: shown.filter(({ text }) => text.includes('没有办成')).length,
  }
}
