/** @module-tag long */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { setReachable } from '../../src/bot/inbox/sender/accounts.ts'
import { readConfig } from '../../src/config.ts'
import { night } from '../../src/features/tasks/care/run-night.ts'
import { push } from '../../src/features/tasks/list/push-morning.ts'
import { openPglite } from '../../src/infra/database/pglite.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { createLog } from '../../src/infra/log.ts'
import { DATABASES, openTestDatabase } from '../support/open.ts'

const BOOKS = path.resolve('test/fixtures/first-bank')
const BIN = path.resolve('node_modules/.bin')

/** What the README tells a bank to type, without what it says about it. */
async function linesOfReadme(): Promise<string[]> {
  const readme = await readFile('README.md', 'utf8')
  const block = readme.match(/## For your bank\n\n```sh\n(.*?)```/s)?.[1] ?? ''
  return block.split('\n').flatMap((line) => line.replace(/\s+#.*$/, '') || [])
}

/** Types a line at a terminal, and yes where it asks. */
async function type(line: string, folder: string, settings: Readonly<Record<string, string>>) {
  const typed = line.replace(/^npx chenhui/, `${BIN}/node ${path.resolve('src/main.ts')}`)
  const env = { ...process.env, LOG_LEVEL: 'silent', ...settings }
  const terminal = spawn('script', ['-qec', typed, '/dev/null'], { cwd: folder, env })
  terminal.stdin.end('y\n')
  const [said] = await Promise.all([text(terminal.stdout), once(terminal, 'exit')])
  return said
}

describe.each(DATABASES)('a bank that opens, on %s', (kind) => {
  test('by the lines of the README has its lists on the first morning', {
    timeout: 300_000,
  }, async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-first-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const url = kind === 'postgres' ? (await openTestDatabase(kind)).url : undefined
    const settings = url ? { DATABASE_URL: url } : { DATA_DIR: path.join(folder, 'data') }
    for (const book of ['borrowers', 'prospects']) {
      await copyFile(`${BOOKS}/${book}.xlsx`, path.join(folder, `${book}.xlsx`))
    }
    const lines = await linesOfReadme()
    expect(lines.length).toBeLessThanOrEqual(10)
    const said: string[] = []
    for (const line of lines) {
      said.push(await type(line, folder, settings))
      // The template is filled in.
      if (line.includes('--template'))
        await copyFile(`${BOOKS}/bank.xlsx`, path.join(folder, 'bank.xlsx'))
    }
    expect(said[1]).toContain('新 new 40')
    expect(said[2]).toContain('新客户 3000 位')
    expect(said[3]).toContain('新客户 1000 位')

    const database = url ? await openPostgres(url) : await openPglite(path.join(folder, 'data'))
    await setReachable(database.prisma, 'wecom-app', true)
    const now = new Date('2026-12-01T08:00:00+08:00')
    const app = await createApp(readConfig({ LOG_LEVEL: 'silent' }), {
      ...{ database, channels: [], log: createLog('silent'), clock: () => now },
    })
    onTestFinished(() => app.stop())
    await night(app.services, app.services.moment())
    const pushed = await push(app.services, app.services.moment(), { dryRun: false })
    expect(pushed).toMatchObject({ queued: 24, unreachable: 0 })
    const { prisma } = database
    expect(
      await prisma.client.groupBy({ by: ['kind'], _count: true, orderBy: { kind: 'asc' } }),
    ).toEqual([
      { kind: 'existing', _count: 3000 },
      { kind: 'prospect', _count: 1000 },
    ])
    expect(
      await prisma.clientTier.count({ where: { tier: { in: ['A', 'B', 'C', 'D'] } } }),
    ).toBeGreaterThan(0)
    expect(await prisma.task.count({ where: { status: 'open' } })).toBeGreaterThan(1000)
  })
})
