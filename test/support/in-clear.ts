import { sayPhone } from '../../src/bot/grammar/phone.ts'
import { ENCRYPTED } from '../../src/infra/database/encryption/columns.ts'
import type { Database } from '../../src/infra/database/index.ts'

/** Every phone, ID number and credit code on file, as it is typed and as it is said. */
export async function numbersOnFile({ prisma }: Database): Promise<string[]> {
  const [row] = await prisma.$queryRaw<{ all: string[] }[]>`
    select array(select number from client_phone union select phone from client where phone is not null
      union select id_number from client where id_number is not null
      union select credit_code from client where credit_code is not null
      union select phone from relative where phone is not null
      union select phone from referral_entry where phone is not null
      union select phone from staff where phone is not null) as "all"`
  return (row?.all ?? []).flatMap((number) =>
    number.startsWith('+') ? [number.replace(/^\+86/, ''), sayPhone(number, false)] : [number],
  )
}

/** The columns of all tables in which one of these texts stands as it is: `act.input`. */
export async function columnsInClear(
  { prisma }: Database,
  texts: readonly string[],
): Promise<string[]> {
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    select tablename::text as name from pg_tables where schemaname = 'public'`
  const columns: string[] = []
  for (const { name } of tables) {
    const rows = await prisma.$queryRawUnsafe<{ column: string }[]>(
      `select distinct each.key as column
       from "${name}" as kept cross join jsonb_each_text(to_jsonb(kept)) as each
       where exists (select from unnest($1::text[]) as text where strpos(each.value, text) > 0)`,
      texts,
    )
    columns.push(...rows.map(({ column }) => `${name}.${column}`))
  }
  return columns.sort()
}

/** Of the columns that are to be encrypted, those with a value that is not. */
export async function columnsLeftClear({ prisma }: Database): Promise<string[]> {
  const clear: string[] = []
  for (const [table, columns] of Object.entries(ENCRYPTED)) {
    for (const column of Object.keys(columns)) {
      const rows = await prisma.$queryRawUnsafe<unknown[]>(
        `select 1 from ${table} where ${column} <> '' and encrypted_by(${column}) is null limit 1`,
      )
      if (rows.length > 0) clear.push(`${table}.${column}`)
    }
  }
  return clear
}
