const TICK_MS = 20

/**
 * Counts the time that this process lives through, from now on: a stall of the machine, however long, is one tick, as
 * it holds up nobody whose machine does not stall. Returns the milliseconds that have passed when it is called.
 */
export function lived(): () => number {
  let ticks = 0
  const timer = setInterval(() => {
    ticks++
  }, TICK_MS)
  return () => {
    clearInterval(timer)
    return ticks * TICK_MS
  }
}
