import pg from 'pg'
import type { Column } from './describe.ts'
import type { Declared } from './sites.ts'

const { builtins: oid } = pg.types

/** What the drivers make of a value of a type, and of an array of that type (its own OID). */
const KINDS: readonly (readonly [
  kind: string,
  types: readonly number[],
  arrays: readonly number[],
])[] = [
  ['boolean', [oid.BOOL], [1000]],
  ['number', [oid.INT2, oid.INT4, oid.FLOAT4, oid.FLOAT8], [1005, 1007, 1021, 1022]],
  ['bigint', [oid.INT8], [1016]],
  ['Decimal', [oid.NUMERIC], [1231]],
  ['string', [oid.TEXT, oid.VARCHAR, oid.BPCHAR, oid.UUID], [1009, 1015, 1014, 2951]],
  ['Date', [oid.DATE, oid.TIMESTAMP, oid.TIMESTAMPTZ], [1182, 1115, 1185]],
  ['Uint8Array', [oid.BYTEA], [1001]],
]
const KIND_OF = new Map(
  KINDS.flatMap(([kind, types, arrays]) => [
    ...types.map((type) => [type, kind] as const),
    ...arrays.map((type) => [type, `${kind}[]`] as const),
  ]),
)
const JSON_TYPES: readonly number[] = [oid.JSON, oid.JSONB]
/** What no JSON becomes. */
const NEVER_JSON = /bigint|Date|Uint8Array|Decimal/

/** What is wrong with a row that is declared, by the columns that its statement gives. */
export function rowFaults(
  declared: readonly Declared[],
  given: readonly Column[],
  text: string,
): string[] {
  const columns = new Map(given.map((column) => [column.name, column]))
  const names = new Set(declared.map(({ name }) => name))
  return [
    ...[...columns.keys()].flatMap((name) =>
      names.has(name) ? [] : [`${name} is selected and not declared`],
    ),
    ...declared.flatMap((each) => {
      const column = columns.get(each.name)
      if (!column) return [`${each.name} is declared and not selected`]
      return [kindFault(each, column), nullFault(each, column, text)].filter(
        (fault) => fault !== null,
      )
    }),
  ]
}

function kindFault({ name, kinds }: Declared, { type }: Column): string | null {
  const kind = KIND_OF.get(type)
  const fits = (each: string) =>
    each === 'unknown' || (JSON_TYPES.includes(type) ? !NEVER_JSON.test(each) : each === kind)
  return kinds.every(fits)
    ? null
    : `${name} is declared ${kinds.join(' | ')} and is ${kind ?? `of type ${type}`}`
}

/**
 * Where it can be decided: of a column of a table. It may be null all the same in an outer join, and
 * is not where the statement asks for `is not null`; lists are nullable only because Prisma makes them so.
 */
function nullFault(
  { name, kinds, nullable }: Declared,
  { type, of }: Column,
  text: string,
): string | null {
  if (!of || kinds.includes('unknown')) return null
  if (of.nullable && !nullable) {
    const asked = new RegExp(`\\b${of.column}"? is not null`).test(text)
    return asked || KIND_OF.get(type)?.endsWith('[]')
      ? null
      : `${name} may be null and is not declared so`
  }
  const inner = !/\b(left|right|full) (outer )?join\b/.test(text)
  return !of.nullable && nullable && inner ? `${name} is declared null and never is` : null
}
