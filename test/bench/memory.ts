import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/**
 * Megabytes that are in use once everything that can be thrown away is. What a process occupies says
 * more about how long its collector waits than about what the work keeps.
 */
export function megabytesKept(): number {
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 2 ** 20
}
