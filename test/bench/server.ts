import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startPostgres } from '../support/postgres.ts'

/** Huge pages of 2 MB: the buffers, and what else the server shares. */
const HUGE_PAGES = 1100
const RESERVED = '/proc/sys/vm/nr_hugepages'

/**
 * A PostgreSQL as a bank would run it: its buffers hold what a morning contacts of a book of a million
 * clients (shipped they are 128 MB, for machines of any size), in huge pages where there are some.
 */
function startServer(folder: string) {
  reserveHugePages()
  return startPostgres(folder, { shared_buffers: '2GB' })
}

/** Such a server in a folder of its own, for as long as `work` takes. */
export async function withServer<Result>(
  work: (url: string, folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-bench-'))
  const postgres = await startServer(folder)
  try {
    return await work(postgres.url, folder)
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** As the server's manual has it for large buffers (Linux Huge Pages), until this process ends. */
function reserveHugePages(): void {
  try {
    const before = readFileSync(RESERVED, 'utf8')
    if (Number(before) >= HUGE_PAGES) return
    writeFileSync(RESERVED, `${HUGE_PAGES}`)
    process.once('exit', () => writeFileSync(RESERVED, before))
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
  } catch {
    // No Linux, or not root: the server does without.
  }
}
