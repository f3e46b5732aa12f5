import { Hono } from 'hono'
import type { Database } from '../../infra/database/index.ts'
import { outages } from '../outbox/outage.ts'
import type { Metrics } from './metrics.ts'
import { type Hindrance, hindrances } from './readiness.ts'
import { readVitals } from './vitals.ts'

/** A probe that waits longer than this takes the service for gone. */
const MAX_ANSWER_MS = 3000

export interface OperationsParts {
  readonly database: Database
  readonly channels: readonly string[]
  readonly metrics: Metrics
  readonly clock: () => Date
}

/**
 * What operators and their machines ask beside `/healthz`: `/readyz` (200, or 503 with what hinders it) and
 * `/metrics`. It tells how many and how long, and nothing of anybody; all the same it
 * stands on a port of its own, off the public one.
 */
export function operationsRoutes(parts: OperationsParts): Hono {
  return new Hono()
    .get('/readyz', async (context) => {
      const found = await hindrancesNow(parts)
      return context.json(
        { ready: found.length === 0, hindrances: found },
        found.length ? 503 : 200,
      )
    })
    .get('/metrics', async (context) => {
      const { type, text } = await parts.metrics.scrape()
      return context.body(text, 200, { 'content-type': type })
    })
}

async function hindrancesNow({ database, channels, clock }: OperationsParts): Promise<Hindrance[]> {
  const late = Promise.withResolvers<Hindrance[]>()
  const timer = setTimeout(
    () => late.resolve([{ what: 'database', why: `no answer in ${MAX_ANSWER_MS} ms` }]),
    MAX_ANSWER_MS,
  )
  const asked = (async () => {
    const vitals = await readVitals(database.prisma, clock())
    return hindrances(vitals, await outages(database.prisma), channels)
  })().catch((): Hindrance[] => [{ what: 'database', why: 'it does not answer' }])
  try {
    return await Promise.race([asked, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
