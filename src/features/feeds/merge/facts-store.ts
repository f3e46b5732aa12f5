import type { Day } from '../../../core/calendar/time.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { NEW_ID } from '../../../infra/database/new-id.ts'
import { quoted } from '../../../infra/database/quoted.ts'
import { type FactKind, type FactName, factColumn, factKind } from '../../tier-rules/facts.ts'
import { REJECTED } from '../store.ts'
import { CLIENT_OF_KEY, type Part } from './store.ts'

/** What came of some rows of facts. */
export interface MergedFacts {
  /** The clients of whom one changed. */
  readonly changed: readonly string[]
  /** Lines of nobody on file, in their order. */
  readonly unmatched: readonly number[]
}

const TYPES: Readonly<Record<FactKind, string>> = {
  ...{ 'yes-no': 'boolean', yuan: 'bigint', ratio: 'float8', months: 'date', age: 'date' },
  ...{ country: 'text', industry: 'text' },
}

/** One statement for each choice of columns. */
const statements = new Map<string, string>()

/**
 * Writes staged facts with the business day they are of, and notes what changed; one that is known of a
 * later day is left as it is. Finds the clients as it goes, so that no staged row is written twice.
 * `facts`: those that the feed has columns of.
 */
export async function mergeFacts(
  tx: Queries,
  { loadId, after, last }: Part,
  facts: readonly FactName[],
  { day, now }: { readonly day: Day; readonly now: Date },
): Promise<MergedFacts> {
  const known = facts.join()
  const statement = statements.get(known) ?? statementFor(facts)
  statements.set(known, statement)
  const [row] = await tx.$queryRawUnsafe<
    { changed: string[] | null; unmatched: number[] | null }[]
  >(statement, loadId, after, last, day, now)
  return { changed: row?.changed ?? [], unmatched: row?.unmatched ?? [] }
}

function statementFor(facts: readonly FactName[]): string {
  const each = facts.map((fact) => ({
    fact: quoted(fact),
    column: factColumn(fact),
    cell: `(cells ->> ${quoted(fact)})::${TYPES[factKind(fact)]}`,
  }))
  const list = (line: (of: (typeof each)[number]) => string, by = ', ') => each.map(line).join(by)
  const differs = ({ column }: { readonly column: string }) =>
    `(new_${column} is not null and new_${column} is distinct from old_${column})`
  return `
    with found as materialized (
      select line, cells, ${CLIENT_OF_KEY} as client_id
      from feed_row where load_id = $1::uuid and line > $2::int and line <= $3::int and key_kind <> ${quoted(REJECTED)}
    ), given as (
      select distinct on (client_id) client_id, cells from found where client_id is not null
      order by client_id, line desc
    ), said as materialized (
      select given.client_id, ${list(
        ({ fact, column, cell }) =>
          `was.${column} as old_${column}, case when coalesce(was.as_of ->> ${fact}, '') <= $4::text
            then ${cell} end as new_${column}`,
      )}
      from given left join client_facts as was on was.client_id = given.client_id
    ), written as (
      insert into client_facts (client_id, ${list(({ column }) => column)}, as_of)
      select client_id, ${list(({ column }) => `new_${column}`)}, jsonb_strip_nulls(jsonb_build_object(
        ${list(({ fact, column }) => `${fact}, case when new_${column} is not null then $4::text end`)}))
      from said where ${list(({ column }) => `new_${column} is not null`, ' or ')}
      order by client_id
      on conflict (client_id) do update set
        ${list(({ column }) => `${column} = coalesce(excluded.${column}, client_facts.${column})`)},
        as_of = client_facts.as_of || excluded.as_of
    ), noted as (
      insert into fact_entry (id, client_id, fact, before, after, recorded_at)
      select ${NEW_ID}, client_id, fact, before, after, $5::timestamptz
      from said cross join lateral (values ${list(
        (of) =>
          `(${of.fact}, to_jsonb(old_${of.column}), to_jsonb(new_${of.column}), ${differs(of)})`,
      )}) as entry (fact, before, after, differs)
      where differs order by client_id
    )
    select (select array_agg(client_id) from said where ${list(differs, ' or ')}) as changed,
      (select array_agg(line order by line) from found where client_id is null) as unmatched`
}
