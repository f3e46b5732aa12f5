import { isCreditCode, isIdNumber } from '../../../core/identity/identity-numbers.ts'
import type { Queries } from '../index.ts'
import { listed } from '../quoted.ts'
import { ENCRYPTED, encryptedRow, encryptedValue } from './columns.ts'
import { asJson, BATCH, type Batch } from './in-batches.ts'
import { secret, secretDocument } from './secret.ts'

/** Copies of rows and of columns, in which numbers and notes stand. */
export const COPIES: Readonly<Record<string, readonly string[]>> = {
  file_change: ['before', 'after'],
  client_merge: ['gone', 'before', 'after', 'tasks'],
  undo_snapshot: ['before'],
}

/** What opens a ciphertext, as PostgreSQL's expressions say it: the character itself is let into no value. */
const OPENS = '\\uE0C8'
/** What in JSON is, or looks like, a number in clear. */
const CLEAR_NUMBER = `"(\\+[0-9]{6,15}|[0-9A-Z]{18})"|"id_number": "[^${OPENS}]`
/** What in the copy of a row is a note in clear; the reasons of tasks and outcomes are words of ours. */
const NOTES = 'text|note|from_note|skip_reason|about|answer|ground|evidence|do_not_contact|why'
const CLEAR = `${CLEAR_NUMBER}|"(${NOTES})": "[^${OPENS}"]|"backup": [^}]*"reason": "[^${OPENS}"]`
/** A ciphertext by another key than this. */
const older = (key: number) => `${OPENS}[A-Z]\\.(?!${key}\\.)`

type Row = Readonly<Record<string, unknown>>

const COLUMNS = Object.keys(ENCRYPTED['client'] ?? {})

export function copiesIn(table: string, key: number): Batch {
  const names = COPIES[table] ?? []
  // A change of a column has its value alone, and in `subject` the column.
  const subject = table === 'client_merge' ? "''" : 'subject'
  return async (tx, after) => {
    const rows = await tx.$queryRawUnsafe<{ id: string; subject: string; row: Row }[]>(
      `select id, ${subject} as subject, ${asJson(names)} as row from ${table}
       where id > $1::uuid and (concat_ws(' ', ${names.join(', ')}) ~ $2
         or ${subject} in (${listed(COLUMNS)}) and concat_ws(' ', ${names.join(', ')}) ~ $3)
       order by id limit ${BATCH} for update`,
      after,
      `${CLEAR}|${older(key)}`,
      `(^| )"[^${OPENS}]`,
    )
    const written = rows.map(({ id, subject, row }) => ({
      id,
      ...Object.fromEntries(names.map((name) => [name, copyOf(table, name, subject, row[name])])),
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
        and (cells::text !~ ${`^"${OPENS}`} or says::text ~ ${`"(note|reason|evidence)": "[^${OPENS}"]`}
          or concat(says, cells, keys, changes) ~ ${older(key)})
      order by number limit ${BATCH} for update`
    const written = rows.map(({ number, says, cells, keys, changes }) => ({
      ...{ number, says: encryptedSays(says), keys: encryptedNumbers(keys) },
      ...{ changes: encryptedChanges(changes), cells: secretDocument(cells) },
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
  delete from feed_row where concat('"', key, '" ', cells) ~ ${CLEAR_NUMBER}`

/** A copy by what it is of: a value of a column of the client, a row, rows by table, or what an act wrote over. */
function copyOf(table: string, name: string, subject: string, said: unknown): unknown {
  if (typeof said === 'string') return encryptedValue('client', subject, said)
  if (table === 'file_change') return encryptedNumbers(encryptedRow(subject, said))
  if (table === 'client_merge') {
    if (name === 'gone') return encryptedNumbers(encryptedTables(said))
    return encryptedNumbers(encryptedRows(name === 'tasks' ? 'task' : 'client', said))
  }
  if (subject === 'shares') return encryptedRows('share', said)
  return subject === 'do-not-contact' ? encryptedNotes(said, ['why']) : said
}

const encryptedRows = (table: string, rows: unknown): unknown =>
  Array.isArray(rows) ? rows.map((row) => encryptedRow(table, row)) : encryptedRow(table, rows)

const encryptedTables = (said: unknown): unknown =>
  isRow(said)
    ? Object.fromEntries(
        Object.entries(said).map(([table, rows]) => [table, encryptedRows(table, rows)]),
      )
    : said

const encryptedNotes = (said: unknown, names: readonly string[]): unknown =>
  isRow(said)
    ? Object.fromEntries(
        Object.entries(said).map(([name, each]) => [
          name,
          names.includes(name) && typeof each === 'string' ? secret('note', each) : each,
        ]),
      )
    : said

/** What a row of a book says. */
function encryptedSays(said: unknown): unknown {
  const noted = encryptedNotes(said, ['note', 'reason', 'evidence'])
  if (!isRow(noted)) return encryptedNumbers(noted)
  // A passport looks like nothing else.
  const client = encryptedRow('client', noted['client'])
  return encryptedNumbers({ ...noted, ...(client !== undefined && { client }) })
}

/** What a row of a book changes: by what, what stood there and what is to. */
const encryptedChanges = (said: unknown): unknown =>
  isRow(said)
    ? encryptedNumbers(
        Object.fromEntries(
          Object.entries(said).map(([what, change]) => [
            what,
            Array.isArray(change)
              ? change.map((each) =>
                  what === 'note' && typeof each === 'string'
                    ? secret('note', each)
                    : encryptedValue('client', what, each),
                )
              : change,
          ]),
        ),
      )
    : said

/** The same, with every phone, ID number and credit code encrypted that is a text of its own, or behind its kind. */
function encryptedNumbers(said: unknown): unknown {
  if (typeof said === 'string') {
    const [, kind = '', value = ''] = said.match(/^((?:phone|id|credit-code):)?(.*)$/s) ?? []
    if (/^\+\d{6,15}$/.test(value)) return kind + secret('phone', value)
    if (isIdNumber(value)) return kind + secret('id', value)
    return isCreditCode(value) ? kind + secret('credit-code', value) : said
  }
  if (Array.isArray(said)) return said.map(encryptedNumbers)
  if (!isRow(said)) return said
  return Object.fromEntries(
    Object.entries(said).map(([name, each]) => [encryptedNumbers(name), encryptedNumbers(each)]),
  )
}

const isRow = (said: unknown): said is Row =>
  typeof said === 'object' && said !== null && !Array.isArray(said)
