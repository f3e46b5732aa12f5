import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openAsBlob } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { inject } from 'vitest'
import type { Database } from '../../src/infra/database/index.ts'
import { openPglite } from '../../src/infra/database/pglite.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { noting } from '../sql/noting.ts'
import { KEY, KEYED } from './keyed.ts'
import { createDatabase } from './postgres.ts'

/**
 * The databases that a suite runs on which rests on statements, transactions or locks. Said by the
 * environment and not by vitest, as benches open banks too.
 */
export const DATABASES = process.env['TEST_QUICK']
  ? (['postgres'] as const)
  : (['pglite', 'postgres'] as const)

/**
 * For suites of words, rules and conversations, whose statements the embedded database describes at the end of
 * each run (`test/sql/check.ts`) and whose kinds other suites run on both: a PGlite in the process takes five
 * times as long.
 */
export const ONE_DATABASE = ['postgres'] as const

/** Closed by the tests that they were opened for; they end with the worker. */
const idle = new Set<Database>()
/** The tables, constraints, functions and triggers that are on, of a database as it was opened. */
const shapes = new WeakMap<Database, string>()

/**
 * A database of its own, migrated and empty. To empty one takes a fiftieth of the time of opening one,
 * so what a test closes serves the next, unless its tables were changed.
 */
export async function openTestDatabase(kind: Database['kind']): Promise<Database> {
  const database = (await takeIdle(kind)) ?? (await open(kind))
  let closed = false
  return {
    ...database,
    async close() {
      if (!closed) idle.add(database)
      closed = true
    },
  }
}

/**
 * An embedded database in a new folder, its key beside it, migrated and empty, for tests that lose no power.
 * PGlite would take twice as long to lay it out.
 */
export async function openNewPglite(folder: string): Promise<Database> {
  await mkdir(folder, { recursive: true })
  const untar = spawn('tar', ['-xf', inject('snapshot'), '-C', folder], { stdio: 'ignore' })
  const [code] = await once(untar, 'exit')
  if (code !== 0) throw new Error(`tar ended with ${code}`)
  await writeFile(`${folder}.key`, KEY.DATA_KEY)
  return noting(await openPglite(folder, { ...KEYED, flush: false }), inject('statements'))
}

const openInMemory = async (): Promise<Database> =>
  noting(
    await openPglite(undefined, { ...KEYED, snapshot: await openAsBlob(inject('snapshot')) }),
    inject('statements'),
  )

/**
 * A PostgreSQL database that no test has used, for whole banks: a table that was filled and emptied before is planned
 * for as one of a single row once it is analysed, as nothing vacuums it here.
 */
export const openNewPostgres = async (): Promise<Database> =>
  noting(
    await openPostgres(await createDatabase(inject('postgres'), inject('template')), KEYED),
    inject('statements'),
  )

async function open(kind: Database['kind']): Promise<Database> {
  const database = kind === 'pglite' ? await openInMemory() : await openNewPostgres()
  shapes.set(database, await shapeOf(database))
  return database
}

async function takeIdle(kind: Database['kind']): Promise<Database | null> {
  for (const database of idle) {
    if (database.kind !== kind) continue
    idle.delete(database)
    if ((await shapeOf(database)) === shapes.get(database)) {
      await empty(database)
      return database
    }
    await database.close()
  }
  return null
}

async function shapeOf({ prisma }: Database): Promise<string> {
  const [row] = await prisma.$queryRaw<{ shape: string }[]>`
    select concat_ws(' ', (select count(*) from pg_class where relnamespace = space),
      (select count(*) from pg_constraint where connamespace = space),
      (select count(*) from pg_proc where pronamespace = space),
      (select count(*) from pg_trigger join pg_class on pg_class.oid = tgrelid
        where relnamespace = space and tgenabled <> 'D')) as shape
    from (select 'public'::regnamespace::oid as space)`
  return row?.shape ?? ''
}

/** Every row but the books of migrations; triggers and keys look away meanwhile. */
const empty = ({ prisma }: Database) => prisma.$executeRaw`
  do $$
  declare place record;
  begin
    set local session_replication_role = replica;
    for place in select schemaname, tablename from pg_tables
      where schemaname in ('public', 'pgboss') and tablename not in ('_prisma_migrations', 'data_key', 'version')
    loop execute format('delete from %I.%I', place.schemaname, place.tablename); end loop;
    perform setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
      from pg_sequences where schemaname = 'public';
  end $$`

/** Databases that hold a copy of what `fillOnce` filled them with. */
const kept = new WeakSet<Database['prisma']>()

/** Fills an empty database; one that was filled before by copying the rows back, which takes a third of the time. */
export async function fillOnce(
  { prisma }: Database,
  fill: () => Promise<unknown>,
): Promise<unknown> {
  if (kept.has(prisma)) return putBack(prisma)
  await fill()
  await keep(prisma)
  return kept.add(prisma)
}

/** Into a schema of its own; `shapeOf` does not look there. */
const keep = (prisma: Database['prisma']) => prisma.$executeRaw`
  do $$
  declare place record; filled bool;
  begin
    create schema kept;
    for place in select tablename from pg_tables
      where schemaname = 'public' and tablename not in ('_prisma_migrations', 'data_key')
    loop
      execute format('select exists (select from public.%I)', place.tablename) into filled;
      if filled then
        execute format('create table kept.%I as table public.%I', place.tablename, place.tablename);
      end if;
    end loop;
  end $$`

const putBack = (prisma: Database['prisma']) => prisma.$executeRaw`
  do $$
  declare place record;
  begin
    set local session_replication_role = replica;
    for place in select tablename from pg_tables where schemaname = 'kept'
    loop
      execute format('insert into public.%I select * from kept.%I', place.tablename, place.tablename);
    end loop;
  end $$`
