import { setTimeout as pause } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'
import { push } from '../../../src/features/tasks/list/push-morning.ts'
import { openPglite } from '../../../src/infra/database/pglite.ts'
import { bankOn, MONDAY, type NewTestClient } from '../../support/bank.ts'
import { openBrowser, SCREENS } from '../../support/chromium.ts'
import { KEYED } from '../../support/keyed.ts'
import { startService } from '../../support/service.ts'
import { type Row, row } from '../row.ts'

const CALLS = 20
/** Nobody answers: one tap and no scrolling; interested with a day: three taps. */
const LIMIT = { noAnswer: 1, interested: 3 }

const CLIENTS: readonly NewTestClient[] = Array.from({ length: CALLS }, (_, at) => ({
  name: `客户${String.fromCodePoint(0x7532 + at)}`,
  phone: `+86134900100${10 + at}`,
  owner: 'M1',
  tasks: [{ due_on: '2026-11-23', reason: 'quiet', priority: 90 - at }],
}))

/** What one outcome took. */
interface Effort {
  readonly taps: number
  readonly pixels: number
}

/** A thumb: taps what it sees, and scrolls as far as it must to see it. */
function thumbOf() {
  const spent = { taps: 0, pixels: 0 }
  const tap = async (target: Locator) => {
    await target.waitFor({ state: 'visible' })
    spent.pixels += await target.evaluate((element) => {
      const log = element.closest('#log')
      if (!log) return 0
      const [seen, box] = [log.getBoundingClientRect(), element.getBoundingClientRect()]
      const by =
        box.top < seen.top
          ? box.top - seen.top
          : box.bottom > seen.bottom
            ? box.bottom - seen.bottom
            : 0
      log.scrollBy(0, by)
      return Math.abs(Math.round(by))
    })
    spent.taps++
    await target.click()
  }
  /** What `work` took. */
  const effortOf = async (work: () => Promise<unknown>): Promise<Effort> => {
    const before = { ...spent }
    await work()
    return { taps: spent.taps - before.taps, pixels: spent.pixels - before.pixels }
  }
  return { tap, effortOf }
}

type Thumb = ReturnType<typeof thumbOf>

/** Waits until what is pressed was answered, and the page has come to rest. */
async function answered(page: Page, press: () => Promise<unknown>): Promise<void> {
  const bots = page.locator('#log .bot')
  const before = await bots.count()
  await press()
  const until = performance.now() + 10_000
  while ((await bots.count()) <= before) {
    if (performance.now() > until) throw new Error('nothing was answered')
    await pause(20)
  }
  await pause(100)
}

/** One call after the other from the task that each answer shows, as the product has it now. */
async function byAnswers(page: Page, thumb: Thumb, interested: boolean): Promise<Effort> {
  const next = page.locator('#log .bot').last().locator('ul.items li').first()
  return thumb.effortOf(async () => {
    if (!interested) {
      return answered(page, () => thumb.tap(next.getByRole('button', { name: '没接' })))
    }
    await thumb.tap(next.locator('summary'))
    await answered(page, () => thumb.tap(next.getByRole('button', { name: '有意向' })))
    const day = page.locator('#log .bot').last().getByRole('button', { name: /^改到/ }).first()
    await answered(page, () => thumb.tap(day))
  })
}

/** Each call from its line of the morning's list, and days by the form, as it was before. */
async function byList(
  page: Page,
  thumb: Thumb,
  interested: boolean,
  client: string,
): Promise<Effort> {
  const line = page.locator('#log .bot').first().locator('ul.items li', { hasText: client })
  return thumb.effortOf(async () => {
    if (!interested) {
      return answered(page, () => thumb.tap(line.getByRole('button', { name: '没接' })))
    }
    await answered(page, () => thumb.tap(line.getByRole('button', { name: '登记' })))
    const form = page.locator('#log .form').last()
    await thumb.tap(form.locator('.chips label', { hasText: '有意向' }).first())
    // The telephone's own calendar is opened with a tap; a day in it is another, which no robot sees.
    await form.locator('input[name="field.nextDate"]').fill('2026-11-25')
    await thumb.tap(form.locator('input[name="field.nextDate"]'))
    await answered(page, () => thumb.tap(form.locator('button.primary')))
  })
}

/** A day of twenty calls in the browser at 390 px by a thumb that only taps, half nobody, half interested with a day. */
export async function taps(): Promise<Row[]> {
  const browser = await openBrowser()
  try {
    const days = []
    for (const way of [byList, byAnswers]) {
      const database = await openPglite(undefined, KEYED)
      await bankOn(database, CLIENTS)
      await database.prisma.$executeRaw`
        update account set channel = 'web', conversation = 'web:' || external_id`
      const began = new Date(MONDAY).getTime() + 3_600_000 - performance.now()
      const service = await startService(database, {}, () => new Date(began + performance.now()))
      const context = await browser.newContext({ viewport: SCREENS.phone, locale: 'zh-CN' })
      const page = await context.newPage()
      const { services, delivery } = service.app
      await push(services, services.moment(), { dryRun: false })
      await delivery.settled()
      await page.goto(`${service.url}/chat/as/M1`)
      await page.waitForSelector('#log .bot ul.items')
      const thumb = thumbOf()
      const spent = { noAnswer: [] as Effort[], interested: [] as Effort[] }
      // The list shows ten at a time: so many calls are made from it.
      for (let call = 0; call < (way === byList ? CALLS / 2 : CALLS); call++) {
        const interested = call % 2 === 1
        const effort = await way(page, thumb, interested, CLIENTS[call]?.name ?? '')
        spent[interested ? 'interested' : 'noAnswer'].push(effort)
      }
      const logged = await database.prisma.outcome.count({ where: { undoneAt: null } })
      days.push({ ...spent, logged })
      await context.close()
      await service.app.stop()
    }
    const [before, after] = days
    if (!before || !after) throw new Error('no day was played')
    if (after.logged !== CALLS) throw new Error(`${after.logged} outcomes stand of ${CALLS}`)
    const most = (efforts: readonly Effort[], of: keyof Effort) =>
      Math.max(...efforts.map((each) => each[of]))
    const mean = (efforts: readonly Effort[], of: keyof Effort) =>
      efforts.reduce((sum, each) => sum + each[of], 0) / efforts.length
    return [
      row(
        'taps for nobody answers, the most',
        [most(after.noAnswer, 'taps'), 'times'],
        ['limit', LIMIT.noAnswer],
        1,
      ),
      row(
        'pixels scrolled for nobody answers, the most, and one',
        [most(after.noAnswer, 'pixels') + 1, 'times'],
        ['none, and one', 1],
        1,
      ),
      row(
        'taps for interested with a day, the most',
        [most(after.interested, 'taps'), 'times'],
        ['limit', LIMIT.interested],
        1,
      ),
      row(
        'taps an outcome',
        [(mean(after.noAnswer, 'taps') + mean(after.interested, 'taps')) / 2, 'times'],
        [
          'from the list and its form',
          (mean(before.noAnswer, 'taps') + mean(before.interested, 'taps')) / 2,
        ],
        1,
      ),
      row(
        'pixels scrolled an outcome',
        [(mean(after.noAnswer, 'pixels') + mean(after.interested, 'pixels')) / 2, 'times'],
        [
          'from the list and its form',
          (mean(before.noAnswer, 'pixels') + mean(before.interested, 'pixels')) / 2,
        ],
        0.5,
      ),
    ]
  } finally {
    await browser.close()
  }
}
