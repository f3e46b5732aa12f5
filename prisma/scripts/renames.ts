/**
 * `npm run db:renames`: renames every column of the migrated schema in turn, describes each statement
 * that the last whole run of the tests sent, and says how many no longer hold; and how often src names
 * the column by Prisma's types, which fail as well. Ends with code 1 when a column that a statement
 * names breaks nothing, and when there was no whole run. `-- client.phone` names the places, of one.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { keptStatements } from '../../test/sql/check.ts'
import { type Description, describer } from '../../test/sql/describe.ts'
import type { Noted } from '../../test/sql/noting.ts'
import { typedUses } from '../../test/sql/typed-uses.ts'
import { createDatabase, startPostgres } from '../../test/support/postgres.ts'

interface Column {
  readonly table: string
  readonly column: string
  /** Named in the body of a function of the database, which triggers call. */
  readonly triggered: boolean
}

const COLUMNS = `
  select relname as "table", attname as "column", exists (
    select from pg_proc where pronamespace = relnamespace
      and prosrc ~ ('\\m' || attname || '\\M')) as triggered
  from pg_attribute join pg_class on pg_class.oid = attrelid
  where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0 and not attisdropped
    and relname <> '_prisma_migrations'
  order by relname, attnum`

/** What a description says of names: their order is that of the columns of the tables. */
const namesOf = (description: Description): string =>
  description instanceof Error ? '' : description.map(({ name }) => name).join()

const names = (text: string, word: string): boolean => new RegExp(`\\b${word}\\b`).test(text)

/** The property of each column in Prisma's types, as `typedUses` calls it. */
async function propertiesOf(schema: string): Promise<Map<string, string>> {
  const properties = new Map<string, string>()
  for (const [, model, body = ''] of (await readFile(schema, 'utf8')).matchAll(
    /^model (\w+) \{\n(.*?)^\}/gms,
  )) {
    const table = body.match(/@@map\("(\w+)"\)/)?.[1] ?? model
    for (const [, field, more = ''] of body.matchAll(/^ {2}(\w+) +(.*)$/gm)) {
      const column = more.match(/@map\("(\w+)"\)/)?.[1] ?? field
      properties.set(`${table}.${column}`, `${model}.${field}`.toLowerCase())
    }
  }
  return properties
}

interface Statement extends Noted {
  /** The names of the columns it gives. */
  readonly gives: string
}

/** The statements that no longer hold, or give other columns, while a column is called otherwise. */
async function brokenBy(
  client: pg.Client,
  describe: (text: string) => Promise<Description>,
  statements: readonly Statement[],
  { table, column }: Column,
): Promise<Statement[]> {
  const broken: Statement[] = []
  await client.query(`alter table "${table}" rename column "${column}" to "${column}__renamed"`)
  for (const each of statements) {
    if (!names(each.text, column) && !each.text.includes('*')) continue
    const after = await describe(each.text)
    if (after instanceof Error || namesOf(after) !== each.gives) broken.push(each)
  }
  await client.query(`alter table "${table}" rename column "${column}__renamed" to "${column}"`)
  return broken
}

async function renames(client: pg.Client, only: readonly string[]): Promise<boolean> {
  const describe = await describer(client)
  const statements: Statement[] = []
  for (const each of keptStatements()) {
    statements.push({ ...each, gives: namesOf(await describe(each.text)) })
  }
  const uses = typedUses(process.cwd())
  const properties = await propertiesOf('prisma/schema.prisma')
  const { rows } = await client.query<Column>(COLUMNS)
  const count = { statements: 0, types: 0, triggers: 0, nothing: 0 }
  const unseen: string[] = []
  for (const each of rows) {
    const name = `${each.table}.${each.column}`
    if (only.length > 0 && !only.includes(name)) continue
    const broken = await brokenBy(client, describe, statements, each)
    const typed = uses.get(properties.get(name) ?? '') ?? 0
    const by = usedBy(broken.length, typed, each.triggered)
    count[by] += 1
    const named = ({ text }: Noted) => names(text, each.table) && names(text, each.column)
    if (by === 'nothing' && statements.some(named)) unseen.push(name)
    console.log(`${name}: ${broken.length} statements, ${typed} by types${NOTE[by]}`)
    if (only.length > 0) for (const { file, line } of broken) console.log(`  ${file}:${line}`)
  }
  for (const name of unseen) console.log(`${name} is named by a statement and breaks none`)
  console.log(
    `${rows.length} columns, ${statements.length} statements: ${count.statements} columns break ` +
      `statements, ${count.types} only the types, ${count.triggers} are of triggers, ` +
      `${count.nothing} are in use by nothing, ${unseen.length} of these are named by a statement`,
  )
  return unseen.length === 0 && statements.length > 0
}

const NOTE = {
  statements: '',
  types: '',
  triggers: ': of a trigger',
  nothing: ': in use by nothing',
} as const

function usedBy(broken: number, typed: number, triggered: boolean): keyof typeof NOTE {
  if (broken > 0) return 'statements'
  if (typed > 0) return 'types'
  return triggered ? 'triggers' : 'nothing'
}

const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-renames-'))
const server = await startPostgres(folder)
try {
  const url = await createDatabase(server.url, 'template0')
  await (await openPostgres(url)).close()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    if (!(await renames(client, process.argv.slice(2)))) process.exitCode = 1
  } finally {
    await client.end()
  }
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
