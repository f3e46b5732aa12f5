import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../../../src/infra/database/index.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { KEYED } from '../../support/keyed.ts'
import { startPostgres } from '../../support/postgres.ts'
import { openProxy } from '../../support/proxy.ts'
import { outcomesOver } from './outcomes.ts'
import type { Scenario } from './tally.ts'

/** What befalls a server, for so many seconds. */
type Ill = (admin: Database, seconds: number, folder: string) => Promise<void>

const scenario = (name: string, lasts: number, ill: Ill, disk = false): Scenario => ({
  name,
  async play({ quick }) {
    const seconds = quick ? Math.min(lasts, 10) : lasts
    const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-faults-'))
    const unmount = disk ? await smallDisk(folder) : () => {}
    const server = await startPostgres(disk ? path.join(folder, 'disk') : folder)
    const admin = await openPostgres(server.url, KEYED)
    try {
      const inflict = () => ill(admin, seconds, folder)
      return await outcomesOver(admin, { url: server.url, folder, seconds: seconds + 6, inflict })
    } finally {
      await admin.close()
      await server.stop()
      unmount()
      await rm(folder, { recursive: true, force: true })
    }
  },
})

const over = (seconds: number) => {
  const end = performance.now() + seconds * 1000
  return () => performance.now() >= end
}

const lock = (admin: Database, table: string, ms: number) =>
  admin.wholeBook.$executeRawUnsafe(`
    do $$ begin
      lock table ${table} in access exclusive mode;
      perform pg_sleep(${ms / 1000});
    end $$`)

/** Locks of so long, again and again, while every other session has so little time. */
const locksWithin =
  (setting: string, ms: number): Ill =>
  async (admin, seconds) => {
    await admin.prisma.$executeRawUnsafe(`alter database postgres set ${setting}`)
    // Whoever connects anew keeps to it.
    await endSessions(admin)
    const ended = over(seconds)
    while (!ended()) {
      await lock(admin, 'task', ms).catch(() => {})
      await pause(100)
    }
    const name = setting.split('=')[0] ?? ''
    await admin.prisma.$executeRawUnsafe(`alter database postgres reset ${name}`)
    await endSessions(admin)
  }

const endSessions = (admin: Database) => admin.prisma.$queryRaw`
  select pg_terminate_backend(pid)::text from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`

/** Of the size in which a server of this bank just fits. */
const DISK = '220m'

async function smallDisk(folder: string): Promise<() => void> {
  const place = path.join(folder, 'disk')
  await mkdir(place)
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', place])
  return () => void execFileSync('umount', [place])
}

/** Whether this machine lets one make a small disk. */
export async function canMount(): Promise<boolean> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder])
    return true
  } catch {
    return false
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const fillDisk: Ill = async (_admin, seconds, folder) => {
  const ballast = path.join(folder, 'disk', 'ballast')
  const file = await open(ballast, 'w')
  const block = Buffer.alloc(64 * 1024)
  const ended = over(seconds)
  while (!ended()) {
    // Whatever is freed meanwhile is taken as well.
    await file.write(block).catch(() => pause(20))
  }
  await file.close()
  if ((await stat(ballast)).size === 0) throw new Error('the disk was full before')
  await rm(ballast)
}

const halfOpen: Scenario = {
  name: 'Connections whose packets are swallowed',
  async play({ quick }) {
    const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-faults-'))
    const server = await startPostgres(folder)
    const admin = await openPostgres(server.url, KEYED)
    const proxy = await openProxy(server.url)
    try {
      return await outcomesOver(admin, {
        ...{ url: proxy.url, folder, seconds: quick ? 10 : 60 },
        inflict: async () => proxy.swallow(),
      })
    } finally {
      await admin.close()
      await proxy.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

export const DATABASE_SCENARIOS: readonly Scenario[] = [
  scenario('`message` locked for a minute', 60, (admin, seconds) =>
    lock(admin, 'message', seconds * 1000).then(() => {}),
  ),
  scenario(
    'No statement may take longer than 15 ms, with locks of 300 ms',
    15,
    locksWithin('statement_timeout=15', 300),
  ),
  scenario(
    'No lock may take longer than 200 ms, with locks of 400 ms',
    15,
    locksWithin('lock_timeout=200', 400),
  ),
  scenario('Sessions ended five times a second', 10, async (admin, seconds) => {
    const ended = over(seconds)
    while (!ended()) {
      await endSessions(admin).catch(() => {})
      await pause(200)
    }
  }),
  halfOpen,
]

export const FULL_DISK: Scenario = scenario('The disk full for 20 seconds', 20, fillDisk, true)
