import { Hono } from 'hono'
import { startWeb } from '../../../src/infra/web.ts'
import { openDesk } from '../../features/desk/open-desk.ts'
import type { Bank } from '../../support/bank.ts'
import { startService } from '../../support/service.ts'
import { type Row, row } from '../row.ts'
import { inTurn, p99 } from '../timing.ts'

/** 200 ms (measured: 86) by the fixed bytes' p99 of 2.5 ms on a calm machine. */
const LIMIT = 80
/** No job is late then: at its start a service catches up with those, and they work whole books. */
const CALM = '2026-11-24T00:05:00+08:00'

/** The page of a campaign with its picture, beside the same bytes served as they are. */
export async function pageRow(bank: Bank, rounds: number): Promise<Row> {
  const { database } = bank
  bank.setClock(CALM)
  const { app, url } = await startService(database, {}, () => new Date(CALM))
  const { id } = await database.prisma.campaign.findUniqueOrThrow({ where: { name: '全行活动' } })
  const desk = await openDesk(bank, url, 'K1')
  const read = async (answer: Response) => {
    if (!answer.ok) throw new Error(`answered ${answer.status}`)
    return answer.arrayBuffer()
  }
  const ours = async () => [
    await read(await desk.get(`campaigns/${id}`)),
    await read(await desk.get(`campaigns/${id}/picture.png`)),
  ]
  const fixed = await fixedPage(await ours())
  const theirs = async () => {
    await read(await fetch(fixed.url))
    await read(await fetch(`${fixed.url}/picture.png`))
  }
  try {
    const times = await inTurn(rounds, { ours, theirs })
    const responses = await database.prisma.campaignResponse.count()
    return row(
      `page and picture over ${responses} responses, p99`,
      [p99(times.ours), 'ms'],
      ['the same bytes, fixed', p99(times.theirs)],
      LIMIT,
    )
  } finally {
    await fixed.stop()
    await app.stop()
  }
}

/** The same page and picture, served as they are. */
async function fixedPage([html, png]: readonly ArrayBuffer[]) {
  const routes = new Hono()
    .get('/', (context) => context.body(html ?? new ArrayBuffer()))
    .get('/picture.png', (context) => context.body(png ?? new ArrayBuffer()))
  const web = await startWeb('127.0.0.1', 0, [{ path: '/fixed', routes }])
  return { url: `http://127.0.0.1:${web.port}/fixed`, stop: () => web.stop() }
}
