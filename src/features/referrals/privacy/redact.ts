import { sayPhone } from '../../../bot/grammar/phone.ts'
import { literally } from '../../../core/text.ts'
import { encryptedValue } from '../../../infra/database/encryption/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { rowsNaming } from './book-rows.ts'
import { beginRedaction, withoutTraces } from './redact-notes.ts'

/** What names a person in words: a name, a business, numbers. */
interface Traces {
  readonly name: string
  readonly businessName: string | null
  readonly address: string | null
  readonly idNumber: string | null
  readonly creditCode: string | null
  readonly wechat: string | null
  /** E.164: the client's own, and those of whoever else is on the file. */
  readonly phones: readonly string[]
  readonly enteredAt: Date
  /** Somebody else on file has the name: alone it may mean them. */
  readonly shared: boolean
}

/** Where words about people are kept, and since when by which column. */
export const KEPT = [
  { table: 'message', column: 'card', since: 'created_at' },
  { table: 'received', column: 'says', since: 'received_at' },
  { table: 'act', column: 'input', since: 'at', also: ', erased = true' },
  { table: 'import', column: 'mapping', since: 'started_at' },
] as const

/** What outlives the file, by its texts. */
const OUTLIVES = [
  { table: 'complaint', columns: ['about', 'answer'] },
  { table: 'erasure', columns: ['ground'] },
] as const

/**
 * Takes a person out of what was said in chat, by them and about them, since they were entered: a
 * dash stands where a name or a number stood. Cards that were sent, lines and forms that were
 * received, what was noted of each act, examples of imported books, notes on others, and what outlives the
 * file; rows of books that name them go.
 */
export async function redactChat(tx: Queries, clientId: string): Promise<void> {
  const traces = await tracesIn(tx, clientId)
  if (!traces) return
  const { sought, pattern, enteredAt } = traces
  for (const { table, column, since, ...kept } of KEPT) {
    const rows = await tx.$queryRawUnsafe<{ id: string; words: unknown }[]>(
      `select id, ${column} as words from ${table}
       where ${since} >= $1::timestamptz - interval '1 day' and exists (
         select from unnest($2::text[]) as trace where strpos(${column}::text, trace) > 0)`,
      enteredAt,
      sought,
    )
    const redacted = rows.map(({ id, words }) => ({ id, words: withoutTraces(words, pattern) }))
    await tx.$executeRawUnsafe(
      `update ${table} set ${column} = given.words${'also' in kept ? kept.also : ''}
       from jsonb_to_recordset($1::jsonb) as given (id uuid, words jsonb)
       where ${table}.id = given.id`,
      JSON.stringify(redacted),
    )
  }
  await beginRedaction(tx, sought, pattern)
  const rows = await rowsNaming(tx, clientId, sought)
  await tx.$executeRaw`
    delete from import_row using jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as naming ("importId" uuid, number int)
    where import_row.import_id = naming."importId" and import_row.number = naming.number`
  for (const { table, columns } of OUTLIVES) {
    const rows = await tx.$queryRawUnsafe<{ id: string; words: Record<string, unknown> }[]>(
      `select id, to_jsonb(${table}) as words from ${table} where client_id = $1::uuid`,
      clientId,
    )
    for (const { id, words } of rows) {
      await tx.$executeRawUnsafe(
        `update ${table} set ${columns.map((column, place) => `${column} = $${place + 2}`).join(', ')}
         where id = $1::uuid`,
        id,
        ...columns.map((column) =>
          encryptedValue(table, column, withoutTraces(words[column] ?? null, pattern)),
        ),
      )
    }
  }
}

/** How a client is found in what was said; null: nothing is known that could stand in a text. */
export async function tracesIn(
  tx: Queries,
  clientId: string,
): Promise<{ sought: string[]; pattern: RegExp; enteredAt: Date } | null> {
  const [traces] = await tx.$queryRaw<Traces[]>`
    select name, business_name as "businessName", address, id_number as "idNumber",
      credit_code as "creditCode", wechat, entered_at as "enteredAt", array(
        select number from client_phone where client_id = client.id
        union select phone from relative where client_id = client.id and phone is not null) as phones,
      exists (select from client as other where other.name = client.name
        and other.id <> client.id) as shared
    from client where id = ${clientId}::uuid`
  const pattern = traces ? patternOf(traces) : null
  if (!traces || !pattern) return null
  return { pattern, sought: [clientId, ...soughtOf(traces)], enteredAt: traces.enteredAt }
}

/** The ways in which a phone number is written down. */
function phonesOf(phone: string): string[] {
  const national = phone.replace(/^\+86/, '')
  const parts = sayPhone(phone, false)
  return [...new Set([phone, national, parts, parts.replaceAll(' ', '-')])]
}

/** Texts by which a row is found, as they stand in JSON. */
function soughtOf({ name, shared, phones, idNumber, creditCode, wechat }: Traces): string[] {
  const texts = [shared || name.length < 2 ? null : name, idNumber, creditCode, wechat]
  return [...texts, ...phones.flatMap(phonesOf)].flatMap((text) =>
    text ? [JSON.stringify(text).slice(1, -1)] : [],
  )
}

/** Null where nothing is known of a person that could stand in a text. */
function patternOf({ phones, ...texts }: Traces): RegExp | null {
  const { name, businessName, address, idNumber, creditCode, wechat } = texts
  const numbers = phones.flatMap(phonesOf)
  const words = [name, businessName, address, idNumber, creditCode, wechat, ...numbers]
    .flatMap((text) => (text !== null && text.length > 1 ? [text] : []))
    .sort((a, b) => b.length - a.length)
    .map(literally)
  // A name in Latin letters is none within another word.
  const alone = words.map((word) => `(?<![a-zA-Z0-9])${word}(?![a-zA-Z0-9])`)
  return words.length > 0 ? new RegExp(alone.join('|'), 'g') : null
}
