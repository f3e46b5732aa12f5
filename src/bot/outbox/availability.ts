import type { Channel, SendFailure } from '../../core/chat.ts'
import { describe } from '../../infra/database/fault.ts'
import type { Database } from '../../infra/database/index.ts'
import type { Log } from '../../infra/log.ts'
import { type BreakerState, CircuitBreaker, isServiceFault } from './circuit-breaker.ts'
import { endOutage, noteOutage } from './outage.ts'

interface AvailabilityParts {
  readonly database: Database
  readonly channels: readonly Channel[]
  readonly clock: () => Date
  readonly log: Log
  /** A service that was away answered. */
  onReturn(): void
}

/** Which services answer, by what came of sends; what is away is logged, and noted for `doctor`. */
export class Availability {
  readonly #parts: AvailabilityParts
  readonly #breakers: ReadonlyMap<string, CircuitBreaker>
  /** Channels that this process has heard answer: an outage that an earlier process noted has ended then. */
  readonly #heard = new Set<string>()

  constructor(parts: AvailabilityParts) {
    this.#parts = parts
    this.#breakers = new Map(parts.channels.map(({ name }) => [name, new CircuitBreaker()]))
  }

  state(channel: string): BreakerState {
    return this.#breakers.get(channel)?.state(this.#parts.clock()) ?? 'closed'
  }

  /** What is sent while this is false is a trial. */
  isClosed(channel: string): boolean {
    return this.#breakers.get(channel)?.isClosed ?? true
  }

  answered(channel: string): void {
    const { database, log, onReturn } = this.#parts
    const wasAway = this.#breakers.get(channel)?.answered() ?? false
    if (wasAway) {
      log.info({ channel }, 'the service is back')
      onReturn()
    }
    if (!wasAway && this.#heard.has(channel)) return
    this.#heard.add(channel)
    endOutage(database.prisma, channel, 'send').catch((error) =>
      log.warn({ channel, error: describe(error) }, 'outage not ended'),
    )
  }

  /** What one message met that says nothing of the service counts as its answer. */
  failed(channel: string, failure: SendFailure): void {
    if (!isServiceFault(failure)) {
      this.answered(channel)
      return
    }
    const { database, log, clock } = this.#parts
    const now = clock()
    if (!this.#breakers.get(channel)?.failed(failure, now)) return
    const why = failure.message
    log.error({ channel, why }, 'the service is away; its messages wait')
    noteOutage(database.prisma, { channel, of: 'send', since: now, why }).catch((error) =>
      log.warn({ channel, error: describe(error) }, 'outage not noted'),
    )
  }
}
