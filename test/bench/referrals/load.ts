/** Opens referral links over and over, in a process of its own; prints what came of it as JSON. */
import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import autocannon from 'autocannon'
import { z } from 'zod'
import { WECHAT } from '../../support/visitor.ts'
import { p99 } from '../timing.ts'
import { addressOf, codeOf } from './names.ts'

const asked = z.object({
  url: z.url(),
  seconds: z.number(),
  connections: z.int(),
  /** Links opened in turn, by as many addresses. */
  links: z.int(),
  /** A second, one after another at even distances; null: as fast as it goes. */
  rate: z.number().nullable(),
})

const { url, seconds, connections, links, rate } = asked.parse(JSON.parse(process.argv[2] ?? ''))
const { pathname, port } = new URL(url)
const opening = (n: number) => ({
  path: `${pathname}/${codeOf(n % links)}`,
  headers: { 'user-agent': WECHAT, 'x-forwarded-for': addressOf(n) },
})
console.log(JSON.stringify(await (rate === null ? asFastAsItGoes() : atPace(rate))))

async function asFastAsItGoes() {
  const each = Math.ceil(links / connections)
  let clients = 0
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    setupClient(client) {
      const from = clients++ * each
      client.setRequests(
        Array.from({ length: each }, (_, n) => ({ method: 'GET', ...opening(from + n) })),
      )
    },
  })
  return {
    perSecond: result['2xx'] / result.duration,
    p99: result.latency.p99,
    failed: result.non2xx + result.errors + result.timeouts,
  }
}

/**
 * Whoever opens a link does not wait for those before, so each is sent at its own time, and its
 * latency counts from then. (autocannon's rate sends a second's openings all at once.)
 */
async function atPace(perSecond: number) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  let failed = 0
  const one = (n: number, due: number) =>
    new Promise<void>((resolve) => {
      const failure = () => {
        failed += 1
        resolve()
      }
      http
        .get({ host: '127.0.0.1', port, agent, ...opening(n) }, (answer) => {
          answer.resume().once('error', failure)
          answer.once('end', () => {
            if (answer.statusCode !== 200) return failure()
            times.push(performance.now() - due)
            resolve()
          })
        })
        .once('error', failure)
    })
  const underWay: Promise<void>[] = []
  const began = performance.now()
  for (let n = 0; n < perSecond * seconds; ) {
    const due = began + (n * 1000) / perSecond
    if (due <= performance.now()) underWay.push(one(n++, due))
    else await pause(1)
  }
  await Promise.all(underWay)
  const elapsed = (performance.now() - began) / 1000
  agent.destroy()
  return {
    perSecond: times.length / elapsed,
    p99: p99(times),
    failed,
  }
}
