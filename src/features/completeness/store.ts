import type { Day } from '../../core/calendar/time.ts'
import { batchPerTransaction } from '../../infra/batch.ts'
import type { Queries } from '../../infra/database/index.ts'
import { idsIn } from '../../infra/database/raw-statements.ts'
import { judgedAs, standardsOn } from '../tier-rules/store.ts'
import { missingSql } from './missing-sql.ts'
import { type Completeness, itemsOf, type ThinCount } from './rules.ts'

interface MissingRow {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly businessName: string | null
  readonly missing: string[]
  readonly hangs: boolean
}

/** A client whose file is not complete. */
export interface ThinFile extends Completeness {
  readonly id: string
  readonly name: string
  readonly businessName: string | null
}

/** The part of a statement that says of each client what is missing; lapsed ones are not asked for more. */
const filesSql = (missing: string, where: string): string => `
  select client.id, client.kind, client.name, client.business_name as "businessName",
    client.owner_id, ${missing} as missing, coalesce(client_tier.provisional, true) as hangs
  from client left join client_facts as facts on facts.client_id = client.id
  left join client_tier on client_tier.client_id = client.id
  where client.kind <> 'lapsed' and ${where}`

async function readerOn(tx: Queries, today: Day) {
  const standards = await standardsOn(tx, today)
  const items = { prospect: itemsOf(standards.prospect), existing: itemsOf(standards.existing) }
  return {
    missing: missingSql(standards, today),
    read({ id, kind, name, businessName, missing, hangs }: MissingRow): ThinFile {
      const all = items[judgedAs(kind)]
      return {
        ...{ id, name, businessName, total: all.length },
        missing: all.filter(({ key }) => missing.includes(key)),
        tierHangs: hangs && missing.length > 0,
      }
    },
  }
}

/** What files lack on a day, as SQL (`missingSql`). */
export const missingOn = async (tx: Queries, today: Day): Promise<string> =>
  missingSql(await standardsOn(tx, today), today)

/** How complete the file of a client is; null of one who lapsed. */
export const completenessOf = batchPerTransaction(
  async (tx, asked: readonly { readonly clientId: string; readonly today: Day }[]) => {
    const [first] = asked
    if (!first) return []
    const { missing, read } = await readerOn(tx, first.today)
    const rows = await tx.$queryRawUnsafe<MissingRow[]>(
      `select id, kind, name, "businessName", missing, hangs
       from (${filesSql(missing, `client.id = any(${idsIn('$1')})`)}) as file`,
      JSON.stringify(asked.map(({ clientId }) => clientId)),
    )
    const byId = new Map(rows.map((row) => [row.id, read(row)]))
    return asked.map(({ clientId }) => byId.get(clientId) ?? null)
  },
)

/** A book: how many files, and those that are not complete; what a tier hangs on first, then what lacks least. */
export async function thinFilesOf(
  tx: Queries,
  ownerIds: readonly string[],
  today: Day,
  most: number,
): Promise<{ readonly files: readonly ThinFile[]; readonly count: Omit<ThinCount, 'name'> }> {
  const { missing, read } = await readerOn(tx, today)
  const rows = await tx.$queryRawUnsafe<(MissingRow & Omit<ThinCount, 'name'>)[]>(
    `with file as (${filesSql(missing, 'client.owner_id = any($1::uuid[])')}),
     counted as (
       select count(*)::int as clients,
         (count(*) filter (where missing = '{}'))::int as complete,
         (count(*) filter (where missing <> '{}' and hangs))::int as hanging
       from file
     )
     select counted.clients, counted.complete, counted.hanging, thin.id, thin.kind, thin.name,
       thin."businessName", thin.missing, thin.hangs
     from counted left join (
       select * from file where missing <> '{}'
       order by hangs desc, cardinality(missing), name, id limit ${most}
     ) as thin on true
     order by thin.hangs desc, cardinality(thin.missing), thin.name, thin.id`,
    [...ownerIds],
  )
  const [first] = rows
  const { clients = 0, complete = 0, hanging = 0 } = first ?? {}
  const files = rows.filter(({ id }) => id !== null).map(read)
  return { files, count: { clients, complete, hanging } }
}

/** By part of a unit (the units right below it, and the managers who are in it themselves), how many files are complete. */
export async function countThin(tx: Queries, path: string, today: Day): Promise<ThinCount[]> {
  const { missing } = await readerOn(tx, today)
  return tx.$queryRawUnsafe<ThinCount[]>(
    `with placed as (
       select staff.id, staff.code, staff.name,
         split_part(substr(unit.path, length($1::text) + 1), '/', 1) as child
       from staff join unit on unit.id = staff.unit_id where starts_with(unit.path, $1::text)
     ), counted as (
       select owner_id, count(*) as clients, count(*) filter (where missing = '{}') as complete,
         count(*) filter (where missing <> '{}' and hangs) as hanging
       from (${filesSql(missing, 'client.owner_id in (select id from placed)')}) as file
       group by owner_id
     )
     select coalesce(min(below.name), min(placed.name)) as name, sum(clients)::int as clients,
       sum(complete)::int as complete, sum(hanging)::int as hanging
     from counted join placed on placed.id = counted.owner_id
     left join unit as below on below.code = placed.child
     group by coalesce(nullif(child, ''), placed.code)
     order by sum(complete)::float8 / sum(clients), name`,
    path,
  )
}

/** Somebody or a unit within a path, by code or whole name; null: neither. */
export async function partNamed(
  tx: Queries,
  path: string,
  named: string,
): Promise<
  | { readonly staffId: string; readonly name: string }
  | { readonly path: string; readonly name: string }
  | null
> {
  const [unit] = await tx.$queryRaw<{ path: string; name: string }[]>`
    select path, name from unit where starts_with(path, ${path})
      and (upper(code) = upper(${named}) or name = ${named}) order by path limit 1`
  if (unit) return unit
  const [person] = await tx.$queryRaw<{ staffId: string; name: string }[]>`
    select staff.id as "staffId", staff.name from staff join unit on unit.id = unit_id
    where starts_with(unit.path, ${path}) and staff.active and staff.role in ('manager', 'lead')
      and (upper(staff.code) = upper(${named}) or staff.name = ${named})
    order by staff.code limit 1`
  return person ?? null
}
