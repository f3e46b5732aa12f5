import { Readable } from 'node:stream'
import type { App } from '../../../src/app.ts'
import type { Moment } from '../../../src/bot/moment.ts'
import { newId } from '../../../src/core/ids.ts'
import { start } from '../../../src/features/campaigns/run/broadcast.ts'
import { campaignNamed } from '../../../src/features/campaigns/store.ts'
import { loadFeed } from '../../../src/features/feeds/load-feed.ts'
import {
  type NewList,
  type SharingOut,
  shareOut,
} from '../../../src/features/lists/share-out/store.ts'
import { runNight } from '../../../src/features/tasks/care/run-night.ts'
import { retierAll } from '../../../src/features/tiers/batch/retier-all.ts'
import type { Queries } from '../../../src/infra/database/index.ts'
import { timed } from '../timing.ts'
import { CAMPAIGN, CLIENTS_EACH } from './book.ts'

/** What goes over every client of the bank. */
export const BOOK_WORK = [
  'tasks of the night',
  'tiers of the night',
  'facts of one client in ten',
  'a list shared out',
  'a campaign begun',
] as const
export type BookWork = (typeof BOOK_WORK)[number]

/** Each once, by the clock of the app; resolves to milliseconds. */
export async function workTheBook(app: App): Promise<Record<BookWork, number>> {
  const { services } = app
  await keepUp(app)
  await changeFacts(app)
  await services.database.wholeBook.$executeRawUnsafe('vacuum analyze')
  return {
    'tiers of the night': await timed(() => retierAll(services.database, services.moment().today)),
    'tasks of the night': await timed(() => runNight.run(services, services.moment())),
    'facts of one client in ten': await feedFacts(app),
    'a list shared out': await timed(() => takenBack(app, shareList)),
    'a campaign begun': await timed(() => takenBack(app, beginCampaign)),
  }
}

/** Nobody is late: what is overdue is reported further up each day, which is a matter of days and not of size. */
async function keepUp({ services }: App): Promise<void> {
  const { today } = services.moment()
  await services.database.wholeBook.$executeRaw`
    update task set due_on = ${today}::date where status = 'open' and due_on < ${today}::date`
}

/** Of one client in a hundred, as they do over a day. */
async function changeFacts({ services }: App): Promise<void> {
  const turn = services.moment().now.getDate()
  await services.database.wholeBook.$executeRaw`
    update client_facts set usage_rate = 1 - usage_rate, credit_limit = credit_limit + 10000
    where abs(hashtext(client_id::text)) % 100 = ${turn}::int`
}

/** A file of the core system, as it comes each night; milliseconds from its first byte to its last client. */
async function feedFacts({ services }: App): Promise<number> {
  const { today, now } = services.moment()
  const usage = 0.1 + (now.getDate() % 5) / 10
  const rows = await services.database.wholeBook.$queryRaw<{ line: string }[]>`
    select concat_ws(',', core_number, ${usage}::float8) as line from client
    where kind = 'existing' and abs(hashtext(id::text)) % 10 = 0`
  const lines = ['客户号,usageRate', ...rows.map(({ line }) => line)]
  return timed(async () => {
    const report = await loadFeed(services, {
      ...{ feed: 'facts', name: `facts-${today}-changes.csv`, said: {}, yes: false, share: null },
      bytes: Readable.from([Buffer.from(`${lines.join('\n')}\n`)]),
    })
    if (report?.changed !== rows.length) throw new Error(`changed: ${JSON.stringify(report)}`)
  })
}

class TakenBack extends Error {}

/** Does it in a transaction that is not kept. */
async function takenBack(
  { services: { database, moment } }: App,
  work: (tx: Queries, at: Moment) => Promise<unknown>,
): Promise<void> {
  await database
    .transaction(async (tx) => {
      await work(tx, moment())
      throw new TakenBack()
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error
    })
}

/** Every client of tier B goes to who serves them, today. */
async function shareList(tx: Queries, { now, today, timezone }: Moment): Promise<void> {
  const staff = await tx.staff.findMany({ where: { code: { startsWith: 'Q' } } })
  const [maker] = staff
  if (!maker) throw new Error('nobody works there')
  const list: NewList = {
    ...{ id: newId(), name: newId(), madeBy: maker.id, within: '/', product: null },
    ...{ talkingPoints: '问候', startsOn: today, endsOn: today, madeAt: now, actId: newId() },
  }
  const out: SharingOut = {
    choosing: { filter: [{ by: 'tier', among: ['B'] }] },
    ...{ scope: { kind: 'all' }, way: 'owner', days: [today], perDay: CLIENTS_EACH },
    ...{ about: { today, timezone, missing: null }, receivers: staff.map(({ id }) => id) },
  }
  await shareOut(tx, list, out)
}

/** Every manager gets its talking points and the first of their clients. */
async function beginCampaign(tx: Queries, at: Moment): Promise<void> {
  const campaign = await campaignNamed(tx, CAMPAIGN)
  if (!campaign) throw new Error('the campaign was not saved')
  await start((work) => work(tx), campaign, at)
}
