import type { Day } from '../../core/calendar/time.ts'
import { Prisma } from '../../generated/client.ts'
import { batchPerTransaction } from '../../infra/batch.ts'
import { toDayOrNull } from '../../infra/database/columns.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Edition, EditionKind } from './rules.ts'

interface Row extends Omit<Edition, 'effectiveFrom' | 'dryRun'> {
  effectiveFrom: Date | null
  dryRun: unknown
  dryRunOf: string | null
  dryRunAt: Date | null
}

const COLUMNS = Prisma.sql`kind, version, status, effective_from as "effectiveFrom", body, hash,
  makers, made_at as "madeAt", dry_run as "dryRun", dry_run_of as "dryRunOf",
  dry_run_at as "dryRunAt", published_by as "publishedBy", published_at as "publishedAt"`

function toEdition({ dryRun, dryRunOf, dryRunAt, effectiveFrom, ...row }: Row): Edition {
  return {
    ...row,
    effectiveFrom: toDayOrNull(effectiveFrom),
    dryRun: dryRunOf && dryRunAt ? { said: dryRun, of: dryRunOf, at: dryRunAt } : null,
  }
}

async function findOne(tx: Queries, where: Prisma.Sql): Promise<Edition | null> {
  const rows = await tx.$queryRaw<Row[]>`select ${COLUMNS} from edition where ${where} limit 1`
  return rows[0] ? toEdition(rows[0]) : null
}

interface Asked {
  readonly kind: EditionKind
  readonly day: Day
}

const keyOf = ({ kind, day }: Asked): string => `${kind} ${day}`

const inForceOf = batchPerTransaction(async (tx, asked: readonly Asked[]) => {
  const each = [...new Map(asked.map((one) => [keyOf(one), one])).values()]
  const rows = await tx.$queryRaw<(Row & { day: Day })[]>`
    select asked.day::text as day, found.*
    from json_to_recordset(${JSON.stringify(each)}::json) as asked (kind text, day date)
    cross join lateral (
      select ${COLUMNS} from edition
      where edition.kind = asked.kind and status = 'published' and effective_from <= asked.day
      order by effective_from desc, version desc limit 1
    ) as found`
  const found = new Map(rows.map(({ day, ...row }) => [keyOf({ ...row, day }), toEdition(row)]))
  return asked.map((one) => found.get(keyOf(one)) ?? null)
})

/** The version in force on a day: the youngest that was published with that day or one before. */
export async function inForce(tx: Queries, kind: EditionKind, day: Day): Promise<Edition> {
  const found = await inForceOf(tx, { kind, day })
  if (!found) throw new Error(`no ${kind} is in force on ${day}`)
  return found
}

/** The version in force on a day and those that come into force later, in that order. */
export async function inForceFrom(tx: Queries, kind: EditionKind, day: Day): Promise<Edition[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select ${COLUMNS} from edition
    where kind = ${kind} and status = 'published' and effective_from >= (
      select max(effective_from) from edition
      where kind = ${kind} and status = 'published' and effective_from <= ${day}::date)
    order by effective_from, version`
  return rows.map(toEdition)
}

/** The draft that is being worked on; null when there is none. */
export const draftOf = (tx: Queries, kind: EditionKind): Promise<Edition | null> =>
  findOne(tx, Prisma.sql`kind = ${kind} and status = 'draft'`)

/** One version, whatever became of it; null when there is none of that number. */
export const editionOf = (
  tx: Queries,
  kind: EditionKind,
  version: number,
): Promise<Edition | null> => findOne(tx, Prisma.sql`kind = ${kind} and version = ${version}`)

/** Every version of a kind, youngest first. */
export async function versions(tx: Queries, kind: EditionKind): Promise<Edition[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select ${COLUMNS} from edition where kind = ${kind} order by version desc`
  return rows.map(toEdition)
}

/** The version that a draft follows: the last to come into force, be that today or on a day to come. */
export async function latest(tx: Queries, kind: EditionKind): Promise<Edition> {
  const found = await findOne(
    tx,
    Prisma.sql`kind = ${kind} and status = 'published' order by effective_from desc, version desc`,
  )
  if (!found) throw new Error(`no ${kind} was ever published`)
  return found
}

const hashOf = (json: string) =>
  Prisma.sql`encode(sha256(convert_to(${json}::jsonb::text, 'UTF8')), 'hex')`

/** Puts a body into the draft of its kind, which is begun where there is none. */
export async function saveDraft(
  tx: Queries,
  kind: EditionKind,
  body: unknown,
  who: { readonly id: string },
  now: Date,
): Promise<Edition> {
  const json = JSON.stringify(body)
  const [row] = await tx.$queryRaw<Row[]>`
    insert into edition (kind, version, status, body, hash, makers, made_at)
    select ${kind}, coalesce(max(version), 0) + 1, 'draft', ${json}::jsonb, ${hashOf(json)},
      array[${who.id}::uuid], ${now}::timestamptz
    from edition where kind = ${kind}
    on conflict (kind) where status = 'draft' do update set
      body = excluded.body, hash = excluded.hash, made_at = excluded.made_at,
      makers = case when edition.makers @> excluded.makers then edition.makers
        else edition.makers || excluded.makers end
    returning ${COLUMNS}`
  if (!row) throw new Error(`the draft of ${kind} was not kept`)
  return toEdition(row)
}

/** Notes what a dry run of exactly this draft said. */
export async function markDryRun(
  tx: Queries,
  { kind, hash }: Edition,
  said: unknown,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    update edition set dry_run = ${JSON.stringify(said)}::jsonb, dry_run_of = ${hash},
      dry_run_at = ${now}::timestamptz
    where kind = ${kind} and status = 'draft'`
}

/** Publishes a draft that `mayPublish` let pass; throws when it was changed since it was read. */
export async function publish(
  tx: Queries,
  { kind, version, hash }: Edition,
  effectiveFrom: Day,
  who: { readonly id: string },
  now: Date,
): Promise<void> {
  const published = await tx.$executeRaw`
    update edition set status = 'published', effective_from = ${effectiveFrom}::date,
      published_by = ${who.id}::uuid, published_at = ${now}::timestamptz
    where kind = ${kind} and version = ${version} and status = 'draft'
      and hash = ${hash} and dry_run_of = ${hash}`
  if (published === 0) throw new Error(`the draft of ${kind} changed meanwhile`)
}

/** Gives up a draft, or a published version before it comes into force; it stays readable. */
export async function withdraw(
  tx: Queries,
  { kind, version }: Edition,
  today: Day,
): Promise<boolean> {
  const withdrawn = await tx.$executeRaw`
    update edition set status = 'withdrawn' where kind = ${kind} and version = ${version}
      and (status = 'draft' or status = 'published' and effective_from > ${today}::date)`
  return withdrawn > 0
}

/** Puts what is shipped on file as version 1, where the bank has none of its kind yet. */
export async function install(
  tx: Queries,
  kind: EditionKind,
  body: unknown,
  effectiveFrom: string,
): Promise<void> {
  const json = JSON.stringify(body)
  await tx.$executeRaw`
    insert into edition (kind, version, status, effective_from, body, hash, makers, made_at,
      published_at)
    values (${kind}, 1, 'published', ${effectiveFrom}::date, ${json}::jsonb, ${hashOf(json)}, '{}',
      ${effectiveFrom}::date, ${effectiveFrom}::date)
    on conflict do nothing`
}
