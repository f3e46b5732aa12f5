/** @module-tag long */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../../src/app.ts'
import { MARKERS } from '../../../src/features/import/workbooks.ts'
import { readWorkbook, writeWorkbook } from '../../../src/infra/sheets/spreadsheet.ts'
import { type Bank, bankOn, CLIENTS, MONDAY } from '../../support/bank.ts'
import { openBrowser, SCREENS } from '../../support/chromium.ts'
import { openTestDatabase } from '../../support/open.ts'
import { startService } from '../../support/service.ts'
import { bookOf } from '../import/book.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let bank: Bank
let app: App
let url: string

beforeAll(async () => {
  const database = await openTestDatabase('pglite')
  bank = await bankOn(database, CLIENTS)
  const service = await startService(database, {}, () => new Date(MONDAY))
  app = service.app
  url = service.url
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

/** Opens the import of the pages as somebody. */
async function enter(code: string, screen: keyof typeof SCREENS = 'desk'): Promise<Page> {
  const link = JSON.stringify(await bank.say(code, '看板')).match(/\/desk\/in\/[\w-]{43}/)?.[0]
  const context = await browser.newContext({ viewport: SCREENS[screen], locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(`${url}${link}`)
  await page.click('.go')
  await page.waitForURL('**/desk/campaigns')
  return page
}

const BOOK = [
  ['姓名', '手机号', '工号', '内部代号', '备注'],
  ['李新', '13800010001', 'M1', '7', '周末不接电话'],
  ['陈存', '13800010002', 'M2', null, null],
  ['丁误', '138', 'M1', null, null],
] as const

/** Sends a book and waits until it is looked through. */
async function send(page: Page, name = '客户表.xlsx'): Promise<void> {
  await page.click('nav >> text=导入')
  const [headings, ...rows] = BOOK
  const buffer = await bookOf([...headings], ...rows)
  await page.setInputFiles('input[type=file]', { name, mimeType: 'application/xlsx', buffer })
  await page.click('text=上传并预览')
  await page.waitForSelector('h1:has-text("导入预览")')
}

/** What a page must be on each screen. */
async function looksRight(page: Page): Promise<void> {
  const wide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'
  expect(await page.evaluate(wide)).toBe(false)
  await page.evaluate(axe)
  const faults = 'axe.run().then(({ violations }) => violations.map(({ id }) => id))'
  expect(await page.evaluate(faults)).toEqual([])
}

test.each(['phone', 'desk'] as const)(
  'on a %s a lead sends a book, sees what it would change, has it written and takes it back',
  async (screen) => {
    const page = await enter('L1', screen)
    await send(page)
    const preview = await page.textContent('main')
    expect(preview).toContain('新客户 2 位')
    expect(preview).toContain('不能采用 1 行')
    if (preview?.includes('没有读的列："内部代号"')) {
      await page.getByLabel('内部代号').selectOption('来源说明')
      await page.click('text=按所选的列重读')
      // The page before has the same heading.
      await page.locator('main', { hasNotText: '没有读的列' }).waitFor()
      await page.waitForSelector('h1:has-text("导入预览")')
    } else expect(preview, 'what the first said is remembered').toContain('按上次的列')
    expect(await page.textContent('main')).not.toContain('没有读的列')
    await looksRight(page)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('text=不采用的行'),
    ])
    const { sheets } = await readWorkbook('x.xlsx', readFileSync(await download.path()))
    expect(sheets[0]?.rows[1]?.cells.slice(0, 2)).toEqual(['丁误', '138'])
    const found = () => bank.rows("select 1 from client where name in ('李新', '陈存')")
    expect(await found()).toHaveLength(0)
    await page.click('text=确认导入')
    await page.waitForSelector('h1:has-text("已导入")')
    await looksRight(page)
    expect(await found()).toHaveLength(2)
    const details = await bank.rows("select source_detail from client where name = '李新'")
    expect(details).toEqual([{ source_detail: '7' }])
    await page.click('text=撤销导入')
    await page.waitForSelector('h1:has-text("已撤销导入")')
    expect(await found()).toHaveLength(0)
    await page.click('text=全部导入')
    expect(await page.locator('.lines li').first().textContent()).toContain(
      '已撤销导入 · 客户表.xlsx',
    )
    await looksRight(page)
    await page.context().close()
  },
)

test('each step asks for role, owner and the form’s own stamp again, and is on the audit trail', async () => {
  const page = await enter('L1')
  await send(page, '第二份.xlsx')
  const address = page.url()
  const stranger = await enter('L2')
  await stranger.goto(address)
  expect(stranger.url()).toBe(`${url}/desk/import`)
  const stamp = await page.locator('main input[name=stamp]').first().inputValue()
  const post = (form: Readonly<Record<string, string>>, headers = {}) =>
    page.request.post(address, { form, headers, maxRedirects: 0 })
  const command = 'confirm-import'
  const state = async () =>
    (
      await bank.rows<{ state: string }>(`select state from import where file_name = '第二份.xlsx'`)
    )[0]?.state
  await post({ command })
  await post({ command, stamp: stamp.replace(/^./, (first) => (first === '0' ? '1' : '0')) })
  expect((await post({ command, stamp }, { 'sec-fetch-site': 'same-site' })).status()).toBe(403)
  expect(await state()).toBe('preview')
  await bank.rows(`update staff set role = 'manager' where code = 'L1' returning id`)
  expect((await post({ command, stamp })).status()).toBe(401)
  expect(await state()).toBe('preview')
  await bank.rows(`update staff set role = 'lead' where code = 'L1' returning id`)
  expect((await post({ command, stamp })).status()).toBe(303)
  expect((await post({ command, stamp })).status(), 'a second press').toBe(409)
  await app.working.settled()
  expect(await state()).toBe('done')
  expect(
    await bank.rows(`select command, result from act where channel = 'desk' order by at, id`),
  ).toEqual(
    expect.arrayContaining([
      { command: 'import-clients', result: 'done' },
      { command: 'confirm-import', result: 'done' },
      { command: 'confirm-import', result: 'refused' },
    ]),
  )
})

test('what is no workbook, and no file at all, is answered with a sentence', async () => {
  const page = await enter('L1')
  await page.click('nav >> text=导入')
  await page.setInputFiles('input[type=file]', {
    ...{ name: '网页.xlsx', mimeType: 'text/html', buffer: Buffer.from('<html><table>') },
  })
  await page.click('text=上传并预览')
  await page.waitForSelector('h1:has-text("没有导入")')
  expect(await page.textContent('main')).toContain('这是网页，不是表格')
  const stamp = await page.locator('input[name=stamp]').first().inputValue()
  const none = await page.request.post(`${url}/desk/import`, { multipart: { stamp } })
  expect(none.status()).toBe(422)
  expect(await none.text()).toContain('请先选一个表格文件')
})

test('lists come in by the same form: each reader has those of their role, and what waits is said', async () => {
  const kinds = async (page: Page) => {
    await page.click('nav >> text=导入')
    const options = page.locator('select[name=kind] option')
    await options.first().waitFor({ state: 'attached' })
    return options.allTextContents()
  }
  expect(await kinds(await enter('H1'))).toEqual(['客户表', '指标', '企业微信账号'])
  const page = await enter('R1')
  expect(await kinds(page)).toEqual(['负面清单', '退出名单'])
  const file = {
    ...{ name: '名单.csv', mimeType: 'text/csv' },
    buffer: Buffer.from('手机号,理由\n13490010006,诈骗\n'),
  }
  const stamp = await page.locator('input[name=stamp]').first().inputValue()
  const multipart = { stamp, kind: 'clients', file }
  const other = await page.request.post(`${url}/desk/import`, { multipart })
  expect(other.status(), 'a kind that is not for risk').toBe(422)
  expect((await page.request.get(`${url}/desk/import/template/clients`)).status()).toBe(404)
  const exits = await writeWorkbook({ marker: MARKERS.exit, sheets: [] })
  await page.setInputFiles('input[type=file]', {
    ...{ name: '退出.xlsx', mimeType: 'application/xlsx', buffer: exits },
  })
  await page.click('text=上传并预览')
  expect(await page.locator('[role=alert]').textContent()).toContain(
    '这是"退出名单"的表格，选的却是"负面清单"',
  )
  await page.setInputFiles('input[type=file]', file)
  await page.click('text=上传并预览')
  await page.waitForSelector('h1:has-text("导入预览")')
  await looksRight(page)
  await page.click('text=确认导入')
  await page.waitForSelector('h1:has-text("已导入")')
  const listed = () => bank.rows("select 1 from client where name = 'Tom' and negative_list")
  expect(await listed()).toHaveLength(1)
  await page.click('text=撤销导入')
  expect(await page.locator('[role=alert]').textContent()).toContain('已请 方刚、叶青 确认')
  expect(await listed()).toHaveLength(1)
})
