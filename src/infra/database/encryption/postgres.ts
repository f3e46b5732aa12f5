import pg from 'pg'
import type { Encryption } from './encryption.ts'

const { builtins: oid } = pg.types
const TEXT_ARRAY: number = 1009

type Types = pg.CustomTypesConfig
type Parse = (text: string) => unknown

/** A query as the driver takes it; anything else (a text alone, a stream) has no values of ours. */
interface Query {
  readonly text: string
  readonly values?: readonly unknown[]
  readonly types?: Types
}
const isQuery = (asked: unknown): asked is Query =>
  typeof asked === 'object' && asked !== null && 'text' in asked && !('submit' in asked)

/** Lets a connection encrypt what it sends and decrypt what it gets. */
export function encrypting(client: pg.Client, encryption: Encryption): void {
  const wrapped = new WeakMap<Types, Types>()
  const typesOf = (types: Types): Types => {
    const known = wrapped.get(types) ?? decrypting(types, encryption)
    wrapped.set(types, known)
    return known
  }
  const written = (value: unknown): unknown => {
    if (typeof value === 'string') return encryption.write(value)
    return Array.isArray(value) ? value.map(written) : value
  }
  const query = client.query
  client.query = function (this: pg.Client, asked: unknown, ...rest: unknown[]) {
    const sent = isQuery(asked)
      ? {
          ...asked,
          ...(asked.values && { values: asked.values.map(written) }),
          types: typesOf(asked.types ?? pg.types),
        }
      : asked
    return Reflect.apply(query, this, [sent, ...rest])
  } as typeof query
}

function decrypting(types: Types, { readText, readJson }: Encryption): Types {
  const parsers = new Map<number, Parse>()
  const through = (type: number, read: (text: string) => string) => {
    const parse = types.getTypeParser(type, 'text') as Parse
    parsers.set(type, (text) => parse(read(text)))
  }
  for (const type of [oid.TEXT, oid.VARCHAR]) through(type, readText)
  for (const type of [oid.JSON, oid.JSONB]) through(type, readJson)
  const texts = types.getTypeParser(TEXT_ARRAY, 'text') as Parse
  parsers.set(TEXT_ARRAY, (text) =>
    (texts(text) as (string | null)[]).map((each) => (each === null ? null : readText(each))),
  )
  return {
    getTypeParser: (type: number, format?: 'text' | 'binary') =>
      parsers.get(type) ?? types.getTypeParser(type, format as 'text'),
  }
}
