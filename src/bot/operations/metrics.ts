import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Database } from '../../infra/database/index.ts'
import { outages } from '../outbox/outage.ts'
import { lastRuns } from './job-runs.ts'
import type { Meter } from './meter.ts'
import { readVitals } from './vitals.ts'

/** In seconds; an answer of a chat is meant to be there within one. */
const ANSWER_BUCKETS_S = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60]

export interface Metrics {
  readonly meter: Meter
  /** The content type and text of Prometheus' exposition format; what the database knows is asked now. */
  scrape(): Promise<{ readonly type: string; readonly text: string }>
}

/**
 * Figures for Prometheus. What this process does is counted by it; what waits is asked of the database at
 * each scrape, so that a process that stands still is seen as well.
 */
export function createMetrics(
  database: Database,
  channels: readonly string[],
  clock: () => Date,
): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'chenhui_' })
  const answers = new Histogram({
    name: 'chenhui_answer_seconds',
    help: 'From the arrival of an event to its answer in the outbox.',
    labelNames: ['command', 'result'] as const,
    buckets: ANSWER_BUCKETS_S,
    registers,
  })
  const sends = new Counter({
    name: 'chenhui_sends_total',
    help: 'What came of attempts to send a message.',
    labelNames: ['channel', 'result'] as const,
    registers,
  })
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Gauge({ name: `chenhui_${name}`, help, labelNames, registers })
  const answersDatabase = gauge('database_up', 'Whether the database answered this scrape.', [])
  const up = gauge('channel_up', 'Whether the chat service is there.', ['channel'])
  const waiting = gauge('messages_waiting', 'Messages that are due and not sent.', ['channel'])
  const due = gauge('message_oldest_seconds', 'How long the oldest is due.', ['channel'])
  const failed = gauge('messages_failed', 'Messages given up, until somebody sees to them.', [
    'channel',
  ])
  const unanswered = gauge('events_unanswered', 'Events stored and not answered.', [])
  const oldest = gauge('event_oldest_seconds', 'The age of the oldest of them.', [])
  const setAside = gauge('events_set_aside', 'Events that ended the process each time.', [])
  const lastRun = gauge('job_last_run_seconds', 'When a job was last done, as Unix time.', ['job'])
  new Counter({
    name: 'chenhui_replica_reads_total',
    help: 'Questions to the replica: read there, or asked of the database, as it was behind, held up or away.',
    labelNames: ['result'] as const,
    registers,
    collect() {
      this.reset()
      const counts = Object.entries(database.replica?.counts ?? {})
      for (const [result, count] of counts) this.inc({ result }, count)
    },
  })

  async function ask(): Promise<void> {
    const { prisma } = database
    const vitals = await readVitals(prisma, clock())
    const away = new Set((await outages(prisma)).map(({ channel }) => channel))
    for (const each of [waiting, due, failed]) each.reset()
    for (const lane of vitals.lanes) {
      waiting.set({ channel: lane.channel }, lane.waiting)
      due.set({ channel: lane.channel }, lane.oldestS)
      failed.set({ channel: lane.channel }, lane.failed)
    }
    for (const channel of channels) up.set({ channel }, away.has(channel) ? 0 : 1)
    unanswered.set(vitals.unanswered.count)
    oldest.set(vitals.unanswered.oldestS)
    setAside.set(vitals.setAside)
    for (const { job, at } of await lastRuns(prisma)) lastRun.set({ job }, at.getTime() / 1000)
  }

  return {
    meter: {
      answered({ command, result, seconds }) {
        answers.observe({ command: command ?? 'none', result }, Math.max(0, seconds))
      },
      sent({ channel, result }) {
        sends.inc({ channel, result })
      },
    },
    async scrape() {
      const answered = await ask().then(
        () => true,
        () => false,
      )
      answersDatabase.set(answered ? 1 : 0)
      return { type: registry.contentType, text: await registry.metrics() }
    },
  }
}
