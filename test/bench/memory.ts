import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/**
 * Megabytes that are in use once everything that can be thrown away is. What a process occupies says
 * more about how long its collector waits than about what the work keeps.
 */
export async function megabytesKept(): Promise<number> {
  // What holds memory outside of the heap lets it go once it was collected itself, a moment later.
  for (let round = 0; round < 3; round++) {
    collect()
    await setImmediate()
  }
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 2 ** 20
}
