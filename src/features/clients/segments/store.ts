import type { Actor } from '../../../core/staff.ts'
import { Prisma } from '../../../generated/client.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { type ClientFilter, clientFilter } from '../filter/rules.ts'
import type { Segment } from './rules.ts'

type Row = Omit<Segment, 'filter'> & { readonly filter: unknown }

/** So many are listed. */
export const MOST_LISTED = 20

const COLUMNS = Prisma.sql`segment.id, segment.name, segment.filter, segment.made_by as "madeBy",
  staff.name as "makerName", segment.within`

/** Whether somebody sees it: it is theirs, or for a unit that theirs is in. */
const seenBy = ({ id, unitPath }: Actor): Prisma.Sql =>
  Prisma.sql`(segment.made_by = ${id}::uuid or starts_with(${unitPath}, segment.within))`

/** One's own first, then those of the nearest unit. */
const NEAREST = Prisma.sql`length(segment.within) desc, segment.saved_at desc, segment.id`

const toSegment = ({ filter, ...row }: Row): Segment => ({
  ...row,
  filter: clientFilter.parse(filter),
})

/** The segments that somebody sees. */
export async function segmentsSeenBy(tx: Queries, who: Actor): Promise<Segment[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select ${COLUMNS} from segment join staff on staff.id = segment.made_by
    where ${seenBy(who)} order by segment.made_by <> ${who.id}::uuid, ${NEAREST} limit ${MOST_LISTED}`
  return rows.map(toSegment)
}

/** The segment that somebody means by a name, in any spelling: their own, else of the nearest unit; null: none. */
export async function segmentNamed(tx: Queries, who: Actor, name: string): Promise<Segment | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    select ${COLUMNS} from segment join staff on staff.id = segment.made_by
    where segment.key = name_key(${name}) and ${seenBy(who)}
    order by segment.made_by <> ${who.id}::uuid, ${NEAREST} limit 1`
  return row ? toSegment(row) : null
}

/** Keeps a choice under a name; what its maker kept under that name before makes way. */
export async function saveSegment(
  tx: Queries,
  segment: Pick<Segment, 'id' | 'name' | 'madeBy' | 'within'> & { readonly filter: ClientFilter },
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    insert into segment (id, name, key, filter, made_by, within, saved_at)
    values (${segment.id}::uuid, ${segment.name}, name_key(${segment.name}),
      ${JSON.stringify(segment.filter)}::jsonb, ${segment.madeBy}::uuid, ${segment.within},
      ${now}::timestamptz)
    on conflict (made_by, key) do update set name = excluded.name, filter = excluded.filter,
      within = excluded.within, saved_at = excluded.saved_at`
}

export async function dropSegment(tx: Queries, id: string): Promise<void> {
  await tx.$executeRaw`delete from segment where id = ${id}::uuid`
}
