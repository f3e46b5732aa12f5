import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Hono } from 'hono'
import { z } from 'zod'
import { type App, createApp } from '../../src/app.ts'
import { createConsoleChannel } from '../../src/channels/console/index.ts'
import { readConfig } from '../../src/config.ts'
import { deskOf } from '../../src/features/referrals/entries/desk.ts'
import { createKeyring } from '../../src/features/referrals/landing/guard/keyring.ts'
import { newStamp } from '../../src/features/referrals/landing/guard/stamp.ts'
import { landingRoutes } from '../../src/features/referrals/landing/landing-page.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { createLog } from '../../src/infra/log.ts'
import { startWeb } from '../../src/infra/web.ts'
import { bankOn } from '../support/bank.ts'
import { WECHAT } from '../support/visitor.ts'
import { type Figure, figure, median, type Part } from './figure.ts'
import { addressOf, codeOf } from './referral-names.ts'
import { startServer } from './server.ts'

/** Links whose pages are opened in turn, by as many addresses. */
const OPENED = 20_000
const ABREAST = 200
const GROUPED = { waitMs: 2, most: 500, abreast: 1 }
const ALONE = { waitMs: 0, size: 1 }

/** The landing page against a fixed page and against one insert a click, small and large; forms; a stop. */
export const referralsBench: Part = async ({ quick }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-bench-'))
  const postgres = await startServer(folder)
  const database = await openPostgres(postgres.url)
  await bankOn(database, [])
  const config = readConfig({ LOG_LEVEL: 'silent', TRUSTED_HOPS: '1' })
  const surroundings = { database, log: createLog('silent'), channels: [createConsoleChannel()] }
  const app = await createApp(config, surroundings)
  const rounds = quick ? { times: 1, seconds: 2 } : { times: 3, seconds: 8 }
  try {
    await fillLinks(database, 0, OPENED)
    const small = await pageFigures(app, rounds)
    const forms = await formFigure(app, quick ? 3 : 15)
    const stop = await stopFigure(app)
    await fillLinks(database, OPENED, quick ? 50_000 : 1_000_000)
    await fillClicks(database, quick ? 200_000 : 10_000_000)
    const large = await pageFigures(app, rounds)
    return [
      page('time of an opening, click stored', small.ours, small.fixed, 'a fixed page', 1 / 0.4),
      page('… against one insert a click', small.ours, small.alone, 'one insert', 1 / 1.3),
      figure('referrals', 'p99 at 500/s', [small.p99, 'ms'], [15, 'limit 15 ms'], 1),
      page(
        'the same with 1 000 000 links and 10 000 000 clicks on file',
        large.ours,
        small.ours,
        'the small book',
        1.2,
        large.fixed / small.fixed,
      ),
      figure(
        'referrals',
        'p99 at 500/s with them',
        [large.p99, 'ms'],
        [small.p99, `small book ${small.p99} ms`],
        1.2,
      ),
      forms,
      stop,
    ]
  } finally {
    await app.stop()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Milliseconds of a request, from requests a second; `drift`: how much slower the machine became. */
function page(
  what: string,
  ours: number,
  theirs: number,
  peer: string,
  goal: number,
  drift = 1,
): Figure {
  const versus = `${peer} ${theirs.toFixed(0)}/s, ours ${ours.toFixed(0)}/s`
  return figure('referrals', what, [1000 / ours, 'ms'], [1000 / theirs / drift, versus], goal)
}

async function fillLinks(database: Database, from: number, until: number): Promise<void> {
  for (let at = from; at < until; at += 50_000) {
    const codes = Array.from({ length: Math.min(50_000, until - at) }, (_, n) => codeOf(at + n))
    await database.prisma.$executeRaw`
      insert into client (id, kind, name, pinyin, initials, source, owner_id, entered_at)
      select md5('client' || code)::uuid, 'existing', '客户', 'kehu', 'kh', 'list',
        (select id from staff where code = 'M1'), now()
      from unnest(${codes}::text[]) as code`
    await database.prisma.$executeRaw`
      insert into referral_link (id, code, client_id, created_at)
      select md5('link' || code)::uuid, code, md5('client' || code)::uuid, now()
      from unnest(${codes}::text[]) as code`
  }
}

async function fillClicks(database: Database, count: number): Promise<void> {
  for (let at = 0; at < count; at += 500_000) {
    await database.prisma.$executeRaw`
      insert into referral_click (link_id, visitor, via, agent, clicked_at)
      select link.id, decode(md5(random()::text), 'hex'), 'tap', 'wechat', now() - random() * interval '1 year'
      from referral_link as link
      cross join generate_series(1, ${Math.ceil(count / 1_000_000) + 1}) as n
      order by random() limit ${Math.min(500_000, count - at)}`
  }
  await database.prisma.$executeRawUnsafe('vacuum analyze')
}

/** Requests a second of three ways to answer, taken in turn, and the p99 of ours at a calm pace. */
async function pageFigures(app: App, { times, seconds }: { times: number; seconds: number }) {
  const fixed = await fixedPage(app)
  const web = await startWeb('127.0.0.1', 0, [
    { path: '/r', routes: landingRoutes(app.services, GROUPED) },
    { path: '/alone', routes: landingRoutes(app.services, ALONE) },
    { path: '/fixed', routes: new Hono().get('/:code', (context) => context.html(fixed)) },
  ])
  const measured = { fixed: [] as number[], alone: [] as number[], ours: [] as number[] }
  for (let turn = 0; turn < times; turn++) {
    measured.fixed.push((await load(web.port, '/fixed', seconds)).perSecond)
    measured.alone.push((await load(web.port, '/alone', seconds)).perSecond)
    measured.ours.push((await load(web.port, '/r', seconds)).perSecond)
  }
  const { p99 } = await load(web.port, '/r', seconds, 500)
  await web.stop()
  const { fixed: theirs, alone, ours } = measured
  return { fixed: median(theirs), alone: median(alone), ours: median(ours), p99 }
}

/** What the landing page says, as a text. */
async function fixedPage(app: App): Promise<string> {
  const answer = await landingRoutes(app.services, ALONE).request(`/${codeOf(1)}`, {
    headers: { 'user-agent': WECHAT },
  })
  if (answer.status !== 200) throw new Error(`the page answered ${answer.status}`)
  return answer.text()
}

/** Openings from a process of its own for so many seconds; `rate`: a second at most. */
async function load(port: number, base: string, seconds: number, rate: number | null = null) {
  const url = `http://127.0.0.1:${port}${base}`
  const asked = JSON.stringify({ url, seconds, connections: ABREAST, links: OPENED, rate })
  const { stdout } = await run(process.execPath, ['test/bench/referral-load.ts', asked])
  const { perSecond, p99, failed } = came.parse(JSON.parse(stdout))
  if (failed > 0) throw new Error(`${failed} openings were not answered`)
  return { perSecond, p99 }
}

// A package of Wechaty's declares a `promisify` of its own for everybody, which knows no overloads.
const run = promisify(execFile) as unknown as (
  file: string,
  words: readonly string[],
) => Promise<{ stdout: string }>
const came = z.object({ perSecond: z.number(), p99: z.number(), failed: z.number() })

/** Forms at a hundred a second: the time until the sender has the answer. */
async function formFigure(app: App, seconds: number): Promise<Figure> {
  const web = await startWeb('127.0.0.1', 0, [
    { path: '/r', routes: landingRoutes(app.services, GROUPED) },
  ])
  const { now, today } = app.services.moment()
  const secret = await createKeyring(app.services.database).today(today)
  const agent = new http.Agent({ keepAlive: true, maxSockets: ABREAST })
  const times: number[] = []
  const began = performance.now()
  const one = async (n: number) => {
    await pause(Math.max(0, began + n * 10 - performance.now()))
    const code = codeOf(n * 3)
    const stamp = newStamp(code, 'tap', secret, new Date(now.getTime() - 20_000))
    const phone = `138${String(10_000_000 + n)}`
    const form = new URLSearchParams({ name: '李四', phone, consent: 'yes', stamp })
    const start = performance.now()
    const status = await request(web.port, agent, `/r/${code}`, n, String(form))
    times.push(performance.now() - start)
    if (status !== 303) throw new Error(`a form was answered ${status}`)
  }
  await Promise.all(Array.from({ length: seconds * 100 }, (_, n) => one(n)))
  await deskOf(app.services).settled()
  agent.destroy()
  await web.stop()
  times.sort((a, b) => a - b)
  const [{ taken } = { taken: 0 }] = await app.services.database.prisma.$queryRaw<
    { taken: number }[]
  >`
    select count(*)::int as taken from referral_entry where status = 'accepted'`
  if (taken !== times.length) throw new Error(`${taken} of ${times.length} forms were taken in`)
  const p99 = times[Math.floor(times.length * 0.99)] ?? Number.NaN
  return figure('referrals', 'p99 of a form at 100/s', [p99, 'ms'], [60, 'limit 60 ms'], 1)
}

/** Openings that were answered when the service stopped in the middle of them, and are not on file. */
async function stopFigure(app: App): Promise<Figure> {
  const { prisma } = app.services.database
  const web = await startWeb('127.0.0.1', 0, [
    { path: '/r', routes: landingRoutes(app.services, GROUPED) },
  ])
  const before = await prisma.referralClick.count()
  const agent = new http.Agent({ keepAlive: true, maxSockets: ABREAST })
  let answered = 0
  let going = true
  const visitor = async (from: number) => {
    for (let n = from; going; n += ABREAST) {
      const status = await request(web.port, agent, `/r/${codeOf(n % OPENED)}`, n).catch(() => 0)
      if (status !== 200) return
      answered += 1
    }
  }
  const visiting = Array.from({ length: ABREAST }, (_, n) => visitor(n))
  await pause(1000)
  await web.stop()
  going = false
  await Promise.all(visiting)
  agent.destroy()
  const stored = (await prisma.referralClick.count()) - before
  const versus = `${answered} answered, ${stored} stored`
  return figure(
    'referrals',
    'lost by a stop',
    [Math.max(0, answered - stored), 'clicks'],
    [1, versus],
    0,
  )
}

function request(
  port: number,
  agent: http.Agent,
  target: string,
  n: number,
  body?: string,
): Promise<number> {
  const headers = {
    'user-agent': WECHAT,
    'x-forwarded-for': addressOf(n),
    ...(body && { 'content-type': 'application/x-www-form-urlencoded' }),
  }
  return new Promise((resolve, reject) => {
    const outgoing = http.request(
      { port, host: '127.0.0.1', path: target, agent, headers, method: body ? 'POST' : 'GET' },
      (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode ?? 0))
        answer.once('error', reject)
      },
    )
    outgoing.once('error', reject)
    outgoing.end(body)
  })
}
