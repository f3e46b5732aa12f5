/** @module-tag long */

import jsqr from 'jsqr'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../../src/app.ts'
import { deskOf } from '../../../src/features/referrals/entries/desk.ts'
import { bankOn, CLIENTS } from '../../support/bank.ts'
import { openBrowser } from '../../support/chromium.ts'
import { openTestDatabase } from '../../support/open.ts'
import { startService } from '../../support/service.ts'

const PHONE = { width: 360, height: 740 }
const readQr = jsqr as unknown as typeof jsqr.default

let browser: Browser
let app: App
let url: string
let now = new Date('2026-11-23T09:00:00+08:00')
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
}

beforeAll(async () => {
  const database = await openTestDatabase('pglite')
  await bankOn(database, CLIENTS)
  await database.prisma.$executeRaw`
    update account set channel = 'web', conversation = 'web:' || external_id`
  await database.prisma.$executeRaw`update staff set active = false where code in ('M1', 'M2')`
  const service = await startService(database, {}, () => now)
  app = service.app
  url = service.url
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

/** Says a line in somebody's chat, waits for what it must bring, and looks at that. */
async function say<Found>(
  context: BrowserContext,
  code: string,
  text: string,
  answer: string,
  look: (page: Page) => Promise<Found>,
): Promise<Found> {
  const page = await context.newPage()
  await page.goto(`${url}/chat/as/${code}`)
  await page.fill('.say textarea', text)
  await page.click('.say button')
  await page.locator('.bot', { hasText: answer }).last().waitFor()
  const found = await look(page)
  await page.close()
  return found
}

const nothing = async () => {}

/** The number of somebody on the list that was shown last. */
const numberOf = (name: string) => async (page: Page) => {
  const item = page.locator('.bot').last().locator('li', { hasText: name })
  return (await item.locator('.mark').textContent())?.trim() ?? ''
}

/** What the chat shows of somebody, when they look. */
async function seen(context: BrowserContext, code: string, text: string) {
  await app.delivery.settled()
  const page = await context.newPage()
  await page.goto(`${url}/chat/as/${code}`)
  expect(await page.textContent('#log')).toContain(text)
  await page.close()
}

/** The address in the QR code of a picture that a page shows. */
async function scanned(page: Page): Promise<string> {
  const source = await page.locator('.bot img').last().getAttribute('src')
  const png = Buffer.from(source?.split(',')[1] ?? '', 'base64')
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  const code = readQr(new Uint8ClampedArray(data), info.width, info.height)
  return new URL(code?.data ?? '').pathname
}

test.each([true, false])(
  'scan, form, the manager’s chat, contacted, granted, the referrer told; with a script: %s',
  async (script) => {
    const context = await browser.newContext({
      viewport: PHONE,
      locale: 'zh-CN',
      javaScriptEnabled: script,
    })
    const name = script ? '赵一' : '钱二'
    const path = await say(context, 'S1', '我的码', '我的转介码', scanned)
    expect(path).toMatch(/^\/r\/[a-z0-9]{8}\/q$/)
    expect(await say(context, 'S1', '我的海报', '转发到群或朋友圈', scanned)).toBe(path)

    const page = await context.newPage()
    await page.goto(url + path)
    expect(await page.textContent('.by')).toContain('白露 推荐')
    await page.fill('[name=name]', name)
    await page.fill('[name=phone]', script ? '13800138011' : '13800138012')
    await page.fill('[name=need]', '进货周转 30万')
    await page.check('[name=consent]')
    later(1)
    await page.click('button')
    await page.waitForURL('**/thanks/*')
    expect(await page.textContent('main')).toContain('示范银行的客户经理')
    expect(await page.textContent('main')).toContain('最晚明天')
    await page.close()
    await deskOf(app.services).settled()

    await seen(context, 'M3', `白露转介：${name}`)
    await seen(context, 'S1', '有人通过您的转介码留下了联系方式')
    later(24 * 60)
    const first = await say(context, 'M3', '今日', '白露转介，请先联系', numberOf(name))
    await say(context, 'M3', `${first} 有意向 30万 今天`, `已记：${name} 有意向`, nothing)
    await say(context, 'S1', '我的转介', '已联系', nothing)
    later(1)
    const next = await say(context, 'M3', '今日', '约好再联系', numberOf(name))
    await say(context, 'M3', `${next} 已放款`, `已记：${name} 已放款`, nothing)
    later(11)
    app.delivery.wake()
    await seen(context, 'S1', '您转介的一位客户放款了，谢谢。')
    await context.close()
  },
)
