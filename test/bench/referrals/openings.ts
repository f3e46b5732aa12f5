import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { Hono } from 'hono'
import { z } from 'zod'
import type { App } from '../../../src/app.ts'
import { landingRoutes } from '../../../src/features/referrals/landing/landing-page.ts'
import { startWeb } from '../../../src/infra/web.ts'
import { WECHAT } from '../../support/visitor.ts'
import { codeOf } from './names.ts'

/** Links whose pages are opened in turn, by as many addresses. */
export const OPENED = 20_000
export const ABREAST = 200
export const GROUPED = { waitMs: 2, most: 500, abreast: 1 }
const ALONE = { waitMs: 0, size: 1 }
/** Before anything is counted, each way once: what has just started compiles what it runs. */
const WARM_SECONDS = 1

/** Three ways to answer: ours, which stores clicks in groups; one insert a click; a page that never changes. */
export async function openings(app: App, seconds: number) {
  const fixed = await fixedPage(app)
  const web = await startWeb('127.0.0.1', 0, [
    { path: '/r', routes: landingRoutes(app.services, GROUPED) },
    { path: '/alone', routes: landingRoutes(app.services, ALONE) },
    { path: '/fixed', routes: new Hono().get('/:code', (context) => context.html(fixed)) },
  ])
  const ways = ['/fixed', '/alone', '/r'] as const
  for (const way of ways) await load(web.port, way, WARM_SECONDS)
  /** Milliseconds for each of the requests that go through as fast as they go. */
  const ms = async (way: (typeof ways)[number]) =>
    1000 / (await load(web.port, way, seconds)).perSecond
  const paced = async (way: (typeof ways)[number]) => (await load(web.port, way, seconds, 500)).p99
  const measured = {
    fixed: { ms: await ms('/fixed'), p99: await paced('/fixed') },
    alone: { ms: await ms('/alone') },
    ours: { ms: await ms('/r'), p99: await paced('/r') },
  }
  await web.stop()
  return measured
}

/** What the landing page says, as a text. */
async function fixedPage(app: App): Promise<string> {
  const answer = await landingRoutes(app.services, ALONE).request(`/${codeOf(1)}`, {
    headers: { 'user-agent': WECHAT },
  })
  if (answer.status !== 200) throw new Error(`the page answered ${answer.status}`)
  return answer.text()
}

const LOAD = path.join(import.meta.dirname, 'load.ts')

/** Openings from a process of its own for so many seconds; `rate`: a second at most. */
async function load(port: number, base: string, seconds: number, rate: number | null = null) {
  const url = `http://127.0.0.1:${port}${base}`
  const asked = JSON.stringify({ url, seconds, connections: ABREAST, links: OPENED, rate })
  const { stdout } = await run(process.execPath, [LOAD, asked])
  const { failed, ...times } = came.parse(JSON.parse(stdout))
  if (failed > 0) throw new Error(`${failed} openings were not answered`)
  return times
}

// A package of Wechaty's declares a `promisify` of its own for everybody, which knows no overloads.
const run = promisify(execFile) as unknown as (
  file: string,
  words: readonly string[],
) => Promise<{ stdout: string }>
const came = z.object({
  perSecond: z.number(),
  p99: z.number(),
  failed: z.number(),
})
