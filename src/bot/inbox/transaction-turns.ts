import type { How, Line, Waiting } from './event-queue.ts'

/** Takes groups from a line as there is room, and has them answered. */
export interface Turns {
  /** Looks whether some can be taken, once all that comes in this moment stands in line. */
  proceed(): void
  /** Takes no more, and resolves once nothing is under way. */
  stop(): Promise<void>
}

/** Groups answered at the same time, by how they are. */
const ABREAST: Readonly<Record<How, number>> = { again: 1, together: 2, alone: 3 }
const HOWS = ['again', 'together', 'alone'] as const
const MOST_TOGETHER = 64
/** So long a group that is not full waits for the one under way: two halves cost more than the whole. */
const YOUNG_MS = 50

export function createTurns(
  line: Line,
  answer: (group: readonly Waiting[], how: How) => Promise<void>,
): Turns {
  const under: Record<How, number> = { again: 0, together: 0, alone: 0 }
  /** The last group of several began less than that long ago. */
  let young = false
  let soon = false
  let stopped: PromiseWithResolvers<void> | null = null
  const idle = () => HOWS.every((how) => under[how] === 0)

  function proceed(): void {
    if (soon) return
    soon = true
    setImmediate(() => {
      soon = false
      if (stopped) {
        if (idle()) stopped.resolve()
        return
      }
      for (const how of HOWS) {
        while (under[how] < ABREAST[how]) {
          const group = take(how)
          if (group.length === 0) break
          begin(how, group)
        }
      }
    })
  }

  function take(how: How): Waiting[] {
    if (how === 'again') return idle() ? line.take(1, how) : []
    // What ended a process may end this one: nobody else is to be under way then.
    if (under.again > 0) return []
    const holds = line.awaits('again') && (how === 'alone' || under.alone === 0)
    if (holds) return []
    if (how === 'alone') return line.take(1, how)
    return line.take(MOST_TOGETHER, how, under.together > 0 && young ? MOST_TOGETHER : 1)
  }

  function begin(how: How, group: readonly Waiting[]): void {
    under[how]++
    const grown = how === 'together' ? grow() : undefined
    void answer(group, how).finally(() => {
      clearTimeout(grown)
      under[how]--
      proceed()
    })
  }

  function grow(): NodeJS.Timeout {
    young = true
    return setTimeout(() => {
      young = false
      proceed()
    }, YOUNG_MS)
  }

  return {
    proceed,
    stop() {
      stopped ??= Promise.withResolvers<void>()
      proceed()
      return stopped.promise
    },
  }
}
