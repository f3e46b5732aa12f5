import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { funnelOption } from '../../src/features/campaigns/figures/cards.ts'
import { type InBatch, start } from '../../src/features/campaigns/run/broadcast.ts'
import { campaignNamed } from '../../src/features/campaigns/store.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { chartPng } from '../../src/infra/pictures/chart.ts'
import { bankOn } from '../support/bank.ts'
import { startService } from '../support/service.ts'
import { fillBook } from './book.ts'
import { type Figure, figure, inTurn, type Part } from './figure.ts'
import { megabytesKept } from './memory.ts'
import { startServer } from './server.ts'

const LIMIT = { pageMs: 200, broadcastSeconds: 30, chartMs: 60, peakMegabytes: 400 }
/** Memory is flat when what is kept grows no more than this from the first half to the second. */
const FLAT = 1.05
/** The same of what the process occupies, garbage that waits included. */
const FLAT_PEAK = 1.2
/** Batches between two looks at what is kept. */
const LOOK_EVERY = 5
const TODAY = '2026-11-23'
/** No job is late then: at its start a service catches up with those, and they work whole books. */
const CALM = '2026-11-24T00:05:00+08:00'

/**
 * A campaign over a whole bank on PostgreSQL: the page with its picture over a million responses,
 * the broadcast to ten thousand managers with clients chosen for each, and one chart.
 */
export const campaignsBench: Part = async ({ quick }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-bench-'))
  const postgres = await startServer(folder)
  try {
    const database = await openPostgres(postgres.url)
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
    const broadcasts = await broadcastFigures(bank.app.services, book.managers)
    await respond(database)
    const page = await pageFigure(database, bank, quick ? 20 : 200)
    return [page, ...broadcasts, await chartFigure(quick ? 20 : 200)]
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Teams of ten in twenty branches, and clients of twenty regions and eight trades. */
async function spread({ prisma }: Database, managers: number): Promise<void> {
  await prisma.$executeRaw`
    insert into unit (id, code, name, kind, parent_id, path)
    select gen_random_uuid(), 'QB' || n, '分行' || n, 'branch', root.id, root.path || 'QB' || n || '/'
    from generate_series(1, 20) as n, unit as root where root.kind = 'head-office'`
  await prisma.$executeRaw`
    insert into unit (id, code, name, kind, parent_id, path)
    select gen_random_uuid(), 'QT' || n, '团队' || n, 'team', branch.id, branch.path || 'QT' || n || '/'
    from generate_series(1, ${Math.ceil(managers / 10)}::int) as n
    join unit as branch on branch.code = 'QB' || (n % 20 + 1)`
  await prisma.$executeRaw`
    update staff set unit_id = unit.id from unit
    where staff.code like 'Q%' and unit.code = 'QT' || ((substr(staff.code, 2)::int - 1) / 10 + 1)`
  await prisma.$executeRaw`
    update client set region = '片区' || abs(hashtext(phone)) % 20,
      industry = (array['五金', '餐饮', '服装', '建材', '物流', '食品', '家电', '农资'])[abs(hashtext(pinyin)) % 8 + 1]`
  await prisma.$executeRawUnsafe('analyze')
}

type House = Awaited<ReturnType<typeof bankOn>>['app']['services']

async function broadcastFigures(services: House, managers: number): Promise<Figure[]> {
  const campaign = await services.database.transaction((tx) => campaignNamed(tx, '全行活动'))
  if (!campaign) throw new Error('the campaign was not saved')
  const kept: number[] = []
  const occupied: number[] = []
  const watch = setInterval(() => occupied.push(process.memoryUsage.rss() / 2 ** 20), 20)
  let batches = 0
  const inBatch: InBatch = async (work) => {
    const done = await services.database.transaction(work)
    if (batches++ % LOOK_EVERY === 0) kept.push(await megabytesKept())
    return done
  }
  const began = performance.now()
  const queued = await start(inBatch, campaign, services.moment())
  const seconds = (performance.now() - began) / 1000
  clearInterval(watch)
  const middle = Math.floor(occupied.length / 2)
  const before = Math.max(...occupied.slice(0, middle))
  const after = Math.max(...occupied.slice(middle))
  const half = Math.ceil(kept.length / 2)
  const early = Math.max(...kept.slice(0, half))
  const late = Math.max(...kept.slice(half))
  if (queued < managers) throw new Error(`only ${queued} of ${managers} were queued`)
  return [
    figure(
      'campaigns',
      `broadcast to ${queued} managers, composed and queued`,
      [seconds, 's'],
      [LIMIT.broadcastSeconds, 'limit 30 s'],
      1,
    ),
    figure(
      'campaigns',
      'memory kept in the second half of it',
      [late, 'MB'],
      [early, `first half ${early.toFixed(1)} MB`],
      FLAT,
    ),
    figure(
      'campaigns',
      'peak in the second half of it',
      [after, 'MB'],
      [before, `first half ${before.toFixed(0)} MB`],
      FLAT_PEAK,
    ),
    figure(
      'campaigns',
      'peak of the whole process meanwhile',
      [Math.max(...occupied), 'MB'],
      [LIMIT.peakMegabytes, `limit ${LIMIT.peakMegabytes} MB`],
      1,
    ),
  ]
}

/** Every client of the book has responded; the figures are kept by the trigger, as ever. */
async function respond({ prisma }: Database): Promise<void> {
  await prisma.$executeRaw`
    insert into campaign_response (campaign_id, client_id, staff_id, unit_id, first_on, latest,
      latest_on, region, industry, responded, interested, applied, granted)
    select campaign.id, client.id, staff.id, staff.unit_id, ${TODAY}::date + (place % 13)::int,
      'interested', ${TODAY}::date + (place % 13)::int, region, industry, place % 8 < 7,
      place % 8 < 4, place % 8 < 2, place % 8 < 1
    from (select *, row_number() over (order by phone) as place from client) as client
    join staff on staff.id = owner_id join campaign on campaign.name = '全行活动'`
  // Else the server tidies up after a million rows while the page is measured.
  await prisma.$executeRawUnsafe('vacuum analyze')
}

async function pageFigure(
  database: Database,
  bank: Awaited<ReturnType<typeof bankOn>>,
  rounds: number,
): Promise<Figure> {
  bank.setClock(CALM)
  const { app, url } = await startService(database, {}, () => new Date(CALM))
  try {
    const card = JSON.stringify(await bank.say('K1', '看板'))
    const link = `${url}${card.match(/\/desk\/in\/[\w-]{43}/)?.[0]}`
    const entered = await fetch(link, { method: 'POST', redirect: 'manual' })
    const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const { id } = await database.prisma.campaign.findUniqueOrThrow({ where: { name: '全行活动' } })
    const get = async (place: string) => {
      const answer = await fetch(`${url}/desk/campaigns/${id}${place}`, { headers: { cookie } })
      if (!answer.ok) throw new Error(`answered ${answer.status}`)
      return answer.arrayBuffer()
    }
    const times: number[] = []
    for (let round = -3; round < rounds; round++) {
      const began = performance.now()
      await get('')
      await get('/picture.png')
      if (round >= 0) times.push(performance.now() - began)
    }
    times.sort((a, b) => a - b)
    const responses = await database.prisma.campaignResponse.count()
    return figure(
      'campaigns',
      `page and picture over ${responses} responses, p99`,
      [times[Math.floor(times.length * 0.99)] ?? Number.NaN, 'ms'],
      [LIMIT.pageMs, 'limit 200 ms'],
      1,
    )
  } finally {
    await app.stop()
  }
}

async function chartFigure(rounds: number): Promise<Figure> {
  const totals = { reached: 1280, responded: 960, interested: 420, applied: 130, granted: 41 }
  const { chart } = await inTurn(rounds, {
    chart: () => chartPng(funnelOption('五一活动', totals, (zh) => zh)),
  })
  return figure('campaigns', 'one chart as PNG', [chart, 'ms'], [LIMIT.chartMs, 'limit 60 ms'], 1)
}
