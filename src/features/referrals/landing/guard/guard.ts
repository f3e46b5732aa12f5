import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** How often, and in which span of seconds. */
interface Limit {
  readonly points: number
  readonly duration: number
}

/**
 * Many people stand behind one address of a mobile network, and a link may be read out in a hall, so
 * looking is limited generously; forms are few.
 */
const LIMITS = {
  openAddress: { points: 240, duration: 60 },
  openLink: { points: 6000, duration: 60 },
  sendAddress: { points: 20, duration: 600 },
  sendLink: { points: 600, duration: 600 },
  textPhone: { points: 3, duration: 3600 },
} satisfies Record<string, Limit>

/** Forms of one link within ten minutes from which it counts as under attack. */
const ATTACK = 60

/** Rate limits of this process, per address and per link; addresses are held in memory only. */
export interface Guard {
  /** Seconds to wait; 0: come in. */
  opens(address: string, code: string): Promise<number>
  sends(address: string, code: string): Promise<number>
  /** A code by text message to a number. */
  texts(phone: string): Promise<number>
  /** Forms come so fast that they have to prove work. */
  underAttack(code: string): Promise<boolean>
}

export function createGuard(): Guard {
  const limiter = ({ points, duration }: Limit) => new RateLimiterMemory({ points, duration })
  const limiters = {
    openAddress: limiter(LIMITS.openAddress),
    openLink: limiter(LIMITS.openLink),
    sendAddress: limiter(LIMITS.sendAddress),
    sendLink: limiter(LIMITS.sendLink),
    textPhone: limiter(LIMITS.textPhone),
  }

  async function takes(name: keyof typeof limiters, key: string): Promise<number> {
    try {
      await limiters[name].consume(key)
      return 0
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return Math.ceil(refused.msBeforeNext / 1000) || 1
      throw refused
    }
  }

  return {
    opens: async (address, code) =>
      (await takes('openAddress', address)) || (await takes('openLink', code)),
    sends: async (address, code) =>
      (await takes('sendAddress', address)) || (await takes('sendLink', code)),
    texts: (phone) => takes('textPhone', phone),
    async underAttack(code) {
      return ((await limiters.sendLink.get(code))?.consumedPoints ?? 0) > ATTACK
    },
  }
}
