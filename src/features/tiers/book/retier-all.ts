import type { Job } from '../../../bot/feature.ts'
import type { Day } from '../../../core/time.ts'
import type { Database, Queries } from '../../../infra/database/index.ts'
import { standardsOn } from '../store.ts'
import { FIRST, PAGE, pageAfter } from './pages.ts'
import { decidedSql, SAID, type Standards, settle } from './settle.ts'

/** What a re-tiering of everybody came to, in clients. */
export interface Retiered {
  readonly looked: number
  /** Whose decision changed; the others were not written. */
  readonly changed: number
}

/** How many clients are written and locked at a time: commands may wait for them. */
const WRITTEN = 2000
/** How many ids are held at a time, so that a night on which everybody moves needs no more memory. */
const FOUND = 10_000

/** Every night, before the morning lists: months and ages grow, and standards come into force. */
export const retierEverybody: Job = {
  name: 'retier-all',
  at: () => '04:40',
  catchUpHours: 18,
  async run(house, moment) {
    const retiered = await retierAll(house.database, moment.today)
    house.log.info({ ...retiered }, 'tiers')
  },
}

/** Decides everybody's tier by the standards in force on a day, page by page, each kept by itself. */
export async function retierAll(
  database: Database,
  today: Day,
  page = PAGE[database.kind],
): Promise<Retiered> {
  const standards = await standardsOn(database.prisma, today)
  let changed = 0
  for (let after = FIRST; ; ) {
    const last = await pageAfter(database.prisma, after, page)
    if (!last) return { looked: await database.prisma.client.count(), changed }
    const ids = await changedIn(database.prisma, after, last, standards, today)
    for (let from = 0; from < ids.length; from += WRITTEN) {
      const some = ids.slice(from, from + WRITTEN)
      changed += await database.transaction((tx) => settle(tx, some, standards, today))
    }
    // Of a page with more than that the rest is looked at again.
    after = ids.length === FOUND ? (ids.at(-1) ?? last) : last
  }
}

/**
 * Of the clients after one id and up to another, those of whom the standards say something new, in
 * order of id; the first `FOUND` of them.
 */
async function changedIn(
  tx: Queries,
  after: string,
  last: string,
  standards: Standards,
  today: Day,
): Promise<string[]> {
  const range = (column: string) => `${column} > '${after}' and ${column} <= '${last}'`
  const [row] = await tx.$queryRawUnsafe<{ ids: string[] | null }[]>(
    `select array_agg(id) as ids from (
      select decided.id from (${decidedSql(standards, today, range)}) as decided
      left join client_tier as held on held.client_id = decided.id and ${range('held.client_id')}
      where ${SAID} is distinct from code order by decided.id limit ${FOUND}) as found`,
  )
  return row?.ids ?? []
}
