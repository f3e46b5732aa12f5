import type { Finding } from '../../channels/plugin.ts'
import type { Database } from '../../infra/database/index.ts'

const SMALL_BUFFERS = 256 * 2 ** 20
const LARGE_BUFFERS = 2 ** 30
const LARGE_BOOK = 2 ** 30

/** How a PostgreSQL holds its data in memory; sizes in bytes. */
export interface ServerMemory {
  readonly buffers: number
  /** All data of this database. */
  readonly stored: number
  /** Huge pages that would hold the buffers and are not there; null: they are, or this system has none. */
  readonly pagesMissing: number | null
}

/**
 * What to say of a server's memory; null: nothing. Shipped it holds 128 MB, and its manual has a quarter
 * of the machine's memory, and huge pages for so much of it (Resource Consumption, `shared_buffers` and
 * `huge_pages`).
 */
export function memoryFinding({ buffers, stored, pagesMissing }: ServerMemory): Finding | null {
  const [held, size] = [buffers, stored].map((bytes) => `${Math.round(bytes / 2 ** 20)} MB`)
  if (buffers < SMALL_BUFFERS && stored >= LARGE_BOOK) {
    return {
      state: 'note',
      text: `PostgreSQL 的 shared_buffers 只有 ${held}，数据已有 ${size}：建议设为内存的四分之一后重启数据库，早上推送和登记会更快。 shared_buffers is ${held} with ${size} of data: set it to a quarter of the machine's memory and restart PostgreSQL.`,
    }
  }
  if (buffers >= LARGE_BUFFERS && pagesMissing) {
    return {
      state: 'note',
      text: `PostgreSQL 的 shared_buffers 有 ${held}，但没有用大页：在数据库主机上执行 sysctl -w vm.nr_hugepages=${pagesMissing} 后重启数据库，早上推送和登记会更快。 PostgreSQL holds ${held} without huge pages: sysctl -w vm.nr_hugepages=${pagesMissing} on its machine and a restart make pushes and answers faster.`,
    }
  }
  return null
}

/** Without any one of them a power loss takes what was committed, or tears the whole database. */
export const DURABLE = ['fsync', 'full_page_writes', 'synchronous_commit'] as const

/** What a server does not do for what it was given to survive a power loss. */
export function durabilityFinding(
  set: Readonly<Record<(typeof DURABLE)[number], string>>,
): Finding | null {
  const off = DURABLE.filter((name) => set[name] === 'off')
  if (off.length === 0) return null
  const names = off.join(', ')
  return {
    state: 'no',
    text: `PostgreSQL 关掉了 ${names}：停电会丢掉已经答复过的登记，甚至损坏整个库；请改成 on 后重新加载配置。 PostgreSQL runs with ${names} off: a power loss takes what was answered, or tears the database; set it to on and reload.`,
  }
}

/** More than the network and a busy server explain. */
const MOST_APART_S = 60

/** How far our clock is from the server's, in seconds. */
export function clockFinding(apartS: number): Finding | null {
  if (Math.abs(apartS) <= MOST_APART_S) return null
  const by = Math.round(Math.abs(apartS) / 60)
  const [zh, en] = apartS > 0 ? ['快', 'ahead of'] : ['慢', 'behind']
  return {
    state: 'no',
    text: `这台机器的时钟比数据库${zh} ${by} 分钟：清单和提醒会在错的时间发出；请在两边都启用时间同步（NTP）。 The clock of this machine is ${by} minutes ${en} the database's: lists and reminders go out at the wrong time; have both follow NTP.`,
  }
}

/** Longer than a standby that is there takes to confirm. */
const CONFIRMED_S = 3

/** Commits that wait for a standby to confirm them, which they do for ever where none of those named is there. */
export function standbyFinding(commits: number, oldestS: number): Finding | null {
  if (commits === 0 || oldestS < CONFIRMED_S) return null
  const seconds = Math.round(oldestS)
  return {
    state: 'no',
    text: `${commits} 次提交在等同步备库确认，最久 ${seconds} 秒：备库不在，登记会一直等下去，大家都收不到答复；请恢复备库，或清空 synchronous_standby_names 后重新加载配置。 ${commits} commits wait for a synchronous standby, the longest for ${seconds} s: without it nobody is answered; bring it back, or empty synchronous_standby_names and reload.`,
  }
}

/** How the PostgreSQL is set up, and what waits for its standby; nothing of an embedded database. */
export async function serverFindings({ kind, prisma }: Database): Promise<Finding[]> {
  if (kind !== 'postgres') return []
  const [row] = await prisma.$queryRaw<
    {
      held: bigint
      stored: bigint
      status: string | null
      pages: string | null
      fsync: string
      full_page_writes: string
      synchronous_commit: string
      commits: number
      oldest: number
      now: Date
    }[]
  >`
    select pg_size_bytes(current_setting('shared_buffers')) as held,
      pg_database_size(current_database()) as stored,
      current_setting('huge_pages_status', true) as status,
      current_setting('shared_memory_size_in_huge_pages', true) as pages,
      current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
      current_setting('synchronous_commit') as synchronous_commit, commits, oldest, clock_timestamp() as now
    from (
      select count(*)::int as commits,
        coalesce(extract(epoch from clock_timestamp() - min(query_start)), 0)::float8 as oldest
      from pg_stat_activity where wait_event = 'SyncRep'
    ) as unconfirmed`
  if (!row) return []
  const missing = row.status === 'off' ? Number(row.pages) : 0
  return [
    memoryFinding({
      buffers: Number(row.held),
      stored: Number(row.stored),
      pagesMissing: missing > 0 ? missing : null,
    }),
    durabilityFinding(row),
    standbyFinding(row.commits, row.oldest),
    clockFinding((Date.now() - row.now.getTime()) / 1000),
  ].filter((each) => each !== null)
}
