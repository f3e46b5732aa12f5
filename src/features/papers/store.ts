import type { Day } from '../../core/calendar/time.ts'
import { nameKey } from '../../core/identity/name-key.ts'
import { newId } from '../../core/ids.ts'
import { Prisma } from '../../generated/client.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { NewPaper, Paper, Wanted } from './rules.ts'

const COLUMNS = Prisma.sql`paper.id::text, title, product, words, body, upload_id::text as "uploadId",
  valid_until::text as "validUntil", staff.name as by`
const keptOn = (timezone: string): Prisma.Sql =>
  Prisma.sql`(kept_at at time zone ${timezone})::date::text as "keptOn"`

/** What papers are looked at by: from which day on they must be valid (null: all), and the bank's time zone. */
interface Looking {
  readonly validOn: Day | null
  readonly timezone: string
}

/** Papers that are shown, of a product and with these words; those whose title says so first. */
export const papersFor = (
  tx: Queries,
  { product, words }: Wanted,
  { validOn, timezone }: Looking,
  { from, most }: { readonly from: number; readonly most: number },
): Promise<(Paper & { readonly total: number })[]> => {
  const keys = words.map(nameKey).filter(Boolean)
  return tx.$queryRaw<(Paper & { total: number })[]>`
    select ${COLUMNS}, ${keptOn(timezone)}, count(*) over ()::int as total
    from paper join staff on staff.id = paper.staff_id
    cross join lateral (
      select name_key(title || array_to_string(words, ' ')) as called, name_key(coalesce(body, '')) as says
    ) as text
    where ended_at is null and (${validOn}::date is null or coalesce(valid_until >= ${validOn}::date, true))
      and (${product}::text is null or product = ${product})
      and not exists (select from unnest(${keys}::text[]) as key
        where strpos(called, key) = 0 and strpos(says, key) = 0)
    order by exists (select from unnest(${keys}::text[]) as key where strpos(called, key) = 0),
      product nulls first, title, paper.id
    limit ${most} offset ${from}`
}

/** A paper that is shown; null: there is none of this id. */
export async function paperOf(
  tx: Queries,
  id: string,
  { validOn, timezone }: Looking,
): Promise<Paper | null> {
  const [paper] = await tx.$queryRaw<Paper[]>`
    select ${COLUMNS}, ${keptOn(timezone)}
    from paper join staff on staff.id = paper.staff_id
    where paper.id = ${id}::uuid and ended_at is null
      and (${validOn}::date is null or coalesce(valid_until >= ${validOn}::date, true))`
  return paper ?? null
}

interface By {
  readonly staffId: string
  readonly actId: string
  readonly now: Date
}

/** Keeps papers; one of the same title makes way. */
export async function keepPapers(tx: Queries, papers: readonly NewPaper[], by: By): Promise<void> {
  const rows = papers.map((paper) => ({ id: newId(), ...paper }))
  const json = JSON.stringify(rows)
  await tx.$executeRaw`
    update paper set ended_at = ${by.now}::timestamptz, ended_by = ${by.staffId}::uuid
    from jsonb_to_recordset(${json}::jsonb) as given (title text)
    where name_key(paper.title) = name_key(given.title) and ended_at is null`
  await tx.$executeRaw`
    insert into paper (id, title, product, words, body, upload_id, valid_until, staff_id, act_id, kept_at)
    select id, title, product, array(select jsonb_array_elements_text(words)), body, "uploadId",
      "validUntil", ${by.staffId}::uuid, ${by.actId}::uuid, ${by.now}::timestamptz
    from jsonb_to_recordset(${json}::jsonb) as given (id uuid, title text, product text, words jsonb,
      body text, "uploadId" uuid, "validUntil" date)`
}

/** Takes papers out of the library. */
export const endPapers = (
  tx: Queries,
  ids: readonly string[],
  by: Pick<By, 'staffId' | 'now'>,
): Promise<number> =>
  tx.$executeRaw`
    update paper set ended_at = ${by.now}::timestamptz, ended_by = ${by.staffId}::uuid
    where id = any(${[...ids]}::uuid[]) and ended_at is null`
