/** @module-tag long */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { setReachable } from '../../src/bot/inbox/sender/accounts.ts'
import { readConfig } from '../../src/config.ts'
import { dayIn } from '../../src/core/calendar/time.ts'
import { chineseWorkdays } from '../../src/core/calendar/workdays.ts'
import { night } from '../../src/features/tasks/care/run-night.ts'
import { push } from '../../src/features/tasks/list/push-morning.ts'
import { keyBeside } from '../../src/infra/database/encryption/data-key.ts'
import { openPglite } from '../../src/infra/database/pglite.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { createLog } from '../../src/infra/log.ts'
import { readWorkbook, writeWorkbook } from '../../src/infra/sheets/spreadsheet.ts'
import { KEY, KEYED } from '../support/keyed.ts'
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

type Filled = readonly (string | number | null)[]
/** What somebody in a hurry writes below the examples: each row with the letters of the columns that are wrong. */
const BADLY: Readonly<Record<string, readonly (readonly [wrong: string, cells: Filled])[]>> = {
  机构: [
    ['', ['HQ', '示范银行', '总行', null]],
    ['', ['B01', '城东支行', '支行', 'HQ']],
    ['A', ['B 02', '城西支行', '支行', 'HQ']],
    ['B', ['B03', null, '支行', 'HQ']],
    ['C', ['B04', '城南支行', '小卖部', 'HQ']],
    ['D', ['B05', '城北支行', '支行', 'X99']],
    ['D', ['B06', '新城支行', '支行', 'B06']],
    ['A', ['B01', '老城支行', '支行', 'HQ']],
    ['', ['D01', '运营部', '部门', 'HQ']],
  ],
  人员: [
    ['', ['H01', '周行长', '负责人', 'B01', null, '13800010001']],
    ['C', ['M01', '李静', '班长', 'B01', null, '13800010002']],
    ['D', ['M02', '王芳', '负责人', 'X99', null, '13800010003']],
    ['F', ['M03', '陈立', '负责人', 'B01', null, '138']],
    ['G', ['M04', '赵敏', '负责人', 'B01', null, null, 'zhaomin']],
    ['B', ['M05', null, '负责人', 'B01']],
    ['A', ['H01', '吴刚', '负责人', 'B01']],
    ['F', ['M06', '郑和', '负责人', 'B01', null, 1.38e16]],
  ],
  条线: [
    ['A', [null, 'D01']],
    ['B', ['支付结算', 'B01']],
    ['B', ['保险', 'X99']],
  ],
}

/** Fills the sheets of a template. */
async function fillBadly(file: string): Promise<void> {
  const { sheets } = await readWorkbook(file, await readFile(file))
  const filled = sheets.map(({ name, rows: [titles, ...examples] }) => ({
    name,
    columns: (titles?.cells ?? []).map((title) => ({ title: String(title) })),
    rows: [...examples.map(({ cells }) => cells), ...(BADLY[name] ?? []).map(([, cells]) => cells)],
  }))
  await writeFile(file, await writeWorkbook({ marker: null, sheets: filled }))
}

test('every fault of a badly filled template is named at its cell in one pass', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-badly-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const settings = { ...KEY, DATABASE_URL: (await openTestDatabase('postgres')).url ?? '' }
  const [template = '', open = ''] = await linesOfReadme()
  await type(template, folder, settings)
  await fillBadly(path.join(folder, 'bank.xlsx'))
  const said = await type(open, folder, settings)
  // The headings and the example stand above.
  const planted = Object.entries(BADLY).flatMap(([sheet, rows]) =>
    rows.flatMap(([wrong], at) => (wrong ? [`${sheet} 第 ${at + 3} 行 ${wrong}`] : [])),
  )
  const named = said.match(/(?<=✗ )\S+ 第 \d+ 行 [A-Z]/g) ?? []
  expect(named.toSorted()).toEqual(planted.toSorted())
  expect(said).toContain(`有 ${planted.length} 处要改`)
})

describe.each(DATABASES)('a bank that opens, on %s', (kind) => {
  test('by the lines of the README has its lists on the first morning', {
    timeout: 300_000,
  }, async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-first-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const url = kind === 'postgres' ? (await openTestDatabase(kind)).url : undefined
    const settings = url ? { ...KEY, DATABASE_URL: url } : { DATA_DIR: path.join(folder, 'data') }
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

    const database = url
      ? await openPostgres(url, KEYED)
      : await openPglite(path.join(folder, 'data'), {
          dataKey: keyBeside(path.join(folder, 'data')),
        })
    await setReachable(database.prisma, 'wecom-app', true)
    // Its people and clients came today, by the real clock.
    const morning = chineseWorkdays().next(dayIn(new Date(), 'Asia/Shanghai'))
    const now = new Date(`${morning}T08:00:00+08:00`)
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
