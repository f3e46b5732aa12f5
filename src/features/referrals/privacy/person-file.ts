import { secretKey } from '../../../infra/database/encryption/secret.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { rowsNaming } from './book-rows.ts'
import { KEPT, tracesIn } from './redact.ts'

type Traces = NonNullable<Awaited<ReturnType<typeof tracesIn>>>

type Row = Readonly<Record<string, unknown>>

/** A photo or a document of somebody. */
export interface Attachment {
  readonly id: string
  readonly name: string
  readonly bytes: Uint8Array
}

/** All that the bank's assistant holds of one person (PIPL, article 45). */
export interface PersonFile {
  /** By table, the rows that are about the person, as they stand. */
  readonly tables: Readonly<Record<string, readonly Row[]>>
  /** By table, what was said in chat and names the person: the lines that do, and nothing of anybody else. */
  readonly words: Readonly<
    Record<string, readonly { readonly at: Date; readonly lines: string[] }[]>
  >
  /** When who was shown something of the person, by staff code, and in answer to what. */
  readonly seen: readonly { readonly at: Date; readonly by: string; readonly command: string }[]
  readonly attachments: readonly Attachment[]
}

/** What hangs on a client by another row, and what hangs on it without a key of the database. */
const FURTHER: Readonly<Record<string, string>> = {
  client: 'id = $1::uuid',
  client_merge: `kept_id = $1::uuid or merged_id = $1::uuid or exists (select from client
    where id = $1::uuid and strpos(concat(gone, after), secret_key(id_number)) > 0)`,
  task_move: 'task_id in (select id from task where client_id = $1::uuid)',
  hand_over_row: 'need_id in (select id from need where client_id = $1::uuid)',
  negative_entry: 'id in (select entry_id from negative_hit where client_id = $1::uuid)',
  points_posting: `entry_id in (select entry.id from referral_entry as entry
    join referral_link as link on link.id = link_id where link.client_id = $1::uuid)`,
  request: `strpos(payload::text || subject, $1::text) > 0`,
}

/** Everything of a client on file, every table that points to one included. */
export async function personFile(tx: Queries, clientId: string): Promise<PersonFile> {
  const pointing = await tx.$queryRaw<{ table: string; where: string }[]>`
    select conrelid::regclass::text as table,
      string_agg(quote_ident(attname) || ' = $1::uuid', ' or ') as where
    from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
    where contype = 'f' and confrelid = 'client'::regclass
    group by conrelid order by 1`
  const tables: Record<string, Row[]> = {}
  const keep = (table: string, rows: readonly { readonly row: Row }[]) => {
    if (rows.length > 0) tables[table] = rows.map(({ row }) => row)
  }
  const wheres = {
    ...Object.fromEntries(pointing.map((each) => [each.table, each.where])),
    ...FURTHER,
  }
  for (const [table, where] of Object.entries(wheres)) {
    keep(
      table,
      await tx.$queryRawUnsafe<{ row: Row }[]>(
        `select to_jsonb(${table}) as row from ${table} where ${where}`,
        clientId,
      ),
    )
  }
  const traces = await tracesIn(tx, clientId)
  const rows = await rowsNaming(tx, clientId, traces?.sought ?? [])
  // Rows of books name people who were not on file yet.
  keep(
    'import_row',
    await tx.$queryRaw<{ row: Row }[]>`
      select to_jsonb(import_row) as row
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as naming ("importId" uuid, number int)
      join import_row on import_row.import_id = naming."importId" and import_row.number = naming.number`,
  )
  const files = await tx.$queryRaw<(Omit<Attachment, 'bytes'> & { readonly base64: string })[]>`
    select id::text, name, file_base64(bytes) as base64 from upload where id in (
      select upload_id from client_document where client_id = ${clientId}::uuid
      union select photo_id from visit where client_id = ${clientId}::uuid)`
  const attachments = files.map(({ base64, ...file }) => ({
    ...file,
    bytes: Buffer.from(base64, 'base64'),
  }))
  const seen = await tx.$queryRaw<PersonFile['seen'][number][]>`
    select at, coalesce(code, 'server') as by, command
    from act left join staff on staff.id = staff_id
    where seen @> array[${clientId}::uuid] order by at`
  return { tables, attachments, seen, words: traces ? await wordsAbout(tx, clientId, traces) : {} }
}

/** What chat said of a client, by table. */
async function wordsAbout(
  tx: Queries,
  clientId: string,
  traces: Traces,
): Promise<PersonFile['words']> {
  const words: Record<string, { at: Date; lines: string[] }[]> = {}
  for (const { table, column, since } of KEPT) {
    const rows = await tx.$queryRawUnsafe<{ at: Date; said: unknown }[]>(
      `select ${since} as at, ${column} as said from ${table}
       where ${since} >= $1::timestamptz - interval '1 day' and exists (
         select from unnest($2::text[]) as trace where strpos(${column}::text, trace) > 0)
       order by ${since}`,
      traces.enteredAt,
      traces.sought,
    )
    const said = rows.flatMap(({ at, said }) => {
      const lines = linesOf(said).filter(
        (line) => line === clientId || line.search(traces.pattern) >= 0,
      )
      return lines.length > 0 ? [{ at, lines }] : []
    })
    if (said.length > 0) words[table] = said
  }
  return words
}

/** The lines of every text in something that was said. */
function linesOf(said: unknown): string[] {
  if (typeof said === 'string') return said.split('\n')
  if (said === null || typeof said !== 'object') return []
  return Object.values(said).flatMap(linesOf)
}

/** What visitors of referral pages left under a phone number without coming on file. */
export const entriesOf = (tx: Queries, phone: string): Promise<{ row: Row }[]> =>
  tx.$queryRaw<{ row: Row }[]>`
    select to_jsonb(referral_entry) as row from referral_entry
    where secret_key(phone) = ${secretKey('phone', phone)} and client_id is null`
