import type { Outage } from '../outbox/outage.ts'
import type { Vitals } from './vitals.ts'

/** What keeps the service from being ready, as a code for alerts and a word about it. */
export interface Hindrance {
  readonly what: 'database' | 'channel' | 'outbox' | 'inbox'
  readonly why: string
}

/** A person waits for an answer: so long (s) is a fault and no load. */
export const MAX_UNANSWERED_S = 120
/** So long (s) a message may be due; a push of a large bank is spread over minutes. */
export const MAX_DUE_S = 900

/**
 * What hinders it. A chat service that is away hinders only where no other of the service's channels is
 * there: a load balancer must not take pages from people because one chat is down.
 */
export function hindrances(
  vitals: Vitals,
  outages: readonly Outage[],
  channels: readonly string[],
): Hindrance[] {
  const away = new Set(outages.map(({ channel }) => channel))
  const found: Hindrance[] = []
  if (channels.length > 0 && channels.every((name) => away.has(name))) {
    found.push({ what: 'channel', why: `no channel is connected: ${channels.join(', ')}` })
  }
  const { count, oldestS } = vitals.unanswered
  if (oldestS > MAX_UNANSWERED_S) {
    found.push({
      what: 'inbox',
      why: `${count} unanswered, the oldest for ${Math.round(oldestS)} s`,
    })
  }
  for (const lane of vitals.lanes) {
    // What waits for a service that is away is named by its channel.
    if (lane.oldestS <= MAX_DUE_S || away.has(lane.channel)) continue
    const why = `${lane.channel}: ${lane.waiting} due, the oldest for ${Math.round(lane.oldestS)} s`
    found.push({ what: 'outbox', why })
  }
  return found
}
