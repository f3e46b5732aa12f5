import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { addDays, day, dayIn } from '../../../src/core/calendar/time.ts'
import { newId } from '../../../src/core/ids.ts'
import { decideTier } from '../../../src/features/tier-rules/rules.ts'
import { SHIPPED_EXISTING } from '../../../src/features/tier-rules/shipped-standards.ts'
import { recordedFacts } from '../../../src/features/tier-rules/store.ts'
import { retierAll } from '../../../src/features/tiers/batch/retier-all.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { type Bank, bankOn } from '../../support/bank.ts'
import { type Figure, figure, median, type Part } from '../figure.ts'
import { startServer } from '../server.ts'
import { changeFacts, fillBook, MANAGERS, nameOf } from './book.ts'
import { byClosures, byRulesEngine, handWritten } from './peers.ts'

const ENGINE_ROWS = 50_000
const LIMIT = { nightlyMegabytes: 300, busyMs: 100, quietMs: 30, decisionMs: 0.01 }

/** Re-tiering a whole book against what else one could do, and what it leaves of the commands. */
export const tiersBench: Part = async ({ quick }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-bench-'))
  const postgres = await startServer(folder)
  try {
    const database = await openPostgres(postgres.url)
    const bank = await bankOn(database, [])
    const clients = quick ? 50_000 : 1_000_000
    await fillBook(database, clients)
    await inOwnProcess(postgres.url)
    await database.prisma.$executeRawUnsafe('vacuum analyze')
    await changeFacts(database, 99)
    const night = await inOwnProcess(postgres.url)
    const figures = [
      figure(
        'tiers',
        `most memory of a process on a night of ${clients} clients`,
        [night, 'MB'],
        [LIMIT.nightlyMegabytes, 'limit 300 MB'],
        1,
      ),
      ...(await nights(database, postgres.url, clients, quick ? 3 : 5)),
      ...(await answers(bank, clients, quick ? 100 : 400)),
      await oneDecision(database),
    ]
    await bank.close()
    return figures
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** `npx chenhui retier` on a database: the most megabytes it ever held (Linux). */
async function inOwnProcess(url: string): Promise<number> {
  const child = spawn(process.execPath, ['src/main.ts', 'retier'], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  let most = 0
  const watch = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
    most = Math.max(most, Number(status.match(/VmHWM:\s+(\d+)/)?.[1] ?? 0))
  }, 50)
  const code = await new Promise((resolve) => child.once('exit', resolve))
  clearInterval(watch)
  if (code !== 0) throw new Error(`retier ended with ${code}`)
  return most / 1024
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Nights on which one client in a hundred changed, each way in turn on the same book. */
async function nights(
  database: Database,
  url: string,
  clients: number,
  rounds: number,
): Promise<Figure[]> {
  const times = { ours: [] as number[], byHand: [] as number[] }
  let today = dayIn(new Date(), 'Asia/Shanghai')
  for (let turn = 0; turn < rounds; turn++) {
    today = addDays(today, 1)
    await changeFacts(database, turn)
    let moved = 0
    const undone = new Error('rolled back')
    const byHand = database.transaction(async (tx) => {
      const began = performance.now()
      moved = await tx.$executeRawUnsafe(handWritten(today))
      times.byHand.push(performance.now() - began)
      throw undone
    })
    await byHand.catch((error) => {
      if (error !== undone) throw error
    })
    let changed = 0
    times.ours.push(
      await timed(async () => {
        changed = (await retierAll(database, today)).changed
      }),
    )
    // Both must say the same, or the race is of no use.
    if (changed !== moved) throw new Error(`by hand ${moved} moved, by the standard ${changed}`)
  }
  const closures = await timed(() => byClosures(url, SHIPPED_EXISTING, today, clients))
  const engine =
    (await timed(() => byRulesEngine(url, SHIPPED_EXISTING, today, ENGINE_ROWS))) *
    (clients / Math.min(ENGINE_ROWS, clients))
  const ours = median(times.ours)
  const against = (theirs: number, what: string, goal: number) =>
    figure(
      'tiers',
      `a night of ${clients} clients against ${what}`,
      [ours, 'ms'],
      [theirs, `${what} ${theirs.toFixed(0)} ms`],
      goal,
    )
  return [
    against(median(times.byHand), 'a CASE update by hand', 1.3),
    against(closures, 'closures over a cursor', 1 / 4),
    against(engine, `json-rules-engine (${ENGINE_ROWS} rows, scaled)`, 1 / 100),
  ]
}

/** "分层 name" through the pipe, alone and while nights run one after the other. */
async function answers(bank: Bank, clients: number, count: number): Promise<Figure[]> {
  const quiet = await asked(bank, clients, count)
  let running = true
  const night = async () => {
    let today = day('2027-06-01')
    for (let turn = 50; running; turn++) {
      today = addDays(today, 1)
      await changeFacts(bank.database, turn)
      await retierAll(bank.database, today)
    }
  }
  const nightly = night()
  const busy = await asked(bank, clients, count)
  running = false
  await nightly
  const row = (what: string, times: readonly number[], limit: number) =>
    figure('tiers', what, [p99(times), 'ms'], [limit, `limit ${limit} ms`], 1)
  return [
    row('p99 of a tier by name through the pipe', quiet, LIMIT.quietMs),
    row('… while the book is re-tiered', busy, LIMIT.busyMs),
  ]
}

async function asked(bank: Bank, clients: number, count: number) {
  const times: number[] = []
  for (let turn = 0; turn < count + WARM_UP; turn++) {
    const n = ((turn * 7907) % clients) + 1
    const began = performance.now()
    const { answered } = await bank.app.inbox({
      id: newId(),
      channel: 'console',
      conversation: `console:Q${(n % MANAGERS) + 1}`,
      sender: `Q${(n % MANAGERS) + 1}`,
      shared: false,
      says: { kind: 'text', text: `分层 ${nameOf(n)}` },
    })
    await answered
    if (turn >= WARM_UP) times.push(performance.now() - began)
  }
  return times
}

const WARM_UP = 30

const p99 = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN

/** A decision with its whole explanation, from facts that are loaded; in runs too short to be disturbed. */
async function oneDecision({ prisma }: Database): Promise<Figure> {
  const some = await prisma.client.findMany({ take: 200, select: { id: true } })
  const ids = some.map(({ id }) => id)
  const facts = await recordedFacts(prisma, ids, day('2026-11-24'))
  const times = Array.from({ length: 400 }, () => {
    const began = performance.now()
    for (const each of facts) decideTier(SHIPPED_EXISTING, each.facts)
    return (performance.now() - began) / facts.length
  })
  return figure(
    'tiers',
    'one decision with its explanation',
    [median(times), 'ms'],
    [LIMIT.decisionMs, 'limit 10 µs'],
    1,
  )
}
