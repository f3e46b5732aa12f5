import { Prisma } from '../../generated/client.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Register, RegisterEntry } from './rules.ts'

/** Who writes an entry, by which act, when; null: an import, or a feed. */
interface By {
  readonly staffId: string | null
  readonly actId: string | null
  readonly now: Date
}

/** The entries that names mean, in the order of the names, in any spelling; null: the register has none. */
export async function matchNames(
  tx: Queries,
  register: Register,
  names: readonly string[],
): Promise<(RegisterEntry | null)[]> {
  const rows = await tx.$queryRaw<(RegisterEntry & { place: number })[]>`
    select asked.place::int, entry.id, entry.name, entry.kind, entry.code, array(
      select distinct alias.name from register_name as alias
      join register_entry as spelling on spelling.id = alias.entry_id
      where (spelling.id = entry.id or spelling.same_as = entry.id) and alias.name <> entry.name
      order by alias.name) as aliases
    from unnest(${[...names]}::text[]) with ordinality as asked (name, place)
    join register_name as known on known.register = ${register} and known.key = name_key(asked.name)
    join register_entry as called on called.id = known.entry_id
    join register_entry as entry on entry.id = coalesce(called.same_as, called.id)`
  const byPlace = new Map(rows.map(({ place, ...entry }) => [place - 1, entry]))
  return names.map((_, place) => byPlace.get(place) ?? null)
}

/** As `matchNames`, after what no entry is called yet became an entry of that name. */
export async function ensureNames(
  tx: Queries,
  register: Register,
  names: readonly string[],
  by: By,
): Promise<(RegisterEntry | null)[]> {
  await tx.$executeRaw`
    with asked as (
      select distinct on (name_key(name)) name_key(name) as key, btrim(name) as name
      from unnest(${[...names]}::text[]) with ordinality as asked (name, place)
      where name_key(name) <> '' order by name_key(name), place
    ), entered as (
      insert into register_entry (id, register, name, staff_id, act_id, recorded_at)
      select gen_random_uuid(), ${register}, name, ${by.staffId}::uuid, ${by.actId}::uuid,
        ${by.now}::timestamptz
      from asked where not exists (
        select from register_name where register = ${register} and register_name.key = asked.key)
      returning id, name
    )
    insert into register_name (register, key, name, entry_id)
    select ${register}, name_key(name), name, id from entered`
  return matchNames(tx, register, names)
}

/**
 * The ids of all entries that some entries mean, as SQL: what is the same as one of them, and the divisions of an
 * industry that is a section. `which` is a condition on `asked`.
 */
const meant = (which: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  select meant.id from register_entry as asked join register_entry as meant
    on meant.register = asked.register and (coalesce(meant.same_as, meant.id) = coalesce(asked.same_as, asked.id)
      or starts_with(meant.code, asked.code))
  where ${which})`

export const meantBy = (ids: readonly string[]): Prisma.Sql =>
  meant(Prisma.sql`asked.id = any(${[...ids]}::uuid[])`)

/** As `meantBy`, of entries by any of their names. */
export const meantByNames = (register: Register, names: readonly string[]): Prisma.Sql =>
  meant(Prisma.sql`asked.id in (select entry_id from register_name where register = ${register}
    and key in (select name_key(name) from unnest(${[...names]}::text[]) as said (name)))`)

/** Calls an entry by one more name; false when another entry of the register has it. */
export async function addAlias(tx: Queries, entryId: string, alias: string): Promise<boolean> {
  await tx.$executeRaw`
    insert into register_name (register, key, name, entry_id)
    select register, name_key(${alias}), ${alias}, id from register_entry where id = ${entryId}::uuid
    on conflict do nothing`
  const [known] = await tx.$queryRaw<{ theirs: boolean }[]>`
    select known.entry_id = entry.id as theirs
    from register_entry as entry join register_name as known
      on known.register = entry.register and known.key = name_key(${alias})
    where entry.id = ${entryId}::uuid`
  return known?.theirs ?? false
}

/** As many are offered. */
const MOST_NEAR = 4

/** Names of a register that hold what is said, or are held by it, the shortest first. */
export async function nearNames(
  tx: Queries,
  register: Register,
  said: string,
): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select entry.name from register_name as known
    join register_entry as called on called.id = known.entry_id
    join register_entry as entry on entry.id = coalesce(called.same_as, called.id)
    where known.register = ${register} and length(name_key(${said})) > 1 and length(known.key) > 1
      and (strpos(known.key, name_key(${said})) > 0 or strpos(name_key(${said}), known.key) > 0)
    group by entry.id, entry.name order by length(entry.name), entry.name limit ${MOST_NEAR}`
  return rows.map(({ name }) => name)
}

/** So many entries of a register are offered in a form. */
const MOST_OFFERED = 200

/** The names of each register, to pick from. */
export async function offeredNames(
  tx: Queries,
): Promise<Readonly<Record<Register, readonly string[]>>> {
  const entries = await tx.$queryRaw<{ register: Register; name: string }[]>`
    select register, name from (
      select register, name, row_number() over (partition by register order by name) as place
      from register_entry where same_as is null
    ) as entry where place <= ${MOST_OFFERED} order by register, name`
  const named = (register: Register) =>
    entries.filter((each) => each.register === register).map(({ name }) => name)
  return { region: named('region'), industry: named('industry'), cluster: named('cluster') }
}
