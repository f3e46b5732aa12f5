import type { Job } from '../../../bot/feature.ts'
import type { Day } from '../../../core/calendar/time.ts'
import type { Database, Queries } from '../../../infra/database/index.ts'
import { standardsOn } from '../../tier-rules/store.ts'
import { applyTiers, codeSql, holdsFor, SAID, type Standards } from './apply-tiers.ts'
import { PAGE, type Page, pagesOf } from './pages.ts'

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
  async run(services, moment) {
    const retiered = await retierAll(services.database, moment.today)
    services.log.info({ ...retiered }, 'tiers')
  },
}

/**
 * Decides everybody's tier by the standards in force on a day. What changed is written, so many
 * clients to a transaction, while the next are looked for.
 */
export async function retierAll(
  database: Database,
  today: Day,
  size = PAGE[database.kind],
): Promise<Retiered> {
  const standards = await standardsOn(database.prisma, today)
  const write = async (ids: readonly string[]): Promise<number> => {
    let changed = 0
    for (let from = 0; from < ids.length; from += WRITTEN) {
      const some = ids.slice(from, from + WRITTEN)
      changed += await database.transaction((tx) => applyTiers(tx, some, standards, today))
    }
    return changed
  }
  const search = changes(database.wholeBook, standards, today, size)
  let [looked, changed] = [0, 0]
  let found: readonly string[] | null = []
  while (found) {
    const both: [IteratorResult<Found, undefined>, number] = await Promise.all([
      search.next(),
      write(found),
    ])
    const [{ value: next }, written] = both
    changed += written
    looked += next?.looked ?? 0
    found = next?.ids ?? null
  }
  return { looked, changed }
}

/** Clients of whom the standards say something new, and how many were looked at to find them. */
interface Found {
  readonly ids: readonly string[]
  readonly looked: number
}

/** Everybody page by page; of a page on which many change the rest is looked at again. */
async function* changes(
  tx: Queries,
  standards: Standards,
  today: Day,
  size: number,
): AsyncGenerator<Found, undefined> {
  for await (const { after, last, count } of pagesOf(tx, size)) {
    for (let from: string | undefined = after; from !== undefined; ) {
      const ids = await changedIn(tx, { after: from, last }, standards, today)
      from = ids.length === FOUND ? ids.at(-1) : undefined
      yield { ids, looked: from === undefined ? count : 0 }
    }
  }
}

/**
 * Of the clients of a page those of whom the standards say something new, in order of id; the first
 * `FOUND` of them. The facts are joined last, so that a row of them is read where it lies: `offset 0`
 * keeps the planner from carrying its forty columns through another join. Every table is asked for
 * the page, since a planner does not carry a range over from one to the other.
 */
async function changedIn(
  tx: Queries,
  { after, last }: Pick<Page, 'after' | 'last'>,
  standards: Standards,
  today: Day,
): Promise<string[]> {
  const within = (column: string) => `${column} > $1::uuid and ${column} <= $2::uuid`
  const [row] = await tx.$queryRawUnsafe<{ ids: string[] | null }[]>(
    `select array_agg(id) as ids from (
      select client.id from (
        select client.id, kind, industry_code, held.decided, ${SAID} as said from client
        left join client_tier as held on held.client_id = client.id and ${within('held.client_id')}
        where ${within('client.id')} order by client.id offset 0
      ) as client
      left join client_facts as facts on facts.client_id = client.id and ${within('facts.client_id')}
      cross join lateral (select ${codeSql(standards, today, 'decided')} as code offset 0) as judged
      where said is distinct from code and ${holdsFor('kind', 'code')}
      order by client.id limit ${FOUND}
    ) as found`,
    after,
    last,
  )
  return row?.ids ?? []
}
