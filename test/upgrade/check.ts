/**
 * `npm run upgrade-check`: starts the last tag beside the schema of this checkout and speaks with it, as instances
 * that are replaced one by one do. `--from REF` takes another build than the last tag; `--step NAME SQL` adds a migration
 * to the schema, to see what one of that kind would do.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { migrate } from '../../src/infra/database/migrate.ts'
import { barePostgres } from '../../src/infra/database/postgres.ts'
import { freePort } from '../support/free-port.ts'
import { KEY } from '../support/keyed.ts'
import { startPostgres } from '../support/postgres.ts'

const { values, positionals } = parseArgs({
  options: { from: { type: 'string' }, step: { type: 'string' } },
  allowPositionals: true,
})
const here = process.cwd()
const git = (...words: string[]) => execFileSync('git', words, { encoding: 'utf8' }).trim()

function lastTag(): string {
  try {
    return git('describe', '--tags', '--abbrev=0')
  } catch {
    console.error('There is no tag yet: nothing was released that could serve beside this schema.')
    process.exit(1)
  }
}

/** A build as it was, with its own packages. */
async function checkedOut(ref: string, folder: string): Promise<string> {
  const build = path.join(folder, 'before')
  await mkdir(build)
  const archive = execFileSync('git', ['archive', ref], { maxBuffer: 2 ** 30 })
  execFileSync('tar', ['-x', '-C', build], { input: archive })
  const lockOf = (at: string) => readFile(path.join(at, 'package-lock.json'), 'utf8')
  if ((await lockOf(build)) === (await lockOf(here))) {
    await symlink(path.join(here, 'node_modules'), path.join(build, 'node_modules'))
  } else {
    execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: build, stdio: 'ignore' })
  }
  execFileSync(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], {
    cwd: build,
    stdio: 'ignore',
  })
  return build
}

const SECRET = 'a secret of the upgrade'
const MANAGER = 'M111'
const STARTS_MS = 90_000
const ANSWERS_MS = 15_000

/** A service of some build. */
class Instance {
  readonly #child: ChildProcess
  readonly #url: string
  #said = ''

  constructor(build: string, url: string, port: number) {
    this.#url = `http://127.0.0.1:${port}`
    const { PATH = '', HOME = '' } = process.env
    const env = {
      ...{ PATH, HOME, ...KEY, DATABASE_URL: url, PORT: `${port}`, MORNING_AT: '23:59' },
      ...{ WEB_CHAT_SECRET: SECRET, WEB_CHAT_TESTS: 'yes' },
      SPOOL_DIR: path.join(tmpdir(), `chenhui-upgrade-${port}`),
    }
    this.#child = spawn(process.execPath, ['src/main.ts', 'start'], { cwd: build, env })
    this.#child.stderr?.on('data', (bytes) => {
      this.#said += bytes
    })
  }

  /** Whether it came up; what it said on its way is its refusal. */
  async isUp(): Promise<{ up: boolean; said: string }> {
    const end = Date.now() + STARTS_MS
    while (Date.now() < end && this.#child.exitCode === null) {
      const text = await fetch(`${this.#url}/healthz`).then(
        (answer) => answer.text(),
        () => '',
      )
      if (text === 'ok') return { up: true, said: '' }
      await pause(200)
    }
    return { up: false, said: this.#said.trim().split('\n').at(-1) ?? '' }
  }

  /** Says a line as the manager; resolves to what it was taken for and what came of that, as the trail has it. */
  async says(line: string): Promise<string> {
    const headers = { origin: this.#url, 'hx-request': 'true' }
    const secret = new URLSearchParams({ secret: SECRET })
    const post = { method: 'POST', redirect: 'manual' } as const
    const door = await fetch(`${this.#url}/chat/door`, { ...post, headers, body: secret })
    const cookie = `${door.headers.getSetCookie()[0]?.split(';', 1)[0]}`
    const body = new URLSearchParams({ text: line })
    const since = new Date()
    // It answers once the line is answered.
    const said = () =>
      fetch(`${this.#url}/chat/as/${MANAGER}/say`, {
        ...{ ...post, headers: { ...headers, cookie }, body },
        signal: AbortSignal.timeout(ANSWERS_MS),
      })
    let answer = await said()
    // The page is there a moment before the chat.
    for (let tries = 0; answer.status === 503 && tries < 20; tries++) {
      await pause(500)
      answer = await said()
    }
    if (answer.status !== 204) return `HTTP ${answer.status}`
    const { rows } = await database.query<{ what: string }>(
      `select concat_ws(' ', command, result) as what from act where at >= $1 order by id desc limit 1`,
      [since],
    )
    return rows[0]?.what ?? 'nothing'
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return
    this.#child.kill('SIGTERM')
    await once(this.#child, 'close')
  }
}

let faults = 0
function tell(what: string, holds: boolean, more = ''): void {
  if (!holds) faults++
  console.log(`${holds ? '✓' : '✗'} ${what}${more && ` (${more})`}`)
}

const ref = values.from ?? lastTag()
const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-upgrade-'))
const postgres = await startPostgres(folder)
const database = new pg.Client({ connectionString: postgres.url })
await database.connect()
/** Whether the line was taken for this, and done. */
async function takes(what: string, instance: Instance, line: string, command: string) {
  const came = await instance.says(line).catch((error: unknown) => String(error))
  tell(what, came === `${command} done`, came)
}
const running: Instance[] = []
const start = async (build: string) => {
  const instance = new Instance(build, postgres.url, await freePort())
  running.push(instance)
  return { instance, ...(await instance.isUp()) }
}
try {
  const before = await checkedOut(ref, folder)
  const { PATH = '', HOME = '' } = process.env
  execFileSync(
    process.execPath,
    ['src/main.ts', 'open', path.join(here, 'test/fixtures/first-bank/bank.xlsx'), '--yes'],
    { cwd: before, env: { PATH, HOME, ...KEY, DATABASE_URL: postgres.url }, stdio: 'ignore' },
  )
  const old = await start(before)
  tell(`${ref} serves on its own schema`, old.up, old.said)
  await takes('… and takes a client', old.instance, '新客户 沈一 13490010071', 'new-client')

  const migrations = path.join(folder, 'migrations')
  await cp('prisma/migrations', migrations, { recursive: true })
  if (values.step) {
    const step = path.join(migrations, `29990101000000_${values.step}`)
    await mkdir(step)
    await writeFile(path.join(step, 'migration.sql'), positionals.join(' '))
  }
  const bare = await barePostgres(postgres.url)
  const applied = await migrate(bare.inTransaction, { folder: migrations })
  await bare.close()
  console.log(`  the schema is ahead by: ${applied.join(', ') || 'nothing'}`)
  await takes(
    `${ref}, which runs, takes a client beside it`,
    old.instance,
    '新客户 沈二 13490010072',
    'new-client',
  )
  await takes('… and an outcome', old.instance, '沈一 有意向 50万', 'log-outcome')
  const again = await start(before)
  tell(`${ref} starts beside it`, again.up, again.said)
  if (again.up) await takes('… and takes an outcome', again.instance, '沈二 没接', 'log-outcome')
  if (!values.step) {
    const after = await start(here)
    tell('this build starts beside both', after.up, after.said)
    await takes('… and takes an outcome', after.instance, '沈一 已申请 50万', 'log-outcome')
  }
} finally {
  await Promise.all(running.map((each) => each.stop()))
  await database.end()
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
}
process.exit(faults === 0 ? 0 : 1)
