/** @module-tag slow */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '../../../src/app.ts'
import { handOver } from '../../../src/features/handover/send-lists.ts'
import { type Bank, bankOn, CLIENTS, MONDAY } from '../../support/bank.ts'
import { openBrowser, SCREENS } from '../../support/chromium.ts'
import { openTestDatabase } from '../../support/open.ts'
import { startService } from '../../support/service.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let bank: Bank
let app: App
let url: string
let now = new Date(MONDAY)

beforeAll(async () => {
  const database = await openTestDatabase('pglite')
  // Its name is long, and it gets none of a list.
  const long = { name: '赵兰兰', business: '恒盛医疗器械连锁店', owner: 'M1' } as const
  bank = await bankOn(database, [...CLIENTS, { ...long, facts: { industry_class: 'barred' } }])
  const plan = {
    ...{ name: '旺季活动', startsOn: '2026-11-23', endsOn: '2026-12-04', audience: '全部' },
    ...{ products: '流贷', talkingPoints: '旺季备货，利率优惠。', targetReached: '10' },
  }
  await bank.send('K1', { command: 'save-campaign', input: plan })
  await bank.press('K1', '发布')
  await bank.say('M1', '打标 旺季活动 张三 有意向 需要结算卡')
  await bank.say('M3', '打标 旺季活动 钱进 拒绝')
  await bank.say('K1', '保存客群 老客户 存量')
  await bank.say('K1', '名单 新建 春茶 客群 老客户 产品 结算卡 话术 上门问候')
  await bank.say('K1', '1')
  const service = await startService(database, {}, () => now)
  app = service.app
  url = service.url
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

/** The address of a new link for somebody, as the chat gives it. */
const linkOf = async (code: string): Promise<string> => {
  const card = JSON.stringify(await bank.say(code, code === 'M2' ? 'desk' : '看板'))
  return `${url}${card.match(/\/desk\/in\/[\w-]{43}/)?.[0]}`
}

const cookieOf = (answer: Response): string =>
  (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
const stampIn = (page: string): string => page.match(/name="stamp" value="([0-9a-f]+)"/)?.[1] ?? ''

/** Looks at a link as a browser does, and presses its button. */
async function pressed(link: string): Promise<Response> {
  const door = await fetch(link)
  const body = new URLSearchParams({ stamp: stampIn(await door.text()) })
  const headers = { cookie: cookieOf(door) }
  return fetch(link, { method: 'POST', body, headers, redirect: 'manual' })
}

/** Opens the pages as somebody, by the button. */
async function enter(code: string, screen: keyof typeof SCREENS = 'desk'): Promise<Page> {
  const context = await browser.newContext({ viewport: SCREENS[screen], locale: 'zh-CN' })
  const page = await context.newPage()
  await page.goto(await linkOf(code))
  await page.click('.go')
  await page.waitForURL('**/desk/campaigns')
  return page
}

test.each(['phone', 'desk'] as const)(
  'on a %s every page fits, speaks without faults and shuts nobody out',
  async (screen) => {
    const page = await enter('K1', screen)
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    const [campaign] = await bank.rows<{ id: string }>('select id from campaign')
    const [list] = await bank.rows<{ id: string }>('select id from target_list')
    const paths = [
      'campaigns',
      `campaigns/${campaign?.id}`,
      'tiers',
      'load',
      'referrals',
      'hand-over',
      'segments',
      'lists',
      `lists/${list?.id}`,
      `lists/${list?.id}/clients`,
      'import',
      'second-factor',
    ]
    for (const path of paths) {
      await page.goto(`${url}/desk/${path}`)
      const wide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth'
      expect(await page.evaluate(wide), path).toBe(false)
      const cut = `[...document.querySelectorAll('nav ul, .scroll')]
        .some((each) => each.scrollWidth > each.clientWidth + 1)`
      expect(await page.evaluate(cut), path).toBe(false)
      const small = `[...document.querySelectorAll('button, select, nav a, .top a')]
        .filter((each) => each.getBoundingClientRect().height < 43.5).map((each) => each.outerHTML)`
      expect(await page.evaluate(small), path).toEqual([])
      const parted = `[...document.querySelectorAll('.whole')]
        .filter((each) => each.getClientRects().length > 1).map((each) => each.textContent)`
      expect(await page.evaluate(parted), path).toEqual([])
      // Of what is exactly as its ground, axe says only that it could not tell.
      const unseen = `[...document.querySelectorAll('.top a')].some((each) => getComputedStyle(each).color ===
        getComputedStyle(each.closest('.top')).backgroundColor)`
      expect(await page.evaluate(unseen), path).toBe(false)
      await page.evaluate(axe)
      const faults = 'axe.run().then(({ violations }) => violations.map(({ id }) => id))'
      expect(await page.evaluate(faults), path).toEqual([])
    }
    expect(complaints).toEqual([])
    await page.context().close()
  },
)

test('what a page shows is what the database counts, cut to what its reader may see', async () => {
  const numbers = async (code: string) => {
    const page = await enter(code)
    const shown = await page.locator('.numbers dd').allInnerTexts()
    const context = page.context()
    await page.click('a.card')
    await page.waitForURL('**/campaigns/*-*')
    const text = await page.textContent('main')
    const drawn = 'document.images[0].decode().then(() => document.images[0].naturalWidth)'
    const picture = await page.evaluate(drawn)
    await context.close()
    return { reached: shown[0]?.split('\n')[0], text, picture }
  }
  const [counted] = await bank.rows<{ all: number; team: number }>(`
    select count(*)::int as all, count(*) filter (where unit.path like '/HQ/B1/T1/%')::int as team
    from campaign_response join unit on unit.id = unit_id`)
  const marketing = await numbers('K1')
  const lead = await numbers('L1')
  expect([marketing.reached, lead.reached]).toEqual([`${counted?.all}`, `${counted?.team}`])
  expect(marketing.picture).toBe(720)
  expect(marketing.text).toContain('何勇')
  expect(lead.text).toContain('周敏')
  expect(lead.text).not.toContain('何勇')
})

test('tiers that the bank added stand with existing clients; what has no number yet says so', async () => {
  await bank.rows(`update client_tier set tier = 'G' from client
    where client.id = client_id and name = 'Tom' returning 1`)
  await bank.say('K1', '条线 支付结算 归 公司金融部')
  await handOver(bank.app.services, bank.app.services.moment(), true)
  const page = await enter('K1', 'phone')
  await page.click('text=分层')
  await page.waitForURL('**/desk/tiers')
  const tiersOf = (section: number) =>
    page.locator('section').nth(section).locator('dt').allInnerTexts()
  expect(await tiersOf(0)).toEqual(['B 潜力', 'C 维护', 'D 普惠', 'F 淘汰', 'G'])
  expect(await tiersOf(1)).toEqual(['待判定'])
  await page.click('text=移交')
  await page.waitForURL('**/desk/hand-over')
  const row = await page.locator('tbody tr').first().locator('td').allInnerTexts()
  expect(row).toEqual(['结算卡', '1', '1', '0', '0', '0', '—'])
  const sides = `[...document.querySelectorAll('th')].map((each) => getComputedStyle(each).textAlign)`
  expect((await page.evaluate(sides)) as string[]).toEqual(['left', ...Array(6).fill('right')])
  await page.context().close()
})

test('a link opens once; a preview that only looks uses nothing', async () => {
  const link = await linkOf('L1')
  const agent = { headers: { 'user-agent': 'Slackbot-LinkExpanding 1.0' } }
  expect((await fetch(link, agent)).status).toBe(200)
  expect((await fetch(link, { method: 'HEAD' })).status).toBe(200)
  const entered = await pressed(link)
  expect(entered.status).toBe(303)
  const cookie = entered.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/SameSite=Strict/)
  const again = await fetch(link, { method: 'POST', redirect: 'manual' })
  expect(again.status).toBe(410)
  expect(await again.text()).toContain('这个链接用过了')
  expect((await fetch(link)).status).toBe(410)
})

test('a page elsewhere lets no browser in, and sends nothing in its name', async () => {
  const link = await linkOf('L1')
  const blind = await fetch(link, { method: 'POST', redirect: 'manual' })
  expect(blind.status).toBe(403)
  const door = await fetch(link)
  const body = new URLSearchParams({ stamp: stampIn(await door.text()) })
  const post = (headers: Record<string, string>) =>
    fetch(link, { method: 'POST', body, headers, redirect: 'manual' })
  expect((await post({})).status, 'in a browser that was not shown the door').toBe(403)
  const cookie = cookieOf(door)
  expect((await post({ cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await post({ cookie, 'sec-fetch-site': 'same-origin' })).status).toBe(303)
})

test('a link is for one person, for ten minutes, and a newer one takes its place', async () => {
  const cookie = cookieOf(await pressed(await linkOf('L1')))
  const theirs = await linkOf('L2')
  for (const method of ['GET', 'POST']) {
    const answer = await fetch(theirs, { method, headers: { cookie }, redirect: 'manual' })
    expect(answer.status).toBe(403)
  }
  expect((await fetch(theirs)).status, 'not used up by that').toBe(200)
  const newer = await linkOf('L2')
  expect((await fetch(theirs)).status).toBe(410)
  now = new Date(new Date(MONDAY).getTime() + 11 * 60_000)
  expect((await fetch(newer)).status).toBe(410)
  now = new Date(MONDAY)
})

test('without a session, after logging out and after leaving the bank nothing is shown', async () => {
  expect((await fetch(`${url}/desk/campaigns`)).status).toBe(401)
  const session = async (code: string) => {
    const cookie = cookieOf(await pressed(await linkOf(code)))
    return (path: string, form?: Readonly<Record<string, string>>) =>
      fetch(`${url}/desk/${path}`, {
        ...(form && { method: 'POST', body: new URLSearchParams(form) }),
        headers: { cookie },
      })
  }
  const lead = await session('L2')
  expect((await lead('load')).status).toBe(200)
  await lead('out', { stamp: 'from a page elsewhere' })
  const page = await lead('load')
  expect(page.status).toBe(200)
  await lead('out', { stamp: stampIn(await page.text()) })
  expect((await lead('load')).status).toBe(401)
  const head = await session('H1')
  expect((await head('tiers')).status).toBe(200)
  await bank.rows(`update staff set active = false where code = 'H1' returning id`)
  expect((await head('tiers')).status).toBe(401)
  expect(JSON.stringify(await bank.say('M1', '看板'))).toContain('不在您的岗位功能里')
})

test('what somebody may not see is not there', async () => {
  await bank.send('L1', {
    command: 'save-campaign',
    input: {
      ...{ name: '一队专场', startsOn: '2026-11-23', endsOn: '2026-12-04', audience: '一队' },
      talkingPoints: '只给一队。',
    },
  })
  await bank.press('L1', '发布')
  const [own] = await bank.rows<{ id: string }>(`select id from campaign where name = '一队专场'`)
  const cookie = cookieOf(await pressed(await linkOf('L2')))
  const look = (path: string) => fetch(`${url}/desk/${path}`, { headers: { cookie } })
  expect(await (await look('campaigns')).text()).not.toContain('一队专场')
  expect((await look(`campaigns/${own?.id}`)).status).toBe(404)
  expect((await look(`campaigns/${own?.id}/picture.png`)).status).toBe(404)
  expect((await look('campaigns/not-an-id')).status).toBe(404)
})
