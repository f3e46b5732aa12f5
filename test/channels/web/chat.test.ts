/** @module-tag long */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../../src/app.ts'
import { push } from '../../../src/features/tasks/list/push-morning.ts'
import { bankOn, CLIENTS } from '../../support/bank.ts'
import { openBrowser, SCREENS } from '../../support/chromium.ts'
import { openTestDatabase } from '../../support/open.ts'
import { startService } from '../../support/service.ts'
import { until } from '../../support/until.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let app: App
let url: string

beforeAll(async () => {
  const database = await openTestDatabase('pglite')
  await bankOn(database, CLIENTS)
  await database.prisma.$executeRaw`
    update account set channel = 'web', conversation = 'web:' || external_id`
  // Whatever day it is: what is due is due today.
  await database.prisma.$executeRaw`update task set due_on = current_date where status = 'open'`
  const service = await startService(database)
  app = service.app
  url = service.url
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function openChat(code: string, screen: keyof typeof SCREENS, script = true): Promise<Page> {
  const context = await browser.newContext({
    viewport: SCREENS[screen],
    locale: 'zh-CN',
    javaScriptEnabled: script,
  })
  const page = await context.newPage()
  await page.goto(`${url}/chat/as/${code}`)
  return page
}

const say = async (page: Page, text: string) => {
  await page.fill('.say textarea', text)
  await page.press('.say textarea', 'Enter')
}

/** Waits until this is what was said last by one side; what was said alike before does not count. */
const latest = (page: Page, by: '.person' | '.bot', text: string) =>
  until(async () => expect(await page.locator(`#log ${by}`).last().textContent()).toContain(text))

/** What is pressed, and is less than 44 pixels high: a thumb misses it. */
const SMALL = `[...document.querySelectorAll('button, summary, select, textarea, .attach, .chips label, .back')]
  .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 43.5)
  .map((each) => 'small: ' + each.outerHTML.slice(0, 80))`
/** What belongs together, and a line ends within it. */
const PARTED = `[...document.querySelectorAll('.whole, .phone')]
  .filter((each) => each.getClientRects().length > 1).map((each) => 'parted: ' + each.textContent)`

/** Serious faults that axe finds, what a thumb misses, and whether anything is parted or the page scrolls sideways. */
async function faultsOf(page: Page): Promise<string[]> {
  const wide = await page.evaluate(
    '[document.documentElement, document.getElementById("log")].some((each) => each?.scrollWidth > each?.clientWidth)',
  )
  const misses = (await page.evaluate(`[...${SMALL}, ...${PARTED}]`)) as string[]
  await page.evaluate(axe)
  const found = (await page.evaluate(
    'axe.run().then(({ violations }) => violations.map((each) => each.id + " " + each.nodes[0].html))',
  )) as string[]
  return [...found, ...misses, ...(wide ? ['the page scrolls sideways'] : [])]
}

describe.each(['phone', 'desk'] as const)('on a %s', (screen) => {
  test('one picks who one is', async () => {
    const page = await openChat('', screen)
    await page.goto(`${url}/chat`)
    expect(await faultsOf(page)).toEqual([])
    await page.click('text=周敏')
    await page.waitForURL('**/as/M1')
    expect(await page.title()).toContain('周敏')
  })

  test('typed lines, buttons and forms are answered live, without a reload', async () => {
    const page = await openChat('M1', screen)
    await say(page, '今日')
    await page.waitForSelector('.bot .mark')
    expect(await page.inputValue('.say textarea')).toBe('')
    const item = page.locator('.bot li', { hasText: '张三' }).last()
    const forms = page.locator('.form')
    // Those of earlier stand above it.
    const form = forms.nth(await forms.count())
    await item.locator('button', { hasText: '登记' }).click()
    await form.locator('.chips label', { hasText: '有意向' }).click()
    await form.locator('input[name="field.amount"]').fill('50万')
    await form.locator('input[name="field.nextDate"]').fill('2099-01-05')
    await form.locator('button.primary').click()
    await latest(page, '.person', '有意向 · 50万')
    await latest(page, '.bot', '已记：张三 有意向 50万')
    // It folds to what was sent, with nothing left to press by a slip, and opens again.
    expect(await form.locator('.sent > summary').textContent()).toContain(
      '有意向 · 50万 · 2099-01-05',
    )
    expect(await form.locator('button.primary').isVisible()).toBe(false)
    await form.locator('.sent > summary').click()
    expect(await form.locator('button.primary').isVisible()).toBe(true)
    await page.locator('.bot button', { hasText: '撤销' }).last().click()
    await latest(page, '.bot', '已撤销：张三 的结果。')
    expect(await faultsOf(page)).toEqual([])
    await page.reload()
    await latest(page, '.bot', '已撤销：张三 的结果。')
    await page.context().close()
  })
})

test('what is typed while a line goes out stays, and a line that did not arrive is back in its box', async () => {
  const page = await openChat('M1', 'phone')
  const box = page.locator('.say textarea')
  const held = Promise.withResolvers<void>()
  await page.route('**/say', async (route) => {
    await held.promise
    await route.continue()
  })
  await say(page, '帮助 任务')
  await until(async () => expect(await box.inputValue()).toBe(''))
  await box.fill('帮助 走访')
  const arrived = page.waitForResponse('**/say')
  held.resolve()
  await arrived
  await latest(page, '.person', '帮助 任务')
  expect(await box.inputValue()).toBe('帮助 走访')
  await page.unroute('**/say')

  await page.route('**/say', (route) => route.abort())
  const failed = page.waitForEvent('requestfailed')
  await box.press('Enter')
  await failed
  await until(async () => expect(await box.inputValue()).toBe('帮助 走访'))
  await page.unroute('**/say')
  await box.press('Enter')
  await latest(page, '.person', '帮助 走访')
  await page.context().close()
})

test('the words to press are those of one’s own work', async () => {
  const wordsOf = async (code: string) => {
    const page = await openChat(code, 'phone')
    const words = await page.locator('.quick button').allInnerTexts()
    await page.context().close()
    return words
  }
  expect(await wordsOf('M1')).toEqual(['今日', '我的码', '撤销', '帮助'])
  expect(await wordsOf('R1')).toEqual(['待批', '我的码', '撤销', '帮助'])
  expect(await wordsOf('S1')).toEqual(['我的码', '撤销', '帮助'])
})

test('a picture is seen', async () => {
  const page = await openChat('M1', 'phone')
  await say(page, '我的码')
  const picture = page.locator('img.picture').last()
  await picture.waitFor()
  const wide = await picture.evaluate(
    (image) => (image as unknown as { naturalWidth: number }).naturalWidth,
  )
  expect(wide).toBeGreaterThan(400)
  await page.context().close()
})

test('who reads further up stays there when something comes, and goes along with their own line', async () => {
  const page = await openChat('M1', 'phone')
  for (let lines = 0; lines < 4; lines++) {
    await say(page, '帮助 任务')
    await until(async () =>
      expect(await page.locator('.person', { hasText: '帮助 任务' }).count()).toBeGreaterThan(
        lines,
      ),
    )
  }
  const top = () => page.evaluate<number>(`document.getElementById('log').scrollTop`)
  // Something comes before the page is told that it was scrolled: answers may still be under way, too.
  await page.evaluate(`{
    const log = document.getElementById('log')
    log.scrollTo({ top: 40 })
    log.append(log.lastElementChild.cloneNode(true))
  }`)
  await page.waitForTimeout(100)
  expect(await top()).toBe(40)
  // By the stream, from another page of the same conversation.
  const other = await openChat('M1', 'desk')
  await say(other, '谢谢')
  await latest(page, '.person', '谢谢')
  await latest(page, '.bot', '不客气')
  expect(await top()).toBe(40)
  await say(page, '你好')
  await latest(page, '.person', '你好')
  await until(async () => expect(await top()).toBeGreaterThan(400))
  await other.context().close()
  await page.context().close()
})

test('a long form shows what is needed, the rest behind "more", and offers what is known', async () => {
  const page = await openChat('K1', 'phone')
  await say(page, '活动 新建')
  const form = page.locator('.form').last()
  await form.waitFor()
  const shown = await form.locator('label:visible').allTextContents()
  expect(shown.map((label) => label.split(' ')[0]?.trim())).toEqual([
    ...['名称', '开始', '结束', '发给谁', '话术', '产品'],
  ])
  expect(await form.locator('input[name="field.audience"]').inputValue()).toBe('总行')
  const known = await page.evaluate<string[]>(
    `[...document.querySelectorAll('datalist option')].map((each) => each.value)`,
  )
  expect(known).toEqual(expect.arrayContaining(['总行', '城东支行', '一队', '结算卡']))
  await form.locator('summary').click()
  expect(await form.locator('input[name="field.regions"]').isVisible()).toBe(true)
  expect(await faultsOf(page)).toEqual([])
  await page.context().close()
})

test('a push arrives live on every page of a conversation, once', async () => {
  const [first, second] = [await openChat('M2', 'phone'), await openChat('M2', 'desk')]
  const at = app.services.moment()
  await push(app.services, at, { dryRun: false, anyDay: true })
  await app.delivery.settled()
  for (const page of [first, second]) {
    await page.waitForSelector('.bot >> text=Tom')
    expect(await page.locator('.bot h2').count()).toBe(1)
  }
  await first.context().close()
  await second.context().close()
})

test('without a script lines and buttons work by plain forms', async () => {
  const page = await openChat('M3', 'phone', false)
  const press = async (button: string) => {
    // The form comes back to the same address.
    await Promise.all([page.waitForEvent('load'), page.click(button)])
    await app.delivery.settled()
    await page.reload()
  }
  await page.fill('.say textarea', '查 钱进')
  await press('.say button')
  await press('button:has-text("转介码")')
  expect(await page.textContent('#log')).toContain('钱进 的转介码')
  await page.context().close()
})

test.each([
  ['M1', '今日, 客户 张三, 档案 张三, 登记 张三, 本周小结, 帮助'],
  ['M2', 'today, pipeline, my week, help'],
  ['L1', '团队今天, 进度, 我的客户, 帮助'],
  ['H1', '本周小结, 活动, 帮助'],
  ['K1', '待批, 打法, 标准, 行业, 客群, 名单 新建, 帮助'],
  ['R1', '待批, 负面, 帮助'],
])('what %s looks at in a week (%s) fits a phone, and is for a thumb', async (code, lines) => {
  const page = await openChat(code, 'phone')
  const newest = page.locator('#log article').last()
  for (const line of lines.split(', ')) {
    await say(page, line)
    await latest(page, '.person', line)
    await until(async () => expect(await newest.getAttribute('class')).toBe('bot'))
  }
  await latest(page, '.bot', code === 'M2' ? 'What you can say' : '可以这样说')
  // Help is seen whole.
  const card = await newest.boundingBox()
  const log = await page.locator('#log').boundingBox()
  expect(card?.height).toBeGreaterThan(100)
  expect(card?.height).toBeLessThan(log?.height ?? 0)
  expect(await faultsOf(page)).toEqual([])
  await page.context().close()
})

test('the page speaks English when asked to', async () => {
  const page = await openChat('M2', 'phone')
  await page.goto(`${url}/chat?lang=en`)
  expect(await page.textContent('.lead')).toContain('see their morning')
  await page.goto(`${url}/chat/as/M2`)
  expect(await page.textContent('.say button')).toBe('Send')
  await page.context().close()
})
