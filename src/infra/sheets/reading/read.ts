import { getCompileCacheDir } from 'node:module'
import path from 'node:path'
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

/** Honest files of 200 000 rows take a fifth of it. */
const MAX_READ_MS = 20_000
const HEAP_MB = { maxOldGenerationSizeMb: 320, maxYoungGenerationSizeMb: 32 }
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

/** Reads a file in a thread of its own; throws `SpreadsheetFault`. */
export async function readInThread(name: string, bytes: Uint8Array): Promise<Read> {
  await takeTurn()
  try {
    return await runThread(name, bytes)
  } finally {
    passTurn()
  }
}

function runThread(name: string, bytes: Uint8Array): Promise<Read> {
  // Below the folder that was set, one for each version of Node.
  const compiled = getCompileCacheDir()
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { name, bytes },
    resourceLimits: HEAP_MB,
    // The service's own flags set a heap of another size.
    execArgv: [],
    // What parses what strangers made knows no secrets; only where its own code lies compiled.
    env: compiled ? { NODE_COMPILE_CACHE: path.dirname(compiled) } : {},
    stderr: true,
  })
  const { promise, resolve, reject } = Promise.withResolvers<Read>()
  const tooMuch = () => reject(new SpreadsheetFault('too-heavy'))
  const timer = setTimeout(tooMuch, MAX_READ_MS)
  const sheets: (Sheet & { rows: Row[] })[] = []
  let subject: string | null = null
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'sheet') sheets.push({ ...message, rows: [] })
    else if (message.kind === 'rows') sheets.at(-1)?.rows.push(...message.rows)
    else if (message.kind === 'subject') subject = message.subject
    else if (message.kind === 'fault') reject(new SpreadsheetFault(message.reason))
    else
      resolve({ subject, sheets: sheets.map(({ name, hidden, rows }) => ({ name, hidden, rows })) })
  })
  // Its heap is full, or it came to an end without a word.
  worker.on('error', tooMuch)
  worker.on('exit', tooMuch)
  return promise.finally(async () => {
    clearTimeout(timer)
    await worker.terminate()
  })
}
