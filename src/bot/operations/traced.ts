import type { Tracing } from '../../infra/tracing.ts'
import type { Meter } from './meter.ts'

/** What came of a send that left the message to be sent. */
const FAILED = new Set(['failed', 'unknown'])

/** What `meter` hears, as spans too: an event with its answer, and below it each attempt to send what came of it. */
export const traced = (meter: Meter, tracing: Tracing, clock: () => Date): Meter => ({
  answered(event) {
    meter.answered(event)
    const { received, command, result, seconds } = event
    tracing.record({
      ...{ name: command ?? 'event', of: received, isRoot: true, failed: false },
      ...{ endedAt: clock(), seconds, attributes: { 'chenhui.result': result } },
    })
  },
  sent(attempt) {
    meter.sent(attempt)
    const { message, received, channel, result, seconds } = attempt
    tracing.record({
      ...{ name: `send ${channel}`, of: received ?? message, isRoot: received === null },
      ...{ endedAt: clock(), seconds, failed: FAILED.has(result) },
      attributes: { 'chenhui.message': message, 'chenhui.result': result },
    })
  },
})
