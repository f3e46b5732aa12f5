import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../src/infra/database/migrate.ts'
import { onPglite } from '../../src/infra/database/pglite.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { createDatabase, startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A file that holds a migrated, empty PGlite. */
    snapshot: string
    /** A PostgreSQL server; each test file makes a database of its own in it. */
    postgres: string
    /** The name of a migrated, empty database in it. */
    template: string
    /** A file that statements sent from src are noted in. */
    statements: string
  }
}

/**
 * Once for the whole run: a snapshot for PGlite, and a real PostgreSQL; at its end the statements that
 * were sent are held to the schema and to their declared rows.
 */
export default async function setup(project: TestProject) {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-test-'))
  // Whatever a test leaves behind goes with the run.
  process.env['TMPDIR'] = folder
  // What processes and threads of the tests compile is kept, as the command line keeps it.
  process.env['NODE_COMPILE_CACHE'] = path.resolve('node_modules/.cache/chenhui')
  const snapshot = await snapshotOf()
  project.provide('snapshot', snapshot)

  const given = process.env['TEST_DATABASE_URL']
  const server = given ? null : await startPostgres(folder, SERVER)
  const url = given ?? server?.bySocket ?? ''
  project.provide('postgres', url)
  const template = await createDatabase(url, 'template0')
  await (await openPostgres(template)).close()
  project.provide('template', new URL(template).pathname.slice(1))
  const statements = path.join(folder, 'statements.jsonl')
  project.provide('statements', statements)
  return async () => {
    try {
      const how = (await ranWhole(project)) ? 'whole' : 'part'
      await hold(statements, template, snapshot, how)
    } finally {
      await server?.stop()
      await rm(folder, { recursive: true, force: true })
    }
  }
}

const SERVER = {
  // A database that is kept for later tests keeps its connections, in each worker.
  max_connections: '400',
  // What it learns of a table that the next test empties misleads plans there, and takes time.
  autovacuum: 'off',
  // Nothing of it outlives the run: it is neither followed, nor written out meanwhile.
  ...{ wal_level: 'minimal', max_wal_senders: '0', max_wal_size: '8GB', checkpoint_timeout: '1h' },
  shared_buffers: '512MB',
}

/** Where snapshots are kept between runs, each called after what it was made of. */
const SNAPSHOTS = path.resolve('node_modules/.cache/chenhui-test')
/** No run that may still use one is older. */
const DAY_MS = 24 * 3_600_000
/** What a migrated, empty PGlite depends on. */
const MADE_OF = ['prisma/migrations', 'src/infra/database/migrate.ts', 'package-lock.json']

/** A migrated, empty PGlite as a file; made anew, in some seconds, when what it is made of has changed. */
async function snapshotOf(): Promise<string> {
  const file = path.join(SNAPSHOTS, `${await digestOf(MADE_OF)}.tar`)
  if (existsSync(file)) return file
  const pglite = await PGlite.create()
  await migrate(onPglite(pglite))
  const dump = await pglite.dumpDataDir('none')
  await pglite.close()
  await mkdir(SNAPSHOTS, { recursive: true })
  for (const name of await readdir(SNAPSHOTS)) {
    const old = path.join(SNAPSHOTS, name)
    if (Date.now() - (await stat(old)).mtimeMs > DAY_MS) await rm(old)
  }
  // Another run may look for it at this moment.
  const own = `${file}.${process.pid}`
  await writeFile(own, Buffer.from(await dump.arrayBuffer()))
  await rename(own, file)
  return file
}

/** Of files, and of all below folders. */
async function digestOf(places: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const place of places) {
    const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => null)
    const below = entries?.filter((each) => each.isFile())
    const files = below?.map(({ parentPath, name }) => path.join(parentPath, name)).sort() ?? [
      place,
    ]
    for (const file of files) hash.update(`${file}\n`).update(await readFile(file))
  }
  return hash.digest('hex').slice(0, 16)
}

/** Runs `test/sql/hold.ts`; rejects with what it says when a statement does not hold. */
const hold = (...of: string[]) =>
  new Promise<void>((resolve, reject) => {
    execFile(process.execPath, ['test/sql/hold.ts', ...of], (error, _, said) => {
      if (error) reject(new Error(said))
      else resolve()
    })
  })

/** Whether every test there is ran, and none failed. */
async function ranWhole(project: TestProject): Promise<boolean> {
  const { state, config } = project.vitest
  const { testFiles } = await project.globTestFiles()
  return (
    state.getTestModules().length === testFiles.length &&
    !config.testNamePattern &&
    !config.tagsFilter?.length &&
    state.getCountOfFailedTests() === 0
  )
}
