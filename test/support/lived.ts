const TICK_MS = 20

/**
 * Counts the time that this process lives through, from now on: a tick by what it worked, where that is more. A stall
 * of the machine, however long, is one tick, as it holds up nobody whose machine does not stall; what holds up the
 * process by its own work counts whole. Returns the milliseconds that have passed when it is called.
 */
export function lived(): () => number {
  let [total, last] = [0, worked()]
  const tick = () => {
    const now = worked()
    total += Math.max(TICK_MS, now - last)
    last = now
  }
  const timer = setInterval(tick, TICK_MS)
  return () => {
    clearInterval(timer)
    tick()
    return total
  }
}

/** What this thread has worked, in milliseconds. */
const worked = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
