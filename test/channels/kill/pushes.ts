import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { addDays, day } from '../../../src/core/calendar/time.ts'
import { chineseWorkdays } from '../../../src/core/calendar/workdays.ts'
import { push } from '../../../src/features/tasks/list/push-morning.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { bankOn } from '../../support/bank.ts'
import { fillManagers, settingsOf } from '../crowd.ts'
import type { PlayedChat } from './chats.ts'

/** What pushes came to in the midst of which the service was killed. */
export interface Killed {
  readonly kills: number
  readonly pushes: number
  /** Lists that were to be sent: each has a key of a manager with something due, and a day. */
  readonly due: number
  readonly sent: number
  /** Managers and days with exactly one list. */
  readonly once: number
  /** Outcomes of which the service said that it has them, and those of them stored once. */
  readonly acknowledged: number
  readonly stored: number
  /** Outcomes stored more than once. */
  readonly twice: number
  /** What people said, and were asked to say again. */
  readonly apologised: number
}

const FIRST_DAY = day('2026-11-23')
/** A life of the service lasts until a part of the lists is there, of those of two seconds at most, and a little longer. */
const LONGEST_S = 2
const LONGER_MS = 20
/** What is pressed is acknowledged within that. */
const ACKNOWLEDGED_MS = 120_000
/** What the last life does not store within that is lost: what five ends cut off waits for twenty minutes. */
const STORED_MS = 22 * 60_000

/**
 * Pushes lists, workday after workday, to so many managers by a service of its own that is killed
 * (-9) at so many random moments at which lists were still to be sent, and started again, while a
 * manager logs an outcome in each of its lives.
 */
export async function pushOverKills(
  database: Database,
  chat: PlayedChat,
  folder: string,
  { managers, kills }: { readonly managers: number; readonly kills: number },
): Promise<Killed> {
  const { app, setClock } = await bankOn(database, [])
  // Nobody else is told anything.
  await database.prisma.$executeRaw`delete from account`
  const people = await fillManagers(database, managers, chat.channel)
  chat.know(people)
  const env = { PATH: process.env['PATH'] ?? '', ...settingsOf(database), ...chat.settings }
  const main = path.resolve('src/main.ts')
  const started: ChildProcess[] = []
  const start = () => {
    const one = spawn(process.execPath, [main, 'start'], { cwd: folder, env, stdio: 'ignore' })
    started.push(one)
    return one
  }
  const waiting = () =>
    database.prisma.message.count({ where: { state: { in: ['queued', 'sending', 'unknown'] } } })
  const workdays = chineseWorkdays()
  const chance = chanceFrom(7)
  const asked: string[] = []
  const presses: Promise<unknown>[] = []
  async function live(life: number) {
    const running = start()
    const ended = once(running, 'exit').then(([code, signal]) => {
      throw new Error(`a life ended by itself: ${code ?? signal}`)
    })
    ended.catch(() => {})
    await Promise.race([chat.connected(), ended])
    // Who is asked has nothing due afterwards; the others are pushed to, however many lives there are.
    const person = people[2 * life]
    if (person) {
      asked.push(person)
      presses.push(chat.press(person, await declined(database, person)).catch(() => {}))
    }
    return running
  }
  let pushes = 0
  let life = 0
  let today = addDays(FIRST_DAY, -1)
  try {
    for (let kill = 0; kill < kills; life++) {
      if ((await waiting()) === 0) {
        today = workdays.next(today)
        pushes++
        setClock(`${today}T08:07:00+08:00`)
        await push(app.services, app.services.moment(), { dryRun: false })
        // The service goes by the real clock, for which those days are to come, or long over; and who pushed them gives
        // up by its own clock what is stale.
        await database.prisma
          .$executeRaw`update message set not_before = now(), stale_at = now() + interval '10 years'
            where state = 'queued'`
      }
      const left = await waiting()
      if (left === 0) throw new Error(`nothing was pushed on ${today}`)
      // By what is there and not by the clock: a slow machine is in the midst of them much later, or for a moment.
      const enough = chat.sent() + chance(Math.min(left, LONGEST_S * chat.perSecond))
      const running = await live(life)
      while (chat.sent() < enough && (await waiting()) > 0) await pause(5)
      await pause(chance(LONGER_MS))
      await killed(running)
      // A kill counts where lists were still to be sent.
      if ((await waiting()) > 0) kill++
      chat.cut()
      await hasten(database)
    }
    const last = await live(life)
    while ((await waiting()) > 0) await pause(200)
    await Promise.race([Promise.all(presses), pause(ACKNOWLEDGED_MS)])
    // What was acknowledged is answered beside the lists, and may be the last to be.
    const counted = () => count(database, chat, { kills, pushes, asked })
    const until = performance.now() + STORED_MS
    for (;;) {
      const { acknowledged, stored, apologised } = await counted()
      if (stored + apologised >= acknowledged || performance.now() > until) break
      await pause(200)
    }
    await killed(last)
    await tellWrong(database, chat)
    return counted()
  } finally {
    for (const one of started) one.kill('SIGKILL')
  }
}

async function killed(running: ChildProcess): Promise<void> {
  if (running.exitCode !== null || running.signalCode !== null) return
  running.kill('SIGKILL')
  await once(running, 'exit')
}

/** Sees to it that nobody waits for what lapses by itself: half a minute of doubt, the dead one's lease. */
async function hasten({ prisma }: Database): Promise<void> {
  await prisma.$executeRaw`update lease set until = now()`
  await prisma.$executeRaw`update message set not_before = now() where state = 'sending'`
}

/** The same numbers at every run. */
function chanceFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48271) % 2147483647
    return state % below
  }
}

/** What a manager says of the task that is due. */
async function declined({ prisma }: Database, person: string) {
  const { id: taskId } = await prisma.task.findFirstOrThrow({
    where: { manager: { code: person.slice(1) }, status: 'open' },
  })
  return { c: 'log-outcome', i: { taskId, outcome: 'declined' } }
}

/** Each list that was shown, by whose it is and its day; as often as it was. */
const listsShown = (chat: PlayedChat): Map<string, string[]> =>
  Map.groupBy(
    chat.shown().flatMap(({ to, text }) => {
      const title = text.match(/晨会 · (\d+月\d+日)/)?.[1]
      return title ? [`${to} ${title}`] : []
    }),
    (list) => list,
  )

/** What became of each list that was not shown once. */
async function tellWrong({ prisma }: Database, chat: PlayedChat): Promise<void> {
  const shown = listsShown(chat)
  const due = await prisma.$queryRaw<{ list: string; became: string }[]>`
    select conversation || ' ' || to_char(split_part(once_key, ':', 2)::date, 'FMMM月FMDD日') as list,
      concat_ws(' ', state, error, 'tried', attempts, 'stale at', stale_at) as became
    from message where starts_with(once_key, 'morning:')`
  for (const { list, became } of due.filter((each) => shown.get(each.list)?.length !== 1)) {
    console.error(`${list}, shown ${shown.get(list)?.length ?? 0} times: ${became}`)
  }
}

async function count(
  { prisma }: Database,
  chat: PlayedChat,
  { kills, pushes, asked }: { kills: number; pushes: number; asked: readonly string[] },
): Promise<Killed> {
  const lists = [...listsShown(chat).values()]
  const outcomes = await prisma.$queryRaw<{ code: string; times: number }[]>`
    select staff.code, count(*)::int as times from outcome join staff on staff.id = staff_id
    group by staff.code`
  const stored = new Set(outcomes.filter((each) => each.times === 1).map(({ code }) => `U${code}`))
  const acknowledged = asked.filter((person) => chat.acknowledged(person))
  return {
    kills,
    pushes,
    due: await prisma.message.count({ where: { onceKey: { startsWith: 'morning:' } } }),
    sent: lists.flat().length,
    once: lists.filter((each) => each.length === 1).length,
    acknowledged: acknowledged.length,
    stored: acknowledged.filter((person) => stored.has(person)).length,
    twice: outcomes.filter((each) => each.times > 1).length,
    apologised: await prisma.received.count({ where: { setAsideAt: { not: null } } }),
  }
}
