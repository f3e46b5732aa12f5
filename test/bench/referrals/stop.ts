import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { App } from '../../../src/app.ts'
import { landingRoutes } from '../../../src/features/referrals/landing/landing-page.ts'
import { startWeb } from '../../../src/infra/web.ts'
import { none, type Row } from '../row.ts'
import { codeOf } from './names.ts'
import { ABREAST, GROUPED, OPENED } from './openings.ts'
import { request } from './request.ts'

/** Openings that were answered when the service stopped in the middle of them, and are not on file. */
export async function stopRow(app: App): Promise<Row> {
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
  return none(
    `clicks lost by a stop, ${answered} answered, ${stored} stored`,
    Math.max(0, answered - stored),
  )
}
