import { encryptedRow, encryptedValue } from '../../../infra/database/encryption/columns.ts'
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
  { table: 'tier_nomination', column: 'reason' },
  { table: 'tier_nomination', column: 'evidence' },
  { table: 'client_document', column: 'name' },
  { table: 'upload', column: 'name' },
] as const

/**
 * A name this short may be a word (高兴): notes on others, which are worth keeping, are looked into for numbers and
 * longer names only.
 */
const SHORT_NAME = 2

/** Rows that are looked through at a time. */
const BATCH = 5000
const FIRST = '00000000-0000-0000-0000-000000000000'

/**
 * Takes a person out of notes on others that name them by one of these texts, as they stand in JSON. Notes are
 * encrypted, so that every one is looked through here: of a million, in a quarter of a minute.
 */
export async function redactNotes(
  tx: Queries,
  sought: readonly string[],
  without: (words: unknown) => unknown,
): Promise<void> {
  const traces = sought.filter((trace) => [...trace].length > SHORT_NAME)
  const names = (words: unknown) => {
    const json = JSON.stringify(words)
    return traces.some((trace) => json.includes(trace))
  }
  for (const { table, column, ...copy } of NOTES) {
    const [type, where, kept] =
      'where' in copy
        ? ['jsonb', copy.where, (words: unknown) => encryptedRow('client_note', words)]
        : ['text', `${column} <> ''`, (words: unknown) => encryptedValue(table, column, words)]
    for (let last = FIRST, more = true; more; ) {
      const rows = await tx.$queryRawUnsafe<{ id: string; words: unknown }[]>(
        `select id, ${column} as words from ${table} where id > $1::uuid and ${where} order by id limit ${BATCH}`,
        last,
      )
      const redacted = rows
        .filter(({ words }) => names(words))
        .map(({ id, words }) => ({ id, words: kept(without(words)) }))
      if (redacted.length > 0) {
        await tx.$executeRawUnsafe(
          `update ${table} set ${column} = given.words
           from jsonb_to_recordset($1::jsonb) as given (id uuid, words ${type}) where ${table}.id = given.id`,
          JSON.stringify(redacted),
        )
      }
      last = rows.at(-1)?.id ?? last
      more = rows.length === BATCH
    }
  }
}
