import { isCreditCode, isIdNumber } from '../../../core/identity/identity-numbers.ts'
import type { Queries } from '../index.ts'
import { encryptedValue } from './columns.ts'
import { asJson, BATCH, type Batch } from './in-batches.ts'
import { secret, secretDocument } from './secret.ts'

/** Copies of rows and of columns, in which numbers stand. */
export const COPIES: Readonly<Record<string, readonly string[]>> = {
  file_change: ['before', 'after'],
  client_merge: ['gone', 'before', 'after'],
}

/** What opens a ciphertext, as PostgreSQL's expressions say it: the character itself is let into no value. */
const OPENS = '\\uE0C8'
/** What in JSON is, or looks like, a number in clear. */
const CLEAR = `"(\\+[0-9]{6,15}|[0-9A-Z]{18})"|"id_number": "[^${OPENS}]`
/** A ciphertext by another key than this. */
const older = (key: number) => `${OPENS}[A-Z]\\.(?!${key}\\.)`

type Row = Readonly<Record<string, unknown>>

export function copiesIn(table: string, key: number): Batch {
  const names = COPIES[table] ?? []
  // A change of a column has its value alone, and in `subject` the column.
  const subject = table === 'file_change' ? 'subject' : "''"
  return async (tx, after) => {
    const rows = await tx.$queryRawUnsafe<{ id: string; subject: string; row: Row }[]>(
      `select id, ${subject} as subject, ${asJson(names)} as row from ${table}
       where id > $1::uuid and (concat_ws(' ', ${names.join(', ')}) ~ $2
         or ${subject} = 'id_number' and concat_ws(' ', ${names.join(', ')}) ~ $3)
       order by id limit ${BATCH} for update`,
      after,
      `${CLEAR}|${older(key)}`,
      `(^| )"[^${OPENS}]`,
    )
    const written = rows.map(({ id, subject, row }) => ({
      id,
      ...Object.fromEntries(names.map((name) => [name, encryptedIn(subject, row[name])])),
    }))
    await tx.$executeRawUnsafe(
      `update ${table} set ${names.map((name) => `${name} = nullif(given.${name}, 'null')`).join(', ')}
       from jsonb_to_recordset($1::jsonb) as given (id uuid, ${names.map((name) => `${name} jsonb`).join(', ')})
       where ${table}.id = given.id`,
      JSON.stringify(written),
    )
    return { rows: rows.length, last: rows.at(-1)?.id ?? after }
  }
}

/** Rows of an imported book, after a number; books are kept for a month. */
export function stagedRows(importId: string, key: number): Batch {
  return async (tx, after) => {
    const rows = await tx.$queryRaw<
      ({ number: number } & Record<'says' | 'cells' | 'keys' | 'changes', unknown>)[]
    >`
      select number, says, cells, keys, changes from import_row
      where import_id = ${importId}::uuid and number > ${after}::int
        and (cells::text !~ ${`^"${OPENS}`} or concat(says, cells, keys, changes) ~ ${older(key)})
      order by number limit ${BATCH} for update`
    const written = rows.map(({ number, says, cells, keys, changes }) => ({
      ...{ number, says: encryptedNumbers(says), keys: encryptedNumbers(keys) },
      ...{ changes: encryptedNumbers(changes), cells: secretDocument(cells) },
    }))
    await tx.$executeRaw`
      update import_row set says = given.says, cells = given.cells, keys = given.keys,
        changes = nullif(given.changes, 'null')
      from jsonb_to_recordset(${JSON.stringify(written)}::jsonb) as given (
        number int, says jsonb, cells jsonb, keys text[], changes jsonb)
      where import_id = ${importId}::uuid and import_row.number = given.number`
    return { rows: rows.length, last: `${rows.at(-1)?.number ?? after}` }
  }
}

/** Rows of a feed that an older version was reading; as after a crash, it is sent again. */
export const dropFeedRows = (tx: Queries): Promise<number> => tx.$executeRaw`
  delete from feed_row where concat('"', key, '" ', cells) ~ ${CLEAR}`

/** A value of a column of the client, or a row. */
const encryptedIn = (subject: string, said: unknown): unknown =>
  typeof said === 'string' ? encryptedValue('client', subject, said) : encryptedNumbers(said)

/** The same, with every phone, ID number and credit code encrypted that is a text of its own, or behind its kind. */
function encryptedNumbers(said: unknown): unknown {
  if (typeof said === 'string') {
    const [, kind = '', value = ''] = said.match(/^((?:phone|id|credit-code):)?(.*)$/s) ?? []
    if (/^\+\d{6,15}$/.test(value)) return kind + secret('phone', value)
    if (isIdNumber(value)) return kind + secret('id', value)
    return isCreditCode(value) ? kind + secret('credit-code', value) : said
  }
  if (Array.isArray(said)) return said.map(encryptedNumbers)
  if (said === null || typeof said !== 'object') return said
  return Object.fromEntries(
    Object.entries(said).map(([name, each]) => [
      encryptedNumbers(name),
      // A passport looks like nothing else.
      name === 'id_number' ? encryptedValue('client', name, each) : encryptedNumbers(each),
    ]),
  )
}
