/**
 * A process of its own. `read <file>`: only reads the tables of a book. `import <database> <file> …`: imports books one
 * after the other, while others ask for their list. The database is an address, or the folder of an embedded one.
 */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { type App, createApp } from '../../../src/app.ts'
import { createConsoleChannel } from '../../../src/channels/console/index.ts'
import { readConfig } from '../../../src/config.ts'
import { confirmAsOperator, startAsOperator } from '../../../src/features/import/by-operator.ts'
import { SHAPES } from '../../../src/features/import/stage/read-book.ts'
import { importById } from '../../../src/features/import/store.ts'
import { openPglite } from '../../../src/infra/database/pglite.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { createLog } from '../../../src/infra/log.ts'
import { streamTables } from '../../../src/infra/sheets/stream.ts'
import { KEYED } from '../../support/keyed.ts'
import { timed } from '../timing.ts'
import { NOW } from './book.ts'
import { say } from './say.ts'

/** What came of one book, in milliseconds. */
export interface Imported {
  readonly previewed: number
  readonly written: number
  readonly verdicts: Readonly<Record<string, number>>
}

/** What came of all, with the times of lists before and meanwhile. */
export interface BooksImported {
  readonly books: readonly Imported[]
  readonly alone: readonly number[]
  readonly meanwhile: readonly number[]
  readonly megabytes: number
  readonly workerMegabytes: number
}

const ASKERS = 200
const ALONE = 100

const [mode, ...words] = process.argv.slice(2)
const result = mode === 'read' ? await read(words[0] ?? '') : await importAll(words)
process.send?.(result, () => process.exit(0))

async function read(file: string): Promise<{ readonly ms: number; readonly rows: number }> {
  const bytes = await readFile(file)
  let rows = 0
  const taker = {
    table() {},
    choicesOf: () => new Map(),
    rows(some: readonly unknown[]) {
      rows += some.length
    },
  }
  const ms = await timed(() => streamTables(path.basename(file), bytes, SHAPES, taker))
  return { ms, rows }
}

async function importAll([where = '', ...files]: readonly string[]): Promise<BooksImported> {
  let workerMegabytes = 0
  process.on('worker', (worker) => {
    const sampling = setInterval(async () => {
      const held = await megabytesOf(worker)
      workerMegabytes = Math.max(workerMegabytes, held)
    }, 50)
    worker.once('exit', () => clearInterval(sampling))
  })
  const embedded = !where.startsWith('postgres')
  const app = await createApp(readConfig({ LOG_LEVEL: 'silent' }), {
    database: embedded ? await openPglite(where, KEYED) : await openPostgres(where, KEYED),
    log: createLog('silent'),
    channels: [createConsoleChannel()],
    clock: () => new Date(NOW),
  })
  const lists: number[] = []
  let round = 0
  const ask = async () => {
    lists.push(await timed(() => say(app, `Q${(++round % ASKERS) + 1}`, '今日')))
  }
  for (let time = 0; time < (embedded ? 0 : ALONE * 2); time++) await ask()
  const alone = lists.splice(0).slice(ALONE)
  const books: Imported[] = []
  for (const file of files) {
    const done = importOne(app, file)
    let under = true
    const ended = done.finally(() => {
      under = false
    })
    while (under && !embedded) await Promise.all([ask(), pause(50)])
    books.push(await ended)
  }
  await app.stop()
  const megabytes = process.resourceUsage().maxRSS / 1024
  return { books, alone, meanwhile: lists, megabytes, workerMegabytes }
}

/** From what its heap holds and what it holds outside; 0 once it has ended. */
async function megabytesOf(worker: Worker): Promise<number> {
  try {
    const { total_heap_size, external_memory } = await worker.getHeapStatistics()
    return (total_heap_size + external_memory) / 2 ** 20
  } catch {
    return 0
  }
}

async function importOne(app: App, file: string): Promise<Imported> {
  const { prisma } = app.services.database
  const bytes = await readFile(file)
  const now = new Date(NOW)
  let id: string | null = null
  const previewed = await timed(async () => {
    id = await app.services.database.transaction((tx) =>
      startAsOperator(
        tx,
        { kind: 'clients', file: { name: path.basename(file), bytes }, code: null },
        now,
      ),
    )
    app.working.wake()
    await app.working.settled()
  })
  const record = await importById(prisma, id ?? '')
  if (record?.state !== 'preview') throw new Error(`${record?.state} ${record?.fault?.en}`)
  const written = await timed(async () => {
    await confirmAsOperator(prisma, record, now)
    app.working.wake()
    await app.working.settled()
  })
  const done = await importById(prisma, record.id)
  if (done?.state !== 'done') throw new Error(`${done?.state} ${done?.fault?.en}`)
  return { previewed, written, verdicts: done.counts.verdicts }
}
