/**
 * `npm run db:new -- <name>` writes the migration that brings the database to `schema.prisma`;
 * `npm run db:check` fails when the two differ. Runs Prisma's schema engine as WebAssembly on an
 * embedded database: nothing is downloaded.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import { pgliteAdapter } from '../../src/infra/database/pglite-adapter.ts'
import { contractSteps, LAST_RELEASED } from './contract-steps.ts'

const SCHEMA = 'prisma/schema.prisma'
const MIGRATIONS = 'prisma/migrations'

declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>
}

async function loadEngine() {
  const wasm = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm')
    .replace(/schema_engine\.js$/, 'schema_engine_bg.wasm')
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(message) },
  })
  const { instance } = await WebAssembly.instantiate(await readFile(wasm), {
    './schema_engine_bg.js': bindings,
  })
  bindings.__wbg_set_wasm(instance.exports)
  const start = instance.exports['__wbindgen_start'] as () => void
  start()
}

/** The folders of the migrations, in the order in which they are applied. */
async function namesOf(): Promise<string[]> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

async function migrationList() {
  const names = await namesOf()
  const lockfile = path.join(MIGRATIONS, 'migration_lock.toml')
  return {
    baseDir: path.resolve(MIGRATIONS),
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(lockfile, 'utf8').catch(() => null),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(path.join(MIGRATIONS, name, 'migration.sql'), 'utf8'),
          },
        },
      })),
    ),
  }
}

const open = async () => pgliteAdapter(await PGlite.create())
const factory = await open()
factory.connectToShadowDb = async () => (await open()).connect()
const content = await readFile(SCHEMA, 'utf8')

await loadEngine()
const engine = await bindings.SchemaEngine.new(
  { datamodels: [[SCHEMA, content]] },
  () => {},
  bindMigrationAwareSqlAdapterFactory(factory as SqlMigrationAwareDriverAdapterFactory),
)
const { stdout, exitCode } = await engine.diff({
  from: { tag: 'migrations', ...(await migrationList()) },
  to: { tag: 'schemaDatamodel', files: [{ path: SCHEMA, content }] },
  script: true,
  exitCode: true,
  filters: { externalTables: [], externalEnums: [] },
})

const name = process.argv[2]
if (exitCode === 0) {
  console.log(`${SCHEMA} and ${MIGRATIONS} agree`)
} else if (name) {
  const now = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
  // Behind the last one, which may be dated ahead: they are applied in the order of their names.
  const last = Math.max(0, ...(await namesOf()).map((each) => Number(each.slice(0, 14))))
  const stamp = Math.max(Number(now), last + 100)
  const steps = `${stamp}` > LAST_RELEASED ? contractSteps(stdout ?? '') : []
  const isNamed = steps.length === 0 || name.startsWith('contract_')
  const folder = path.join(MIGRATIONS, `${stamp}_${isNamed ? name : `contract_${name}`}`)
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'migration.sql'), stdout ?? '')
  console.log(`wrote ${folder}`)
  for (const word of new Set(steps)) {
    console.log(`a build of before cannot serve beside it: it ${word} (see CONTRIBUTING)`)
  }
} else {
  console.error(`${SCHEMA} has changes that no migration covers:\n${stdout}`)
}
process.exit(exitCode === 0 || name ? 0 : 1)
