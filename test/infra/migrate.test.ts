/** @module-tag long */

import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { MigrationFault, migrate } from '../../src/infra/database/migrate.ts'
import { onPglite } from '../../src/infra/database/pglite.ts'

const SHIPPED = 'prisma/migrations'
let pglite: PGlite
let folder: string
beforeAll(async () => {
  pglite = await PGlite.create()
})
afterAll(() => pglite.close())
beforeEach(async () => {
  await pglite.exec('drop schema public cascade; create schema public')
  folder = await mkdtemp(path.join(tmpdir(), 'chenhui-migrations-'))
  // The first three: what is refused is refused of a few as of all.
  const few = (await readdir(SHIPPED)).sort().slice(0, 3)
  for (const name of few) {
    await cp(path.join(SHIPPED, name), path.join(folder, name), { recursive: true })
  }
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const run = () => migrate(onPglite(pglite), { folder })
const names = async () =>
  (await readdir(folder, { withFileTypes: true }))
    .filter((each) => each.isDirectory())
    .map(({ name }) => name)

test('applies what is missing, once, and keeps the book as the official tool does', async () => {
  expect(await run()).toEqual(await names())
  await cp(SHIPPED, folder, { recursive: true })
  const missing = (await names()).slice(3)
  expect(await run()).toEqual(missing)
  expect(await run()).toEqual([])
  const { rows } = await pglite.query<{ name: string; steps: number }>(
    `select migration_name as name, applied_steps_count as steps from _prisma_migrations
     where finished_at is not null`,
  )
  expect(rows).toEqual((await names()).map((name) => ({ name, steps: 1 })))
})

test('a migration that was edited after it ran is refused by name', async () => {
  await run()
  const [name = ''] = await names()
  await writeFile(path.join(folder, name, 'migration.sql'), '-- edited')
  await expect(run()).rejects.toThrow(MigrationFault)
  await expect(run()).rejects.toThrow(name)
})

test.each([
  ['a later step that only adds', '20990101000000_more', true],
  ['a later step that takes away', '20990101000000_contract_less', false],
  ['a step of long ago that nobody here knows', '20200101000000_more', false],
])('beside a database that is ahead by %s: %s', async (_, ahead, serves) => {
  const step = path.join(folder, ahead)
  await mkdir(step)
  await writeFile(path.join(step, 'migration.sql'), 'alter table client add column more text;')
  // Before the table is made, the oldest has nothing to change.
  if (ahead.startsWith('2020')) await writeFile(path.join(step, 'migration.sql'), 'select 1;')
  await run()
  await rm(step, { recursive: true })
  if (serves) expect(await run()).toEqual([])
  else await expect(run()).rejects.toThrow(ahead)
})

test('a migration that fails leaves nothing behind', async () => {
  const bad = path.join(folder, '20990101000000_bad')
  await cp(path.join(folder, (await names())[0] ?? ''), bad, { recursive: true })
  await writeFile(path.join(bad, 'migration.sql'), 'create table half (id int); select broken;')
  await expect(run()).rejects.toThrow('broken')
  const { rows } = await pglite.query(
    `select 1 from pg_tables where tablename in ('half', 'client')`,
  )
  expect(rows).toEqual([])
})
