import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { figure, type Part } from './figure.ts'

/** The longest that a newcomer waits for the first list, and the memory of a small machine. */
const LIMIT = { firstSeconds: 20, againSeconds: 10, restMegabytes: 600 }
const REST_MS = 5000

/** The demo on a new folder: time to the first list; then once more on that folder, and its memory at rest. */
export const startBench: Part = async ({ quick }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-bench-'))
  try {
    const first = await demoRun(folder, 8791, 0)
    const again = await demoRun(folder, 8792, quick ? 500 : REST_MS)
    return [
      figure(
        'start',
        'first list, new folder',
        [first.seconds, 's'],
        [LIMIT.firstSeconds, 'limit 20 s'],
        1,
      ),
      figure(
        'start',
        'first list, same folder',
        [again.seconds, 's'],
        [LIMIT.againSeconds, 'limit 10 s'],
        1,
      ),
      figure(
        'start',
        'memory at rest',
        [again.megabytes, 'MB'],
        [LIMIT.restMegabytes, 'limit 600 MB'],
        1,
      ),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function demoRun(folder: string, port: number, restMs: number) {
  const started = performance.now()
  const demo = spawn(process.execPath, ['src/main.ts', 'demo'], {
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
