import type { Work } from '../../../bot/work.ts'
import { newId } from '../../../core/ids.ts'
import { encryptedRow, encryptedValue } from '../../../infra/database/encryption/columns.ts'
import { secretDocument } from '../../../infra/database/encryption/secret.ts'
import type { Queries } from '../../../infra/database/index.ts'

/** Notes on others in which a person may be named, whenever they were written, and the names of files. */
const NOTES = [
  { table: 'client_note', column: 'text' },
  {
    table: 'file_change',
    column: 'before',
    where: `subject = 'client_note' and before is not null`,
  },
  { table: 'file_change', column: 'after', where: `subject = 'client_note' and after is not null` },
  { table: 'task', column: 'note' },
  { table: 'task_move', column: 'from_note' },
  { table: 'task_move', column: 'skip_reason' },
  { table: 'outcome', column: 'note' },
  { table: 'visit', column: 'note' },
  { table: 'need', column: 'note' },
  { table: 'hand_over_row', column: 'note' },
  { table: 'reminder', column: 'note' },
  { table: 'complaint', column: 'about' },
  { table: 'complaint', column: 'answer' },
  { table: 'enquiry', column: 'question' },
  { table: 'enquiry', column: 'answer' },
  { table: 'tier_nomination', column: 'reason' },
  { table: 'tier_nomination', column: 'evidence' },
  { table: 'client_document', column: 'name' },
  { table: 'upload', column: 'name' },
] as const

/** Keys under which stand words of ours, never of people. */
const HOUSE_WORDS = ['command', 'kind', 'base64']

/**
 * A name this short may be a word (高兴): notes on others, which are worth keeping, are looked into for numbers and
 * longer names only.
 */
const SHORT_NAME = 2

/** Rows that are looked through at a time. */
const BATCH = 2000
const FIRST = '00000000-0000-0000-0000-000000000000'

/** What names a person. */
interface Traces {
  /** Texts by which a note is found, as they stand in JSON. */
  readonly sought: readonly string[]
  /** Of a regular expression: what a dash takes the place of. */
  readonly pattern: string
}

/** Has a person taken out of notes on others, in minutes: `redactNotesWork` does it. */
export const beginRedaction = (
  tx: Queries,
  sought: readonly string[],
  pattern: RegExp,
): Promise<number> => {
  const traces: Traces = {
    sought: sought.filter((trace) => [...trace].length > SHORT_NAME),
    pattern: pattern.source,
  }
  return tx.$executeRaw`
    insert into redaction (id, traces, after)
    values (${newId()}::uuid, ${`"${secretDocument(traces)}"`}::jsonb, ${FIRST}::uuid)`
}

/**
 * Takes those who were deleted out of notes on others. Notes are encrypted, so that every one of the bank is looked
 * through here, some thousand in a transaction.
 */
export const redactNotesWork: Work = {
  name: 'redact-notes',
  begin: ({ database }) => ({
    step: () => database.transaction(redactSome),
    end: async () => {},
  }),
}

interface Redaction {
  readonly id: string
  readonly traces: Traces
  readonly place: number
  readonly after: string
}

async function redactSome(tx: Queries): Promise<boolean> {
  const [redaction] = await tx.$queryRaw<Redaction[]>`
    select id::text, traces, place, after::text from redaction
    order by id limit 1 for update skip locked`
  if (!redaction) return false
  const { id, traces, place, after } = redaction
  const notes = NOTES[place]
  if (!notes) {
    await tx.$executeRaw`delete from redaction where id = ${id}::uuid`
    return true
  }
  const last = await redactAfter(tx, notes, after, traces)
  await tx.$executeRaw`
    update redaction set place = ${last ? place : place + 1}, after = ${last ?? FIRST}::uuid
    where id = ${id}::uuid`
  return true
}

/** Resolves to the last row that was looked at; null: there are no more. */
async function redactAfter(
  tx: Queries,
  { table, column, ...copy }: (typeof NOTES)[number],
  after: string,
  { sought, pattern }: Traces,
): Promise<string | null> {
  const [type, where, kept] =
    'where' in copy
      ? ['jsonb', copy.where, (words: unknown) => encryptedRow('client_note', words)]
      : ['text', `${column} <> ''`, (words: unknown) => encryptedValue(table, column, words)]
  const rows = await tx.$queryRawUnsafe<{ id: string; words: unknown }[]>(
    `select id, ${column} as words from ${table} where id > $1::uuid and ${where} order by id limit ${BATCH}`,
    after,
  )
  const named = rows.filter(({ words }) => {
    const json = JSON.stringify(words)
    return sought.some((trace) => json.includes(trace))
  })
  if (named.length > 0) {
    const what = new RegExp(pattern, 'g')
    const written = named.map(({ id, words }) => ({ id, words: kept(withoutTraces(words, what)) }))
    await tx.$executeRawUnsafe(
      `update ${table} set ${column} = given.words
       from jsonb_to_recordset($1::jsonb) as given (id uuid, words ${type}) where ${table}.id = given.id`,
      JSON.stringify(written),
    )
  }
  return rows.length === BATCH ? (rows.at(-1)?.id ?? null) : null
}

/** The same, with a dash for each trace in its texts. */
export function withoutTraces(words: unknown, pattern: RegExp): unknown {
  if (typeof words === 'string') return words.replace(pattern, '—')
  if (Array.isArray(words)) return words.map((each) => withoutTraces(each, pattern))
  if (words === null || typeof words !== 'object') return words
  return Object.fromEntries(
    Object.entries(words).map(([key, value]) => [
      key,
      HOUSE_WORDS.includes(key) ? value : withoutTraces(value, pattern),
    ]),
  )
}
