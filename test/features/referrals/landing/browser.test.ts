/** @module-tag slow */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../../../src/app.ts'
import { bankOn, CLIENTS } from '../../../support/bank.ts'
import { openBrowser, SCREENS } from '../../../support/chromium.ts'
import { openTestDatabase } from '../../../support/open.ts'
import { startService } from '../../../support/service.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const AXE =
  'axe.run().then(({ violations }) => violations.flatMap(({ nodes }) => nodes.map(({ failureSummary }) => failureSummary)))'
const WIDE = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'

let browser: Browser
let app: App
let link: string

beforeAll(async () => {
  const database = await openTestDatabase('pglite')
  const bank = await bankOn(database, CLIENTS)
  const card = JSON.stringify(await bank.say('M1', '转介 张三'))
  const service = await startService(database)
  app = service.app
  link = `${service.url}${card.match(/\/r\/[a-z0-9]{8}/)?.[0]}`
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

/** Nobody is shut out of this page, and nothing of it hangs over. */
async function expectOpenToAll(page: Page): Promise<void> {
  expect(await page.evaluate(WIDE)).toBe(false)
  await page.evaluate(axe)
  expect(await page.evaluate(AXE)).toEqual([])
  for (const field of await page.locator('.field input, button').all()) {
    expect((await field.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  }
}

test.each([
  ['phone', 'zh-CN', '请联系我', '需要您的同意', '已收到，谢谢', '撤回并删除'],
  ['desk', 'en-GB', 'Please call me', 'only call you', 'Received, thank you', 'Withdraw'],
] as const)(
  'on a %s in %s a visitor is led through the form and back out without a script',
  async (screen, locale, send, needed, done, withdraw) => {
    const context = await browser.newContext({
      viewport: SCREENS[screen],
      locale,
      javaScriptEnabled: false,
    })
    const page = await context.newPage()
    await page.goto(`${link}/q`)
    await page.fill('[name=name]', '李四')
    await page.fill('[name=phone]', screen === 'phone' ? '13800138000' : '13800138001')
    await page.click(`button:has-text("${send}")`)
    expect(await page.textContent('main')).toContain(needed)
    expect(await page.inputValue('[name=name]')).toBe('李四')
    await page.check('[name=consent]')
    await page.click('button')
    await page.waitForURL('**/thanks/*')
    expect(await page.textContent('h1')).toBe(done)
    await page.click(`a:has-text("${withdraw}")`)
    await page.click('button')
    expect(await page.textContent('h1')).toMatch(/已撤回|Withdrawn/)
    await context.close()
  },
)

test.each([
  ['phone', 'light'],
  ['phone', 'dark'],
  ['desk', 'light'],
] as const)('on a %s in the %s every page can be read by everybody', async (screen, scheme) => {
  const context = await browser.newContext({
    viewport: SCREENS[screen],
    locale: 'zh-CN',
    colorScheme: scheme,
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  await page.goto(link)
  expect(complaints).toEqual([])
  await expectOpenToAll(page)
  await page.click('button')
  await page.waitForSelector('[aria-invalid]')
  await expectOpenToAll(page)
  await page.goto(`${link.slice(0, -8)}notice`)
  await expectOpenToAll(page)
  await page.goto(`${link.slice(0, -8)}nolink`)
  await expectOpenToAll(page)
  await context.close()
})
