import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { Hono } from 'hono'
import type { App } from '../../../src/app.ts'
import { deskOf } from '../../../src/features/referrals/entries/desk.ts'
import { createKeyring } from '../../../src/features/referrals/landing/guard/keyring.ts'
import { newStamp } from '../../../src/features/referrals/landing/guard/stamp.ts'
import { landingRoutes } from '../../../src/features/referrals/landing/landing-page.ts'
import { startWeb } from '../../../src/infra/web.ts'
import { type Row, row } from '../row.ts'
import { p99, timed } from '../timing.ts'
import { codeOf } from './names.ts'
import { ABREAST, GROUPED } from './openings.ts'
import { request } from './request.ts'

/** 60 ms (measured: 18) by the fixed redirect's p99 of 2.5 ms on a calm machine. */
const LIMIT = 24
/** Those of the first second come before anything is compiled, of both. */
const FIRST = 100

/** Forms at a hundred a second: the time until the sender has the answer. */
export async function formRow(app: App, seconds: number): Promise<Row> {
  const redirect = new Hono().post('/:code', (context) => context.redirect('/done', 303))
  const web = await startWeb('127.0.0.1', 0, [
    { path: '/r', routes: landingRoutes(app.services, GROUPED) },
    { path: '/fixed', routes: redirect },
  ])
  const { now, today } = app.services.moment()
  const secret = await createKeyring(app.services.database).today(today)
  const agent = new http.Agent({ keepAlive: true, maxSockets: ABREAST })
  const send = async (base: string, n: number) => {
    const code = codeOf(n * 3)
    const stamp = newStamp(code, 'tap', secret, new Date(now.getTime() - 20_000))
    const phone = `138${String(10_000_000 + n)}`
    const form = new URLSearchParams({ name: '李四', phone, consent: 'yes', stamp })
    const status = await request(web.port, agent, `${base}/${code}`, n, String(form))
    if (status !== 303) throw new Error(`a form was answered ${status}`)
  }
  const count = seconds * 100
  const sent = async (base: string) => {
    const all = await atHundred(FIRST + count, (n) => send(base, n))
    return all.slice(FIRST)
  }
  const theirs = await sent('/fixed')
  const ours = await sent('/r')
  await deskOf(app.services).settled()
  agent.destroy()
  await web.stop()
  const [{ taken } = { taken: 0 }] = await app.services.database.prisma.$queryRaw<
    { taken: number }[]
  >`
    select count(*)::int as taken from referral_entry where status = 'accepted'`
  if (taken !== FIRST + count) throw new Error(`${taken} of ${FIRST + count} were taken in`)
  return row(
    'p99 of a form at 100 a second',
    [p99(ours), 'ms'],
    ['a fixed redirect', p99(theirs)],
    LIMIT,
  )
}

/** Does so many, a hundred a second; the milliseconds of each. */
const atHundred = (count: number, one: (n: number) => Promise<void>): Promise<number[]> => {
  const began = performance.now()
  return Promise.all(
    Array.from({ length: count }, async (_, n) => {
      await pause(Math.max(0, began + n * 10 - performance.now()))
      return timed(() => one(n))
    }),
  )
}
