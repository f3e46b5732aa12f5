import pg from 'pg'
import { Prisma } from '../../generated/client.ts'
import type { Queries } from './index.ts'

/**
 * Of so many statements the names begin anew: some are written for one day alone. A connection lives for minutes, and
 * what it had prepared ends with it.
 */
const MAX_PREPARED = 500

const { builtins: oid, getTypeParser } = pg.types

/** What Prisma makes of a column, where the driver makes something else of it. */
const SCALARS: Readonly<Record<number, (text: string) => unknown>> = {
  [oid.INT8]: (text) => BigInt(text),
  [oid.NUMERIC]: (text) => new Prisma.Decimal(text),
  [oid.BYTEA]: (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex')),
  [oid.DATE]: (text) => new Date(`${text}T00:00:00Z`),
  [oid.TIMESTAMP]: (text) => new Date(`${text.replace(' ', 'T')}Z`),
  // The session is in UTC, so every offset is +00.
  [oid.TIMESTAMPTZ]: (text) => new Date(`${text.replace(' ', 'T')}:00`),
}
/** The arrays of those types. */
const ARRAYS: Readonly<Record<number, number>> = {
  1016: oid.INT8,
  1231: oid.NUMERIC,
  1182: oid.DATE,
  1115: oid.TIMESTAMP,
  1185: oid.TIMESTAMPTZ,
}
const TEXT_ARRAY: number = 1009
const textsOf = getTypeParser(TEXT_ARRAY) as (text: string) => (string | null)[]

const parsers = new Map<number, unknown>(
  Object.entries(SCALARS).map(([type, parse]) => [Number(type), parse]),
)
for (const [array, type] of Object.entries(ARRAYS)) {
  const parse = SCALARS[type]
  const each = (text: string | null) => (text === null ? null : parse?.(text))
  parsers.set(Number(array), (text: string) => textsOf(text).map(each))
}
const types = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    parsers.get(type) ?? getTypeParser(type, format as 'text'),
}

const names = new Map<string, string>()
let named = 0

/** The name under which a statement is prepared, which no other ever has. */
function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  if (names.size >= MAX_PREPARED) names.clear()
  const name = `s${named++}`
  names.set(text, name)
  return name
}

/** As the server reads it, wherever the process stands: the driver would write local time. */
const plainOf = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString()
  return Array.isArray(value) ? value.map(plainOf) : value
}

/** The four methods of a Prisma client that take SQL. */
type Raw = Pick<Queries, '$queryRaw' | '$executeRaw' | '$queryRawUnsafe' | '$executeRawUnsafe'>

/**
 * A Prisma client whose raw statements go straight to a connection, prepared: a sixth of the time that
 * Prisma takes for them, with the same results (test/infra/raw-statements.test.ts). Statements that are sent
 * without waiting for each other share their way to the server. `connectionOf` is asked for each; `mostMs`:
 * how long each may take, where that is not for the connection to say; such a one goes over many rows, and is
 * planned each time for the values it is given.
 */
export function withRawStatements<Client extends Queries>(
  client: Client,
  connectionOf: () => pg.PoolClient | pg.Pool,
  mostMs?: number,
): Client {
  const run = (text: string, values: readonly unknown[]) => {
    const query = {
      ...{ text, values: values.map(plainOf), types },
      ...(mostMs ? { query_timeout: mostMs } : { name: nameOf(text) }),
    }
    const connection = connectionOf()
    // By a callback: rows that come by the driver's own promise outlive every small garbage collection
    // (pg 8.23 on Node 24).
    return new Promise<pg.QueryResult>((resolve, reject) => {
      connection.query(query, (error, result) => (error ? reject(error) : resolve(result)))
    })
  }
  const written = (sql: TemplateStringsArray | Prisma.Sql, values: unknown[]) => {
    const { text, values: all } = sql instanceof Prisma.Sql ? sql : Prisma.sql(sql, ...values)
    return run(text, all)
  }
  const raw: Record<keyof Raw, unknown> = {
    $queryRaw: async (sql: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
      (await written(sql, values)).rows,
    $executeRaw: async (sql: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
      (await written(sql, values)).rowCount ?? 0,
    $queryRawUnsafe: async (text: string, ...values: unknown[]) => (await run(text, values)).rows,
    $executeRawUnsafe: async (text: string, ...values: unknown[]) =>
      (await run(text, values)).rowCount ?? 0,
  }
  return new Proxy(client, {
    get: (target, name) => Reflect.get(Object.hasOwn(raw, name) ? raw : target, name),
  })
}

// Of a parameter that is an array PostgreSQL looks how long it is: a large statement about few ids would be planned anew
// for each call, which takes longer than its work. So these ids come as JSON.

/** The ids in a parameter (`$1`) that holds a JSON array of them, for `= any(…)`. */
export const idsIn = (parameter: string): string =>
  `array(select json_array_elements_text(${parameter}::json)::uuid)`

/** These ids, for `= any(…)`. */
export const idsOf = (ids: readonly string[]): Prisma.Sql =>
  Prisma.sql`array(select json_array_elements_text(${JSON.stringify(ids)}::json)::uuid)`
