import {
  createRateLimits,
  type Limit,
  type SharedCounts,
} from '../../../../infra/limits/rate-limits.ts'

/**
 * Many people stand behind one address of a mobile network, and a link may be read out in a hall, so
 * looking is limited generously; forms are few.
 */
const LOOKS = {
  openAddress: { points: 240, duration: 60 },
  openLink: { points: 6000, duration: 60 },
} satisfies Record<string, Limit>

/** Of all instances together: each of these writes to the database anyway. */
const FORMS = {
  sendAddress: { points: 20, duration: 600 },
  sendLink: { points: 600, duration: 600 },
  sendAddressDay: { points: 200, duration: 86_400 },
  sendLinkDay: { points: 5000, duration: 86_400 },
  // One person's form, sent again after going back to mend it; whoever sends more of it is a program.
  sendForm: { points: 5, duration: 86_400 },
  textPhone: { points: 3, duration: 3600 },
  // As long as a code is good: of a million codes five may be tried, from wherever.
  guessPhone: { points: 5, duration: 600 },
} satisfies Record<string, Limit>

/** Forms of one link within ten minutes from which it counts as under attack. */
const ATTACK = 60

/**
 * Rate limits per address, link and phone. Looks are counted by each process for itself, in memory only; forms, and what
 * is sent to phones, by all instances together.
 */
export interface Guard {
  /** Seconds to wait; 0: come in. */
  opens(address: string, code: string): Promise<number>
  sends(address: string, code: string): Promise<number>
  /** A form that was filled in, by its stamp. */
  fills(stamp: string): Promise<number>
  /** A code by text message to a number. */
  texts(phone: string): Promise<number>
  /** A try at the code that was sent to a number. */
  guesses(phone: string): Promise<number>
  /** Forms come so fast that they have to prove work. */
  underAttack(code: string): Promise<boolean>
}

export function createGuard(shared: SharedCounts): Guard {
  const looks = createRateLimits(LOOKS)
  const limits = createRateLimits(FORMS, shared)
  return {
    opens: async (address, code) =>
      (await looks.take('openAddress', address)) || (await looks.take('openLink', code)),
    sends: async (address, code) =>
      (await limits.take('sendAddress', address)) ||
      (await limits.take('sendLink', code)) ||
      (await limits.take('sendAddressDay', address)) ||
      (await limits.take('sendLinkDay', code)),
    fills: (stamp) => limits.take('sendForm', stamp),
    texts: (phone) => limits.take('textPhone', phone),
    guesses: (phone) => limits.take('guessPhone', phone),
    underAttack: async (code) => (await limits.taken('sendLink', code)) > ATTACK,
  }
}
