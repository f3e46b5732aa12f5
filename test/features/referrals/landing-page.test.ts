import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../../src/app.ts'
import { bankOn, CLIENTS } from '../../support/bank.ts'
import { openBrowser, SCREENS } from '../../support/chromium.ts'
import { openTestDatabase } from '../../support/open.ts'
import { startService } from '../../support/service.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

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

test.each([
  ['phone', 'zh-CN', '请联系我', '需要您的同意', '已收到'],
  ['desk', 'en-GB', 'Please call me', 'only call you with your consent', 'Received'],
] as const)(
  'on a %s in %s a visitor is led through the form without a script',
  async (screen, locale, send, needed, done) => {
    const context = await browser.newContext({
      viewport: SCREENS[screen],
      locale,
      javaScriptEnabled: false,
    })
    const page = await context.newPage()
    await page.goto(link)
    await page.fill('[name=name]', '李四')
    await page.fill('[name=phone]', screen === 'phone' ? '13800138000' : '13800138001')
    await page.click(`button:has-text("${send}")`)
    expect(await page.textContent('main')).toContain(needed)
    expect(await page.inputValue('[name=name]')).toBe('李四')
    await page.check('[name=consent]')
    await page.click('button')
    await page.waitForURL('**/thanks')
    expect(await page.textContent('h1')).toBe(done)
    await context.close()
  },
)

test.each(['phone', 'desk'] as const)(
  'on a %s the form fits, and nobody is shut out',
  async (screen) => {
    const context = await browser.newContext({
      viewport: SCREENS[screen],
      locale: 'zh-CN',
    })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    await page.goto(link)
    expect(complaints).toEqual([])
    const wide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'
    expect(await page.evaluate(wide)).toBe(false)
    await page.evaluate(axe)
    const faults = 'axe.run().then(({ violations }) => violations.map(({ id }) => id))'
    expect(await page.evaluate(faults)).toEqual([])
    for (const field of await page.locator('.field input, button').all()) {
      expect((await field.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    }
    await context.close()
  },
)

test('the page is small and loads nothing else', async () => {
  const answer = await fetch(link)
  const text = await answer.text()
  expect(Buffer.byteLength(text)).toBeLessThan(8_000)
  expect(text).not.toMatch(/<(script|link|img)/)
  expect(answer.headers.get('content-security-policy')).toMatch(/style-src 'sha256-/)
})
