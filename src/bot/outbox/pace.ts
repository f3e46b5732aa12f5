import { setTimeout as pause } from 'node:timers/promises'
import type { Channel } from '../../core/chat.ts'

/** Holds sends back to what a service allows: of one conversation, and of all together. */
export interface Pacer {
  /** Resolves when this conversation may be sent to. */
  wait(channel: Channel, conversation: string): Promise<void>
}

/** Conversations remembered before those that may be sent to again are forgotten. */
const MAX_REMEMBERED = 10_000

export function createPacer(): Pacer {
  /** When each conversation, and each channel as a whole, would be free if sent to evenly. */
  const even = new Map<string, number>()

  /** When the next may go: at once within the burst, then at the even pace (GCRA). */
  function reserve(key: string, everyMs: number, burst: number, notBefore: number): number {
    const due = Math.max(notBefore, even.get(key) ?? 0)
    even.set(key, due + everyMs)
    return Math.max(notBefore, due - burst * everyMs)
  }

  return {
    async wait({ name, can }, conversation) {
      const now = performance.now()
      if (can.paceMs === 0 && can.perSecond === null) return
      if (even.size > MAX_REMEMBERED) {
        for (const [key, at] of even) if (at <= now) even.delete(key)
      }
      const shared = can.perSecond === null ? now : reserve(name, 1000 / can.perSecond, 0, now)
      const at = reserve(`${name}\n${conversation}`, can.paceMs, can.burst, shared)
      if (at > now) await pause(at - now)
    },
  }
}
