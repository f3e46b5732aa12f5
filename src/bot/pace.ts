import { setTimeout as pause } from 'node:timers/promises'
import type { Channel } from '../core/chat.ts'

/** Holds sends back to what a service allows: of one conversation, and of all together. */
export interface Pacer {
  /** Resolves when this conversation may be sent to. */
  turn(channel: Channel, conversation: string): Promise<void>
}

/** Conversations remembered before those that may be sent to again are forgotten. */
const MOST_REMEMBERED = 10_000

export function createPacer(): Pacer {
  /** When each conversation, and each channel as a whole, is free again. */
  const free = new Map<string, number>()

  function reserve(key: string, everyMs: number, notBefore: number): number {
    const at = Math.max(notBefore, free.get(key) ?? 0)
    free.set(key, at + everyMs)
    return at
  }

  return {
    async turn({ name, can }, conversation) {
      const now = performance.now()
      if (can.paceMs === 0 && can.perSecond === null) return
      if (free.size > MOST_REMEMBERED) {
        for (const [key, at] of free) if (at <= now) free.delete(key)
      }
      const shared = can.perSecond === null ? now : reserve(name, 1000 / can.perSecond, now)
      const at = reserve(`${name}\n${conversation}`, can.paceMs, shared)
      if (at > now) await pause(at - now)
    },
  }
}
