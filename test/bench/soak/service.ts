import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Inflicted } from './faults.ts'

/** The service in a process of its own, that is watched. */
export interface Watched {
  /** What it occupies (MB), each moment until it ended or `ended`. */
  memory(ended: AbortSignal): Promise<readonly number[]>
  /** Lines of faults that it logged outside of these times. */
  faults(inflicted: readonly Inflicted[]): Promise<readonly string[]>
  /** Ends it as an operator does; resolves to how. */
  stop(): Promise<number | null>
  kill(): void
}

const SAMPLE_MS = 2000
/** pino's levels. */
const ERROR = 50

/** As `npm start` does. */
const FLAGS = ['--max-old-space-size=512', '--max-semi-space-size=16', '--heap-growing-percent=50']

export function watch(folder: string, env: Readonly<Record<string, string>>): Watched {
  const logged = path.join(folder, 'log')
  const words = [...FLAGS, path.resolve('src/main.ts'), 'start']
  const service: ChildProcess = spawn(process.execPath, words, { cwd: folder, env })
  service.stdout?.pipe(createWriteStream(logged))
  service.stderr?.pipe(process.stderr)
  return {
    async memory(ended) {
      const samples: number[] = []
      while (!ended.aborted && service.exitCode === null && service.signalCode === null) {
        samples.push(await residentMegabytes(service.pid ?? 0))
        await pause(SAMPLE_MS, null, { signal: ended }).catch(() => {})
      }
      return samples
    },
    async faults(inflicted) {
      const lines = (await readFile(logged, 'utf8')).split('\n').filter(Boolean)
      return lines.filter((line) => {
        const { level, time } = JSON.parse(line) as { level: number; time: string | number }
        const at = new Date(time).getTime()
        return level >= ERROR && !inflicted.some(({ from, to }) => at >= from && at <= to)
      })
    },
    async stop() {
      const gone = once(service, 'exit')
      service.kill('SIGTERM')
      const [code] = await gone
      return code
    },
    kill: () => void service.kill('SIGKILL'),
  }
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(status.match(/VmRSS:\s+(\d+) kB/)?.[1]) / 1024
}
