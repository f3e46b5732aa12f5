import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { Attributes } from '@opentelemetry/api'
import type { IdGenerator } from '@opentelemetry/sdk-trace'

/** Something that took a while, as a span of OpenTelemetry. */
export interface Timed {
  readonly name: string
  /** The id (a UUID) of what it belongs to, whichever instance does it: all of one id is one trace. */
  readonly of: string
  /** It is what all else of that id came of. */
  readonly isRoot: boolean
  readonly endedAt: Date
  readonly seconds: number
  readonly failed: boolean
  /** Words of our own only, never personal data. */
  readonly attributes: Attributes
}

export interface Tracing {
  record(timed: Timed): void
  /** Hands over what is not handed over yet. */
  stop(): Promise<void>
}

/** A trace's id has as many digits as a UUID, and the last sixteen of ours are random enough for its first span. */
const traceIdOf = (id: string): string => id.replaceAll('-', '')
const rootSpanOf = (id: string): string => traceIdOf(id).slice(16)

/** The ids of the next span, instead of random ones: what another instance does later finds its trace by them. */
class GivenIds implements IdGenerator {
  next: { trace: string; span: string } | null = null
  generateTraceId = (): string => this.next?.trace ?? randomBytes(16).toString('hex')
  generateSpanId = (): string => this.next?.span ?? randomBytes(8).toString('hex')
}

/** A collector is near; a stop waits so long for one that is away. */
const COLLECTOR_MS = 1500

/** Hands spans to a collector by OTLP over HTTP. It is loaded where it is used: it takes a while, and some memory. */
export async function startTracing(endpoint: string): Promise<Tracing> {
  const [
    { ROOT_CONTEXT, SpanStatusCode, TraceFlags, trace },
    { OTLPTraceExporter },
    { resourceFromAttributes },
    { BatchSpanProcessor, TracerProvider },
  ] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-trace'),
  ])
  const ids = new GivenIds()
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: COLLECTOR_MS,
  })
  const provider = new TracerProvider({
    idGenerator: ids,
    resource: resourceFromAttributes({
      'service.name': 'chenhui',
      'service.instance.id': `${hostname()}:${process.pid}`,
    }),
    // What a collector that is away does not take is dropped, from so many on.
    spanProcessors: [new BatchSpanProcessor({ exporter, maxQueueSize: 4096 })],
  })
  const tracer = provider.getTracer('chenhui')
  return {
    record({ name, of, isRoot, endedAt, seconds, failed, attributes }) {
      const startTime = new Date(endedAt.getTime() - seconds * 1000)
      const root = {
        traceId: traceIdOf(of),
        spanId: rootSpanOf(of),
        traceFlags: TraceFlags.SAMPLED,
      }
      ids.next = isRoot ? { trace: root.traceId, span: root.spanId } : null
      const context = isRoot
        ? ROOT_CONTEXT
        : trace.setSpanContext(ROOT_CONTEXT, { ...root, isRemote: true })
      const span = tracer.startSpan(name, { startTime, attributes }, context)
      ids.next = null
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end(endedAt)
    },
    stop: () => provider.shutdown(),
  }
}
