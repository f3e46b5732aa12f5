import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { App } from '../../app.ts'
import type { Day } from '../../core/calendar/time.ts'
import { clientBook, facilitiesFeed, factsFeed, rosterBook } from '../../demo/books.ts'
import type { DemoBank } from '../../demo/open-bank.ts'
import { loadFeed } from '../../features/feeds/load-feed.ts'
import { FeedBusy } from '../../features/feeds/one-at-a-time.ts'
import type { Feed } from '../../features/feeds/rules.ts'
import { confirmAsOperator, startAsOperator } from '../../features/import/by-operator.ts'
import { RETURNED } from '../../features/import/rules.ts'
import { applyPlan, isDone, planOf, sheetsSource } from '../../features/roster/open-roster.ts'
import { readWorkbook } from '../../infra/sheets/spreadsheet.ts'
import { until } from '../import/import-book.ts'

const BUSY_MS = 1000

/** What the doors need of the service. */
export type Filling = Pick<App, 'services' | 'working'>

/**
 * Brings the made-up bank on file through the doors of any bank: `open`, `import` and the feeds. What came in before
 * the process ended changes nothing when it comes again.
 */
export async function takeIn(
  app: Filling,
  { people, clients, work }: DemoBank,
  today: Day,
): Promise<void> {
  await openRoster(app, await rosterBook(people))
  await importBook(app, 'clients.xlsx', await clientBook(clients, work.before))
  await load(app, 'facts', today, factsFeed(clients))
  await load(app, 'facilities', today, facilitiesFeed(clients, today))
}

async function openRoster({ services }: Filling, bytes: Buffer): Promise<void> {
  const { sheets } = await readWorkbook('bank.xlsx', bytes)
  const { database, moment } = services
  await database.transaction(async (tx) => {
    const at = moment()
    const plan = await planOf(tx, sheetsSource(sheets), at.now)
    if (plan.faults.length > 0) throw spoilt('bank.xlsx', plan.faults)
    if (!isDone(plan)) await applyPlan(tx, plan, { at, reaches: [], tell: async () => {} })
  })
}

async function importBook(app: Filling, name: string, bytes: Buffer): Promise<void> {
  const { database, moment } = app.services
  const id = await database.transaction((tx) =>
    startAsOperator(tx, { kind: 'clients', file: { name, bytes }, code: null }, moment().now),
  )
  if (!id) throw new Error('an operator may import')
  const preview = await until(app, id, true)
  const faults = RETURNED.some((verdict) => preview.counts.verdicts[verdict])
  if (preview.state !== 'preview' || preview.rows === 0 || faults) throw spoilt(name, preview)
  await database.transaction((tx) => confirmAsOperator(tx, preview, moment().now))
  const done = await until(app, id, true)
  if (done.state !== 'done') throw spoilt(name, done)
}

const spoilt = (name: string, what: object) =>
  new Error(`${name} of the made-up bank: ${JSON.stringify(what)}`)

async function load(app: Filling, feed: Feed, day: Day, bytes: Buffer): Promise<void> {
  const name = `${feed}-${day}-full.csv`
  const given = { feed, name, bytes: Readable.from([bytes]), said: {}, yes: false, share: null }
  try {
    const report = await loadFeed(app.services, given)
    if (report && report.rejected + report.unmatched > 0) throw spoilt(name, report)
  } catch (error) {
    if (!(error instanceof FeedBusy)) throw error
    // A process that ended a moment ago is taken for alive a little longer.
    await pause(BUSY_MS)
    await load(app, feed, day, bytes)
  }
}
