import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { bankOn } from '../../support/bank.ts'
import { KEYED } from '../../support/keyed.ts'
import { fillBook } from '../book.ts'
import type { Bench } from '../row.ts'
import { withServer } from '../server.ts'
import { respond, spread, TODAY } from './book.ts'
import { broadcastRows } from './broadcast.ts'
import { chartRow } from './chart.ts'
import { pageRow } from './page.ts'

/**
 * A campaign over a whole bank on PostgreSQL: the page with its picture over a million responses,
 * the broadcast to ten thousand managers with clients chosen for each, and one chart.
 */
export const campaignsBench: Bench = ({ quick }) =>
  withServer(async (url) => {
    const database = await openPostgres(url, KEYED)
    const bank = await bankOn(database, [])
    const book = quick
      ? { managers: 500, clients: 20_000 }
      : { managers: 10_000, clients: 1_000_000 }
    await fillBook(database, { ...book, channel: 'bench' })
    await spread(database, book.managers)
    const input = {
      ...{ name: '全行活动', startsOn: TODAY, endsOn: '2026-12-06', audience: '全部' },
      talkingPoints: '旺季备货。',
    }
    await bank.send('K1', { command: 'save-campaign', input })
    const broadcasts = await broadcastRows(bank.app, book.managers)
    await respond(database)
    const page = await pageRow(bank, quick ? 20 : 200)
    return [page, ...broadcasts, await chartRow(quick ? 20 : 200)]
  })
