import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** How often, and in which span of seconds. */
export interface Limit {
  readonly points: number
  readonly duration: number
}

/** Rate limits of this process, by name and key; keys (addresses, links) are held in memory only. */
export interface RateLimits<Name extends string> {
  /** Counts one more; resolves to the seconds to wait, 0 when it is within the limit. */
  take(name: Name, key: string): Promise<number>
  /** How many were counted in the span that runs. */
  taken(name: Name, key: string): Promise<number>
}

export function createRateLimits<Name extends string>(
  limits: Readonly<Record<Name, Limit>>,
): RateLimits<Name> {
  const limiters = new Map<string, RateLimiterMemory>()
  const limiterOf = (name: Name): RateLimiterMemory => {
    const known = limiters.get(name)
    if (known) return known
    const limiter = new RateLimiterMemory(limits[name])
    limiters.set(name, limiter)
    return limiter
  }
  return {
    async take(name, key) {
      try {
        await limiterOf(name).consume(key)
        return 0
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return Math.ceil(refused.msBeforeNext / 1000) || 1
        throw refused
      }
    },
    taken: async (name, key) => (await limiterOf(name).get(key))?.consumedPoints ?? 0,
  }
}
