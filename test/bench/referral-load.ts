/** Opens referral links over and over, in a process of its own; prints what came of it as JSON. */
import autocannon from 'autocannon'
import { z } from 'zod'
import { WECHAT } from '../support/visitor.ts'
import { addressOf, codeOf } from './referral-names.ts'

const asked = z.object({
  url: z.url(),
  seconds: z.number(),
  connections: z.int(),
  /** Links opened in turn, by as many addresses. */
  links: z.int(),
  /** A second at most; null: as fast as it goes. */
  rate: z.number().nullable(),
})

const { url, seconds, connections, links, rate } = asked.parse(JSON.parse(process.argv[2] ?? ''))
const each = Math.ceil(links / connections)
let clients = 0
const result = await autocannon({
  url,
  connections,
  duration: seconds,
  ...(rate !== null && { overallRate: rate }),
  setupClient(client) {
    const from = clients++ * each
    client.setRequests(
      Array.from({ length: each }, (_, n) => ({
        method: 'GET',
        path: `${new URL(url).pathname}/${codeOf((from + n) % links)}`,
        headers: { 'user-agent': WECHAT, 'x-forwarded-for': addressOf(from + n) },
      })),
    )
  },
})
console.log(
  JSON.stringify({
    perSecond: result['2xx'] / result.duration,
    p99: result.latency.p99,
    failed: result.non2xx + result.errors + result.timeouts,
  }),
)
