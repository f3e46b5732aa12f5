import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { NO_METER } from '../../../src/bot/operations/meter.ts'
import { traced } from '../../../src/bot/operations/traced.ts'
import { newId } from '../../../src/core/ids.ts'
import { startTracing } from '../../../src/infra/tracing.ts'

interface Span {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly status: { readonly code: number }
}

/** A collector, as OTLP's protocol has it: JSON by POST to `/v1/traces`. */
async function collector() {
  const spans: Span[] = []
  const server = createServer(async (request, response) => {
    const said = await text(request)
    expect([request.method, request.url]).toEqual(['POST', '/v1/traces'])
    const { resourceSpans } = JSON.parse(said) as {
      resourceSpans: { scopeSpans: { spans: Span[] }[] }[]
    }
    spans.push(...resourceSpans.flatMap((each) => each.scopeSpans.flatMap((scope) => scope.spans)))
    response.setHeader('content-type', 'application/json').end('{}')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, spans, close: () => server.close() }
}

test('an event and what came of it are one trace, whichever instance sends', async () => {
  const { url, spans, close } = await collector()
  const now = new Date('2026-11-24T08:00:10Z')
  const [received, message, list] = [newId(), newId(), newId()]
  const answering = await startTracing(url)
  const sending = await startTracing(url)
  const at = (tracing: typeof answering) => traced(NO_METER, tracing, () => now)
  at(answering).answered({ received, command: 'today', result: 'done', seconds: 2 })
  const attempt = { message, received, channel: 'slack', seconds: 0.5 }
  at(sending).sent({ ...attempt, result: 'queued' })
  at(sending).sent({ ...attempt, result: 'failed' })
  // A list of the morning: nobody said anything.
  at(sending).sent({ ...attempt, message: list, received: null, result: 'sent' })
  await Promise.all([answering.stop(), sending.stop()])
  close()

  const of = (id: string) => spans.filter(({ traceId }) => traceId === id.replaceAll('-', ''))
  const [event, ...attempts] = of(received).toSorted((a, b) => (a.name > b.name ? -1 : 1))
  expect(event).toMatchObject({ name: 'today', endTimeUnixNano: `${now.getTime()}000000` })
  expect(event?.startTimeUnixNano).toBe(`${now.getTime() - 2000}000000`)
  expect(event?.parentSpanId).toBeUndefined()
  expect(attempts.map(({ parentSpanId }) => parentSpanId)).toEqual([event?.spanId, event?.spanId])
  expect(attempts.map(({ status }) => status.code).sort()).toEqual([0, 2])
  expect(of(list).map(({ name, parentSpanId }) => [name, parentSpanId])).toEqual([
    ['send slack', undefined],
  ])
  expect(spans).toHaveLength(4)
})

test('a collector that is away holds nothing up, and takes nothing along', async () => {
  const tracing = await startTracing('http://127.0.0.1:9')
  const meter = traced(NO_METER, tracing, () => new Date())
  meter.answered({ received: newId(), command: null, result: 'asked', seconds: 0 })
  await expect(tracing.stop().catch(() => 'dropped')).resolves.not.toThrow()
})
