import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** How often, and in which span of seconds. */
export interface Limit {
  readonly points: number
  readonly duration: number
}

/** Counts what all instances did together. */
export interface SharedCounts {
  /** Counts one more; resolves to how many there were in the span that runs, and how long (s) it still runs. */
  add(name: string, key: string, duration: number): Promise<{ points: number; left: number }>
}

/** Rate limits, by name and key. */
export interface RateLimits<Name extends string> {
  /** Counts one more; resolves to the seconds to wait, 0 when it is within the limit. */
  take(name: Name, key: string): Promise<number>
  /** How many were counted in the span that runs, as far as this process has heard. */
  taken(name: Name, key: string): Promise<number>
}

/**
 * Of this process alone, with keys in memory only; with `shared`, of all instances, as what this one does not refuse
 * by itself is counted there.
 */
export function createRateLimits<Name extends string>(
  limits: Readonly<Record<Name, Limit>>,
  shared: SharedCounts | null = null,
): RateLimits<Name> {
  const limiters = new Map<string, RateLimiterMemory>()
  const limiterOf = (name: Name): RateLimiterMemory => {
    const known = limiters.get(name)
    if (known) return known
    const limiter = new RateLimiterMemory(limits[name])
    limiters.set(name, limiter)
    return limiter
  }
  /** Seconds to wait by what this process saw. */
  async function takeHere(name: Name, key: string): Promise<number> {
    try {
      await limiterOf(name).consume(key)
      return 0
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return Math.ceil(refused.msBeforeNext / 1000) || 1
      throw refused
    }
  }
  return {
    async take(name, key) {
      const wait = await takeHere(name, key)
      if (wait > 0 || !shared) return wait
      const { points, duration } = limits[name]
      const all = await shared.add(name, key, duration)
      // A span of 0 seconds would never end there.
      const left = Math.ceil(all.left) || 1
      await limiterOf(name).set(key, all.points, left)
      return all.points > points ? left : 0
    },
    taken: async (name, key) => (await limiterOf(name).get(key))?.consumedPoints ?? 0,
  }
}
