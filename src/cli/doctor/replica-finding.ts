import type { Finding } from '../../channels/plugin.ts'
import type { Database, ReplicaRead } from '../../infra/database/index.ts'

/** Whether the server of `DATABASE_REPLICA_URL` is there and follows; none where none is set. */
export async function replicaFindings({ replica }: Database): Promise<Finding[]> {
  if (!replica) return []
  const before = { ...replica.counts }
  await replica.read(async () => {})
  const became = READS.find((each) => replica.counts[each] > before[each]) ?? 'away'
  return [FINDINGS[became]]
}

const READS: readonly ReplicaRead[] = ['read', 'behind', 'held-up', 'away']

const FINDINGS: Readonly<Record<ReplicaRead, Finding>> = {
  read: {
    state: 'ok',
    text: '只读副本 replica: 跟得上，统计和看板从它读取 follows; figures and pages are read from it',
  },
  behind: {
    state: 'note',
    text: 'DATABASE_REPLICA_URL 的库没有跟上主库（或不是它的副本），统计仍从主库读取：请看 pg_stat_replication。 The database of DATABASE_REPLICA_URL is behind, or follows another: figures are read from the database itself; see pg_stat_replication.',
  },
  'held-up': {
    state: 'note',
    text: 'DATABASE_REPLICA_URL 的库取消了查询，统计仍从主库读取：请看 max_standby_streaming_delay。 The replica cancelled a statement: figures are read from the database itself; see max_standby_streaming_delay.',
  },
  away: {
    state: 'note',
    text: '连不上 DATABASE_REPLICA_URL 的库，统计仍从主库读取。 The replica cannot be reached: figures are read from the database itself.',
  },
}
