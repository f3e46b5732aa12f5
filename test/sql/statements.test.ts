import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Database } from '../../src/infra/database/index.ts'
import { isHeld } from '../../src/infra/lease.ts'
import { openTestDatabase } from '../support/open.ts'
import { describer } from './describe.ts'
import { noting } from './noting.ts'
import { rowFaults } from './row-faults.ts'
import { type Declared, sitesIn } from './sites.ts'

let database: Database
let client: pg.Client

beforeAll(async () => {
  database = await openTestDatabase('postgres')
  client = new pg.Client({ connectionString: `${database.url}` })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.close()
})

const text: Declared = { name: 'name', kinds: ['string'], nullable: false }

test.each<[statement: string, declared: Declared[], faults: string[]]>([
  ['select name from client', [text], []],
  [
    'select name as called from client',
    [text],
    ['called is selected and not declared', 'name is declared and not selected'],
  ],
  ['select count(*) as name from client', [text], ['name is declared string and is bigint']],
  ['select entered_at as name from client', [text], ['name is declared string and is Date']],
  ['select business_name as name from client', [text], ['name may be null and is not declared so']],
  ['select phone as name from client where phone is not null', [text], []],
  [
    'select name from client',
    [{ ...text, nullable: true }],
    ['name is declared null and never is'],
  ],
  ['select client.name from task left join client on true', [{ ...text, nullable: true }], []],
  ['select json_agg(id) as name from client', [{ ...text, kinds: ['string[]'] }], []],
  [
    'select contacts as name from client',
    [{ ...text, kinds: ['string[]'] }],
    ['name is declared string[] and is Date[]'],
  ],
  [
    'select to_json(now()) as name',
    [{ ...text, kinds: ['Date'] }],
    ['name is declared Date and is of type 114'],
  ],
])('%s', async (statement, declared, faults) => {
  const describe = await describer(client)
  const columns = await describe(statement)
  if (columns instanceof Error) throw columns
  expect(rowFaults(declared, columns, statement)).toEqual(faults)
})

test('a statement with a column that is not there is refused, and the next one is not', async () => {
  const describe = await describer(client)
  expect(await describe('update client set nick_name = $1')).toMatchObject({ code: '42703' })
  expect(await describe('update client set name = $1')).toEqual([])
})

test('what is sent from src is noted once, with its place', async () => {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'noted-')), 'noted.jsonl')
  const { prisma } = noting(database, file)
  await Promise.all(['a', 'b'].map((name) => isHeld(prisma, name)))
  await prisma.$queryRaw`select 'of a test'`
  const [line, ...more] = (await readFile(file, 'utf8')).trim().split('\n')
  const { line: number, ...noted } = JSON.parse(line ?? '')
  expect(noted).toEqual({
    file: 'src/infra/lease.ts',
    text: '\n    select until > now() as held from lease where name = $1',
  })
  const source = await readFile('src/infra/lease.ts', 'utf8')
  expect(source.split('\n')[number - 1]).toContain('$queryRaw')
  expect(more).toEqual([])
})

const PRELUDE = `
  interface Sent<T> extends Promise<T> {}
  type Raw = <T = unknown>(text: TemplateStringsArray, ...values: unknown[]) => Sent<T>
  declare const tx: { $queryRaw: Raw; $executeRaw: Raw }
  type Day = string & { readonly brand: 'day' }
  interface Base { readonly id: string; readonly days: readonly Day[]; readonly on: Day }
  interface Row extends Omit<Base, 'on'> { on: Date | null; made: [Day, 'call' | 'visit'][]; facts: { a: number } }
`

async function declaredIn(source: string) {
  const root = await mkdtemp(path.join(tmpdir(), 'sites-'))
  await mkdir(path.join(root, 'src'))
  await writeFile(
    path.join(root, 'tsconfig.json'),
    '{"compilerOptions": {"strict": true}, "include": ["src"]}',
  )
  await writeFile(
    path.join(root, 'src/some.ts'),
    `${PRELUDE}\nexport async function some() { ${source} }`,
  )
  return sitesIn(root).map(({ declares }) => declares)
}

test('the row that a place declares is read through whatever makes its type', async () => {
  const declared = [
    { name: 'id', kinds: ['string'], nullable: false },
    { name: 'days', kinds: ['string[]'], nullable: false },
    { name: 'on', kinds: ['Date'], nullable: true },
    { name: 'made', kinds: ['string[]'], nullable: false },
    { name: 'facts', kinds: ['object'], nullable: false },
  ]
  const [rows] = await declaredIn('return tx.$queryRaw<(Row & { place: number })[]>`select`')
  expect(rows).toHaveLength(6)
  expect(rows).toEqual(
    expect.arrayContaining([...declared, { name: 'place', kinds: ['number'], nullable: false }]),
  )
  expect(await declaredIn('const rows: Promise<Row[]> = tx.$queryRaw`select`')).toEqual([
    expect.arrayContaining(declared),
  ])
  expect(await declaredIn('await tx.$executeRaw`update`; await tx.$queryRaw`lock`')).toEqual([
    null,
    null,
  ])
})

test('a place that reads rows without a type is refused', async () => {
  await expect(declaredIn('const rows = await tx.$queryRaw`select`; return rows')).rejects.toThrow(
    'src/some.ts:9 reads rows that it does not declare',
  )
})
