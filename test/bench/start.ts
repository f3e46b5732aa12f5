import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import chenhui from '../../package.json' with { type: 'json' }
import { type Bench, row } from './row.ts'

/** 20 s and 10 s (measured: 11 and 3.4) by the embedded database's 4 s and 1 s on a calm machine. */
const LIMIT = { first: 5, again: 10 }
/** As `npm run demo` starts it, without npm between it and the signals. */
const [, ...DEMO] = chenhui.scripts.demo.split(' ')
/** The memory of a small machine. */
const REST_MEGABYTES = 600
const REST_MS = 5000

/** The demo on a new folder: time to the first list; then once more on that folder, and its memory at rest. */
export const startBench: Bench = async ({ quick }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-bench-'))
  try {
    const bareFirst = await bareStart(path.join(folder, 'bare'))
    const first = await demoRun(folder, 8791, 0)
    const bareAgain = await bareStart(path.join(folder, 'bare'))
    const again = await demoRun(folder, 8792, quick ? 500 : REST_MS)
    return [
      row(
        'first list, new folder',
        [first.seconds, 's'],
        ['an embedded database in a new folder', bareFirst],
        LIMIT.first,
      ),
      row(
        'first list, same folder',
        [again.seconds, 's'],
        ['an embedded database in the same folder', bareAgain],
        LIMIT.again,
      ),
      row('memory at rest', [again.megabytes, 'MB'], ['limit', REST_MEGABYTES], 1),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Seconds of a process that opens an embedded database in a folder and runs a bare statement. */
async function bareStart(folder: string): Promise<number> {
  const script = `
    import { PGlite } from '@electric-sql/pglite'
    const database = await PGlite.create(process.argv[1])
    await database.query('select 1')
    await database.close()`
  const words = ['--input-type=module', '--eval', script, folder]
  const began = performance.now()
  const [code] = await once(spawn(process.execPath, words, { stdio: 'inherit' }), 'exit')
  if (code !== 0) throw new Error('the embedded database did not start')
  return (performance.now() - began) / 1000
}

async function demoRun(folder: string, port: number, restMs: number) {
  const started = performance.now()
  const demo = spawn(process.execPath, DEMO, {
    env: { ...process.env, DATA_DIR: path.join(folder, 'demo'), PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise((resolve) => demo.once('exit', resolve))
  try {
    const list = `http://127.0.0.1:${port}/chat/as/M001`
    while (!(await pageSays(list, 'class="items"'))) {
      if (demo.exitCode !== null) throw new Error('the demo stopped')
      await pause(50)
    }
    const seconds = (performance.now() - started) / 1000
    await pause(restMs)
    return { seconds, megabytes: await residentMegabytes(demo.pid) }
  } finally {
    demo.kill('SIGTERM')
    await ended
  }
}

const pageSays = async (url: string, word: string): Promise<boolean> => {
  try {
    return (await (await fetch(url)).text()).includes(word)
  } catch {
    return false
  }
}

/** From the kernel's own account (Linux); NaN elsewhere. */
async function residentMegabytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(status.match(/VmRSS:\s+(\d+)/)?.[1]) / 1024
}
