import { createApp } from '../../../src/app.ts'
import { readConfig } from '../../../src/config.ts'
import type { Channel } from '../../../src/core/chat.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { createLog } from '../../../src/infra/log.ts'
import { bankOn } from '../../support/bank.ts'
import { KEYED } from '../../support/keyed.ts'
import { fillBook } from '../book.ts'
import type { Bench } from '../row.ts'
import { withServer } from '../server.ts'
import { generation } from './generation.ts'
import { mornings } from './mornings.ts'
import { outcomes } from './outcomes.ts'

const CHANNEL = 'bench'
const NOW = new Date('2026-11-23T08:10:00+08:00').getTime() - performance.now()

/** A whole book's tasks, everybody's morning lists, and outcomes logged side by side. */
export const tasksBench: Bench = ({ quick }) =>
  withServer(async (url) => {
    const database = await openPostgres(url, KEYED)
    await bankOn(database, [])
    const managers = quick ? 500 : 10_000
    await fillBook(database, { managers, clients: managers * 100, channel: CHANNEL })
    const sent = { count: 0 }
    const app = await createApp(readConfig({ LOG_LEVEL: 'silent', MORNING_SPREAD_SECONDS: '0' }), {
      database,
      log: createLog('silent'),
      channels: [answeringChannel(sent)],
      clock: () => new Date(NOW + performance.now()),
    })
    const load = quick ? { seconds: 2, each: 25 } : { seconds: 15, each: 5 }
    const rows = [
      await generation(app),
      ...(await mornings(app, sent, managers)),
      await outcomes(app, CHANNEL, load),
    ]
    await app.stop()
    return rows
  })

function answeringChannel(sent: { count: number }): Channel {
  return {
    name: CHANNEL,
    can: {
      buttons: true,
      forms: true,
      edit: true,
      pictures: true,
      length: 100_000,
      paceMs: 0,
      burst: 0,
      perSecond: null,
    },
    senderIs: 'account',
    async start() {},
    async stop() {},
    async send({ key }) {
      sent.count++
      return key
    },
    find: async () => null,
  }
}
