import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from } from 'pg-copy-streams'
import type { Encryption } from './encryption/encryption.ts'
import type { Database } from './index.ts'
import { connectionTo } from './postgres.ts'
import { Connection } from './transactions.ts'

/** Rows of one statement on an embedded database, whose process waits meanwhile. */
const BATCH = 2000

/** An object is written as JSON. */
type Value = string | number | boolean | object | null
type Row = Readonly<Record<string, Value>>

/**
 * Streams rows into a table, by the names of its columns, with `COPY` on a server and in batches on an
 * embedded database, however many there are. What was written before a fault stays: it is for a table
 * that is cleared. Resolves to how many were written.
 */
export async function copyRows(
  database: Database,
  table: string,
  columns: readonly string[],
  rows: AsyncIterable<Row>,
): Promise<number> {
  const { url, encryption } = database
  return url
    ? copy({ url, encryption }, table, columns, rows)
    : insert(database, table, columns, rows)
}

async function copy(
  { url, encryption }: { readonly url: string; readonly encryption: Encryption },
  table: string,
  columns: readonly string[],
  rows: AsyncIterable<Row>,
): Promise<number> {
  // Of its own, as the stream holds it; the limit for one answer is none for a stream.
  const { query_timeout: _, ...connection } = connectionTo(url)
  const client = new Connection(connection)
  client.on('error', () => {})
  let count = 0
  async function* lines() {
    let text = ''
    for await (const row of rows) {
      const line = columns.map((column) => escaped(row[column] ?? null)).join('\t')
      text += `${encryption.write(line)}\n`
      count += 1
      if (text.length < 65_536) continue
      yield text
      text = ''
    }
    yield text
  }
  await client.connect()
  try {
    await pipeline(
      Readable.from(lines()),
      client.query(from(`copy ${table} (${columns.join(', ')}) from stdin`)),
    )
    return count
  } finally {
    await client.end().catch(() => {})
  }
}

/** As COPY's text format has it. */
const escaped = (value: Value): string =>
  value === null
    ? '\\N'
    : (typeof value === 'object' ? JSON.stringify(value) : String(value)).replace(
        /[\\\t\n\r]/g,
        (letter) => ESCAPED[letter] ?? letter,
      )

const ESCAPED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
}

async function insert(
  { prisma }: Database,
  table: string,
  columns: readonly string[],
  rows: AsyncIterable<Row>,
): Promise<number> {
  const names = columns.join(', ')
  let batch: Row[] = []
  let count = 0
  const write = async () => {
    if (batch.length === 0) return
    await prisma.$executeRawUnsafe(
      `insert into ${table} (${names}) select ${names} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      JSON.stringify(batch),
    )
    count += batch.length
    batch = []
  }
  for await (const row of rows) {
    batch.push(row)
    if (batch.length === BATCH) await write()
  }
  await write()
  return count
}
