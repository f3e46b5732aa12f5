import { type PGlite, parse, protocol, type Transaction, types } from '@electric-sql/pglite'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { Encryption } from './encryption/encryption.ts'

/** Statements prepared at most, and the characters of the longest; what is longer is said once. */
const MAX_PREPARED = 500
const MAX_LENGTH = 20_000
/** As a connection to PostgreSQL: a plan made while a table was small is made anew after that. */
const PREPARED_MS = 600_000
const TEXT_ARRAY = 1009

type Message = Awaited<ReturnType<PGlite['execProtocolStream']>>[number]
/** By type, what makes a value of a text. */
type Parsers = PGlite['parsers']

interface Prepared {
  /** Empty: it serves once. */
  readonly name: string
  /** The types of its parameters. */
  readonly parameters: readonly number[]
  /** Which columns it gives. */
  readonly described: readonly Message[]
}

type Query = (
  text: string,
  values: readonly unknown[],
  how: { readonly parsers: Parsers },
) => Promise<unknown>

const { serialize } = protocol

/**
 * The queries of a PGlite, each prepared when it comes the first time: parsed and planned at each call,
 * as PGlite's own do, they take ten times as long. Rows are arrays, as Prisma wants them.
 */
function preparing(pglite: PGlite, encryption: Encryption) {
  const known = new Map<string, Prepared>()
  let count = 0
  let until = performance.now() + PREPARED_MS
  const merged = new WeakMap<object, Parsers>()

  async function prepare(text: string): Promise<Prepared> {
    if (known.size >= MAX_PREPARED || performance.now() > until) {
      await pglite.execProtocolStream(serialize.query('deallocate all'), { syncToFs: false })
      known.clear()
      until = performance.now() + PREPARED_MS
    }
    const before = known.get(text)
    if (before) return before
    const name = text.length > MAX_LENGTH ? '' : `s${count++}`
    const described = await pglite.execProtocolStream(
      Buffer.concat([
        serialize.parse({ name, text }),
        serialize.describe({ type: 'S', name }),
        serialize.sync(),
      ]),
      { syncToFs: false },
    )
    const parameters = parse.parseDescribeStatementResults(described)
    const prepared = { name, parameters, described }
    if (name) known.set(text, prepared)
    return prepared
  }

  /** Those of a query beside those of all; there are four hundred, so they are put together once. */
  function parsersOf(own: Parsers): Parsers {
    const parsers = merged.get(own) ?? decrypting({ ...pglite.parsers, ...own }, encryption)
    merged.set(own, parsers)
    return parsers
  }

  const plainOf = (value: unknown, type = 0): string | null => {
    if (value === null || value === undefined) return null
    return encryption.write(pglite.serializers[type]?.(value) ?? String(value))
  }

  return async (
    ...[text, values, { parsers }, syncToFs = false]: [...Parameters<Query>, syncToFs?: boolean]
  ): Promise<unknown> => {
    const { name: statement, parameters, described } = await prepare(text)
    const given = values.map((value, place) => plainOf(value, parameters[place]))
    const sent = await pglite.execProtocolStream(
      Buffer.concat([
        serialize.bind({ statement, values: given }),
        serialize.execute({}),
        serialize.sync(),
      ]),
      { syncToFs },
    )
    return parse.parseResults([...described, ...sent], parsersOf(parsers), { rowMode: 'array' })[0]
  }
}

function decrypting(parsers: Parsers, { readText, readJson }: Encryption): Parsers {
  const own: Parsers = {}
  const through = (type: number, read: (text: string) => string) => {
    const parse = parsers[type]
    own[type] = parse ? (text, of) => parse(read(text), of) : read
  }
  for (const type of [types.TEXT, types.VARCHAR]) through(type, readText)
  for (const type of [types.JSON, types.JSONB]) through(type, readJson)
  const texts = parsers[TEXT_ARRAY]
  if (texts) {
    own[TEXT_ARRAY] = (text) =>
      (texts(text) as (string | null)[]).map((each) => (each === null ? null : readText(each)))
  }
  return { ...parsers, ...own }
}

/** What the adapter uses of a PGlite, with statements that are prepared. */
function prepared(pglite: PGlite, encryption: Encryption) {
  const query = preparing(pglite, encryption)
  const within =
    (tx: Transaction): Query =>
    (...asked) =>
      pglite.runExclusive(() => {
        if (tx.closed) throw new Error('Transaction is closed')
        return query(...asked)
      })
  return {
    query: (...asked: Parameters<Query>) =>
      pglite._runExclusiveTransaction(() => pglite.runExclusive(() => query(...asked, true))),
    exec: pglite.exec.bind(pglite),
    transaction: <Result>(work: (tx: object) => Promise<Result>) =>
      pglite.transaction((tx) => work({ ...tx, query: within(tx) })),
  }
}

/**
 * Prisma on PGlite. Mends faults of pglite-prisma-adapter 0.7.2: no statement was prepared, a script was
 * not awaited, and the isolation level asked for was dropped.
 */
export function pgliteAdapter(pglite: PGlite, encryption = new Encryption()): PrismaPGlite {
  // It uses no more of it.
  const factory = new PrismaPGlite(prepared(pglite, encryption) as unknown as PGlite)
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    adapter.executeScript = async (script) => {
      await pglite.exec(script)
    }
    const startTransaction = adapter.startTransaction.bind(adapter)
    adapter.startTransaction = async (isolation) => {
      const transaction = await startTransaction()
      if (isolation) {
        await transaction.executeRaw({
          sql: `SET TRANSACTION ISOLATION LEVEL ${isolation}`,
          args: [],
          argTypes: [],
        })
      }
      return transaction
    }
    return adapter
  }
  return factory
}
