import { day } from '../../src/core/calendar/time.ts'
import { newId } from '../../src/core/ids.ts'
import type { ClientFilter } from '../../src/features/clients/filter/rules.ts'
import { progressOf } from '../../src/features/lists/progress/store.ts'
import {
  type NewList,
  type SharingOut,
  shareOut,
} from '../../src/features/lists/share-out/store.ts'
import { countChosen } from '../../src/features/questions/segments/store.ts'
import type { Queries } from '../../src/infra/database/index.ts'
import { NEW_ID } from '../../src/infra/database/new-id.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { bankOn } from '../support/bank.ts'
import { fillBook } from './book.ts'
import { type Bench, row } from './row.ts'
import { withServer } from './server.ts'
import { inTurn, median, p99 } from './timing.ts'

const TODAY = day('2026-11-23')
const NOW = new Date('2026-11-23T00:10:00Z')
const DAYS = Array.from({ length: 10 }, (_, at) =>
  day(`2026-12-${String(at + 1).padStart(2, '0')}`),
)
/** A seventh of the book, half of whom have not been contacted lately. */
const FILTER: ClientFilter = [
  { by: 'tier', among: ['B'] },
  { by: 'uncontacted', days: 60 },
]
const ALL = { kind: 'all' } as const

class TakenBack extends Error {}

/** Lists over a whole bank on PostgreSQL: one is shared out, a segment counted, a list's progress shown. */
export const listsBench: Bench = ({ quick }) =>
  withServer(async (url) => {
    const database = await openPostgres(url)
    const bank = await bankOn(database, [])
    const book = quick ? { managers: 100, clients: 20_000 } : { managers: 1000, clients: 1_000_000 }
    await fillBook(database, { ...book, channel: 'bench' })
    const { prisma } = database
    const staff = await prisma.staff.findMany({ where: { code: { startsWith: 'Q' } } })
    const [maker] = staff
    if (!maker) throw new Error('nobody works there')
    const out: SharingOut = {
      ...{ choosing: { filter: FILTER }, scope: ALL, way: 'owner', days: DAYS, perDay: 20 },
      about: { today: TODAY, timezone: 'Asia/Shanghai', missing: null },
      receivers: staff.map(({ id }) => id),
    }
    const list = (): NewList => ({
      ...{ id: newId(), name: newId(), madeBy: maker.id, within: '/', product: null },
      ...{ talkingPoints: '问候', startsOn: TODAY, endsOn: TODAY, madeAt: NOW, actId: newId() },
    })
    const takenBack = (work: (tx: Queries) => Promise<void>) =>
      database
        .transaction(async (tx) => {
          await work(tx)
          throw new TakenBack()
        })
        .catch((error: unknown) => {
          if (!(error instanceof TakenBack)) throw error
        })
    const shared = await inTurn(3, {
      ours: () => takenBack((tx) => shareOut(tx, list(), out)),
      bare: () => takenBack((tx) => byHand(tx, list(), out.receivers)),
    })
    const asker = {
      who: { id: maker.id, standsInFor: [], unitPath: '/' },
      ...{ reach: 'bank', at: bank.app.services.moment() },
    } as unknown as Parameters<typeof countChosen>[1]
    const counts = await inTurn(quick ? 5 : 10, {
      ours: () => countChosen(prisma, asker, FILTER),
      bare: () => countByHand(prisma),
    })
    const kept = list()
    await database.transaction((tx) => shareOut(tx, kept, out))
    await database.wholeBook.$executeRawUnsafe('vacuum analyze')
    const progress = await inTurn(quick ? 20 : 100, {
      ours: () => progressOf(prisma, kept.id, ALL),
      bare: () => progressByHand(prisma, kept.id),
    })
    const rows = await prisma.targetListRow.count({ where: { listId: kept.id } })
    return [
      row(
        `a list of ${rows} clients shared out among ${book.managers} managers`,
        [median(shared.ours), 'ms'],
        ['the same joins by hand', median(shared.bare)],
        2,
      ),
      row(
        `a segment counted over ${book.clients} clients`,
        [median(counts.ours), 'ms'],
        ['by hand', median(counts.bare)],
        1.5,
      ),
      row(
        'progress of that list, p99',
        [p99(progress.ours), 'ms'],
        ['the same rows counted by hand', p99(progress.bare)],
        2,
      ),
    ]
  })

/** Who is chosen and screened, ranked within their manager and put on days, as one would write it once. */
async function byHand(tx: Queries, list: NewList, receivers: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    insert into target_list (id, name, key, made_by, within, way, talking_points, starts_on, ends_on, act_id,
      made_at)
    values (${list.id}::uuid, ${list.name}, ${list.name}, ${list.madeBy}::uuid, '/', 'owner', 'x',
      ${TODAY}::date, ${TODAY}::date, ${list.actId}::uuid, ${NOW}::timestamptz)`
  await tx.$executeRawUnsafe(
    `with made as materialized (
       select ${NEW_ID} as task_id, client.id as client_id, owner_id,
         (row_number() over (partition by owner_id order by tier, client.id) - 1) / 20 as on
       from client join client_tier on client_tier.client_id = client.id
       where tier = 'B' and coalesce(last_contact_on, (entered_at at time zone 'Asia/Shanghai')::date) <= $3::date - 60
         and owner_id = any($1::uuid[]) and not negative_list and do_not_contact is null
         and not exists (select from task where task.client_id = client.id and status = 'open' and kind = 'list')
     ), opened as (
       insert into task (id, manager_id, client_id, kind, due_on, status, priority, base, reason, asked, attempt,
         note, opened_by, created_at)
       select task_id, owner_id, client_id, 'list', date '2026-12-01' + made.on::int, 'open', 55, 55, 'list', false, 0,
         'x', $2::uuid, now() from made
     )
     insert into target_list_row (list_id, client_id, task_id) select $4::uuid, client_id, task_id from made`,
    receivers,
    list.actId,
    TODAY,
    list.id,
  )
}

const countByHand = (tx: Queries): Promise<unknown> => tx.$queryRaw`
  select count(*)::int, count(*) filter (where negative_list or do_not_contact is not null)::int
  from client join client_tier on client_tier.client_id = client.id
  where tier = 'B' and coalesce(last_contact_on, (entered_at at time zone 'Asia/Shanghai')::date)
    <= ${TODAY}::date - 60`

const progressByHand = (tx: Queries, listId: string): Promise<unknown> => tx.$queryRaw`
  select manager_id, count(*)::int, count(*) filter (where status = 'open')::int as open,
    count(*) filter (where said.reached)::int as reached
  from target_list_row as row join task on task.id = row.task_id
  left join lateral (select bool_or(stage <> 'none') as reached from outcome
    where outcome.client_id = row.client_id and undone_at is null) as said on true
  where row.list_id = ${listId}::uuid group by manager_id order by manager_id`
