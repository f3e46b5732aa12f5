import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { addDays, dayIn } from '../../../src/core/calendar/time.ts'
import { SHIPPED_EXISTING } from '../../../src/features/tier-rules/shipped-standards.ts'
import { retierAll } from '../../../src/features/tiers/batch/retier-all.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { KEY } from '../../support/keyed.ts'
import { type Row, row } from '../row.ts'
import { median, timed } from '../timing.ts'
import { changeFacts } from './book.ts'
import { byClosures, byRulesEngine, handWritten } from './peers.ts'

const ENGINE_ROWS = 50_000

/** `npx chenhui retier` on a database: the most megabytes it ever held (Linux). */
export async function inOwnProcess(url: string): Promise<number> {
  const child = spawn(process.execPath, ['src/main.ts', 'retier'], {
    env: { ...process.env, ...KEY, DATABASE_URL: url },
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

/** Nights on which one client in a hundred changed, each way in turn on the same book. */
export async function nights(
  database: Database,
  url: string,
  clients: number,
  rounds: number,
): Promise<Row[]> {
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
  const against = (theirs: number, what: string, limit: number) =>
    row(`a night of ${clients} clients`, [ours, 'ms'], [what, theirs], limit)
  return [
    against(median(times.byHand), 'a CASE update by hand', 1.3),
    against(closures, 'closures over a cursor', 1 / 4),
    against(engine, `json-rules-engine (${ENGINE_ROWS} rows, scaled)`, 1 / 100),
  ]
}
