import { createApp } from '../../../src/app.ts'
import { createConsoleChannel } from '../../../src/channels/console/index.ts'
import { readConfig } from '../../../src/config.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { createLog } from '../../../src/infra/log.ts'
import { bankOn } from '../../support/bank.ts'
import { KEYED } from '../../support/keyed.ts'
import { type Bench, row } from '../row.ts'
import { withServer } from '../server.ts'
import { fillClicks, fillLinks } from './book.ts'
import { formRow } from './forms.ts'
import { OPENED, openings } from './openings.ts'
import { stopRow } from './stop.ts'

/** The p99: 15 ms (measured: 7.5) by the fixed page's 3 ms on a calm machine. */
const LIMIT = { page: 1 / 0.4, oneInsert: 1 / 1.3, p99: 5, large: 1.2 }

/** The landing page against a fixed page and against one insert a click, small and large; forms; a stop. */
export const referralsBench: Bench = ({ quick }) =>
  withServer(async (url) => {
    const database = await openPostgres(url, KEYED)
    await bankOn(database, [])
    const app = await createApp(readConfig({ LOG_LEVEL: 'silent', TRUSTED_HOPS: '1' }), {
      database,
      log: createLog('silent'),
      channels: [createConsoleChannel()],
    })
    const seconds = quick ? 2 : 8
    const book = quick ? { links: 50_000, clicks: 200_000 } : { links: 1e6, clicks: 1e7 }
    try {
      await fillLinks(database, 0, OPENED)
      const small = await openings(app, seconds)
      const forms = await formRow(app, quick ? 3 : 15)
      const stop = await stopRow(app)
      await fillLinks(database, OPENED, book.links)
      await fillClicks(database, book.clicks)
      const large = await openings(app, seconds)
      const { fixed, alone, ours } = small
      const onFile = `${book.links} links and ${book.clicks} clicks on file`
      return [
        row(
          'time of an opening, click stored',
          [ours.ms, 'ms'],
          ['a fixed page', fixed.ms],
          LIMIT.page,
        ),
        row(
          '… against one insert a click',
          [ours.ms, 'ms'],
          ['one insert', alone.ms],
          LIMIT.oneInsert,
        ),
        row('p99 at 500 a second', [ours.p99, 'ms'], ['a fixed page', fixed.p99], LIMIT.p99),
        row(
          `an opening with ${onFile}`,
          [large.ours.ms, 'ms'],
          // As much slower as the machine became meanwhile.
          ['the small book', (ours.ms * large.fixed.ms) / fixed.ms],
          LIMIT.large,
        ),
        row(
          'p99 at 500 a second with them',
          [large.ours.p99, 'ms'],
          ['the small book', ours.p99],
          LIMIT.large,
        ),
        forms,
        stop,
      ]
    } finally {
      await app.stop()
    }
  })
