import { getCompileCacheDir } from 'node:module'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import type { Row } from './cells.ts'
import { SpreadsheetFault } from './limits.ts'
import type { FromWorker } from './messages.ts'

/** A sheet as it was read. */
export interface Sheet {
  readonly name: string
  readonly hidden: boolean
  /** Those that hold anything. */
  readonly rows: readonly Row[]
}

/** What a file came to. */
export interface Read {
  readonly subject: string | null
  readonly sheets: readonly Sheet[]
}

/** Honest files of 200 000 rows take a fifth of it, on a slow processor most of it. */
const MAX_READ_MS = 20_000
/** A thread hears a question between two steps of its own; none that is honest takes so long for one. */
const ANSWERS_MS = 5000
const HEAP_MB = { maxOldGenerationSizeMb: 208, maxYoungGenerationSizeMb: 32 }
/**
 * Trap: what the service was started with holds for the heap of every thread too, over the limits that a thread is
 * given. Its own heap was laid out when it began and stays as it is.
 */
const OWN_LIMITS_HOLD = ['--max-old-space-size=0', '--max-semi-space-size=0']
/** Threads at the same time: one core stays with the service. */
const MAX_READING = 1

let reading = 0
const waiting: (() => void)[] = []

/** Resolves once it is one's turn. */
async function takeTurn(): Promise<void> {
  if (reading < MAX_READING) reading++
  else await new Promise<void>((resolve) => waiting.push(resolve))
}

function passTurn(): void {
  const next = waiting.shift()
  if (next) next()
  else reading--
}

/** Takes what a file holds while it is read, in its order. More is read only once this is taken. */
export interface Taker {
  sheet(head: Pick<Sheet, 'name' | 'hidden'>): void | Promise<void>
  rows(rows: readonly Row[]): void | Promise<void>
}

/** Reads a file in a thread of its own; throws `SpreadsheetFault`. */
export async function readInThread(name: string, bytes: Uint8Array): Promise<Read> {
  const sheets: (Sheet & { rows: Row[] })[] = []
  await takeTurn()
  try {
    const subject = await streamInThread(name, bytes, {
      sheet: (head) => void sheets.push({ ...head, rows: [] }),
      rows: (rows) => void sheets.at(-1)?.rows.push(...rows),
    })
    return { subject, sheets }
  } finally {
    passTurn()
  }
}

/**
 * The same without keeping anything: for files that are large. Whoever calls it sees to it that one is
 * read at a time. Resolves to the subject; throws `SpreadsheetFault`, and what `taker` throws. `mayMs`: what the thread
 * may take of a processor.
 */
export async function streamInThread(
  name: string,
  bytes: Uint8Array,
  taker: Taker,
  mayMs = MAX_READ_MS,
): Promise<string | null> {
  // Below the folder that was set, one for each version of Node.
  const compiled = getCompileCacheDir()
  for (const flag of OWN_LIMITS_HOLD) setFlagsFromString(flag)
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { name, bytes },
    resourceLimits: HEAP_MB,
    // None of the service's own.
    execArgv: [],
    // What parses what strangers made knows no secrets; only where its own code lies compiled.
    env: compiled ? { NODE_COMPILE_CACHE: path.dirname(compiled) } : {},
    stderr: true,
  })
  const { promise, resolve, reject } = Promise.withResolvers<string | null>()
  const tooMuch = () => reject(new SpreadsheetFault('too-heavy'))
  const patience = new Patience(worker, mayMs, tooMuch)
  let subject: string | null = null
  let taken = Promise.resolve()
  const take = (work: () => void | Promise<void>) => {
    taken = taken.then(work)
    taken.catch(reject)
  }
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'sheet') {
      const { name: title, hidden } = message
      take(() => taker.sheet({ name: title, hidden }))
    } else if (message.kind === 'rows') {
      take(async () => {
        await taker.rows(message.rows)
        worker.postMessage('taken')
      })
    } else if (message.kind === 'subject') subject = message.subject
    else if (message.kind === 'fault') reject(new SpreadsheetFault(message.reason))
    else {
      patience.end()
      take(() => resolve(subject))
    }
  })
  // Its heap is full, or it came to an end without a word.
  worker.on('error', tooMuch)
  worker.on('exit', tooMuch)
  return promise.finally(async () => {
    patience.end()
    await worker.terminate()
  })
}

/**
 * How long the thread may work. Its own time counts: not what it waits, for us or for a core that others have, as on
 * a small machine an honest file would be refused for those.
 */
class Patience {
  #timer: NodeJS.Timeout | null = null
  readonly #worker: Worker
  readonly #mayMs: number
  readonly #over: () => void

  constructor(worker: Worker, mayMs: number, over: () => void) {
    this.#worker = worker
    this.#mayMs = mayMs
    this.#over = over
    this.#wait(mayMs)
  }

  end(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(async () => {
      const left = this.#mayMs - (await workedMs(this.#worker))
      if (!this.#timer) return
      if (left > 0) this.#wait(left)
      else this.#over()
    }, ms)
  }
}

/** Milliseconds that a thread has worked; without end where it does not even hear the question. */
async function workedMs(worker: Worker): Promise<number> {
  const deaf = new AbortController()
  const used = worker.cpuUsage().then(
    ({ user, system }) => (user + system) / 1000,
    // It has come to its end, which is told by itself.
    () => 0,
  )
  const silence = pause(ANSWERS_MS, Number.POSITIVE_INFINITY, { signal: deaf.signal })
  silence.catch(() => {})
  return Promise.race([used, silence]).finally(() => deaf.abort())
}
