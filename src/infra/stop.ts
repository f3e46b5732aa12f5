import type { Log } from './log.ts'

/** A part of the service that is ended. */
export interface Ending {
  readonly name: string
  stop(): Promise<unknown>
}

/** What hangs is left after so long; and all of it together ends within the patience of an init system. */
const MAX_PART_MS = 5000
const MAX_ALL_MS = 10_000
/** Each is at least asked. */
const MIN_PART_MS = 100

/** Ends parts one after the other, whatever hangs or fails; resolves to the names of those left. */
export async function endInTurn(
  endings: readonly Ending[],
  log: Log,
  limits: { readonly part: number; readonly all: number } = { part: MAX_PART_MS, all: MAX_ALL_MS },
): Promise<string[]> {
  const began = performance.now()
  const left: string[] = []
  for (const { name, stop } of endings) {
    const rest = limits.all - (performance.now() - began)
    const ended = await within(Math.max(MIN_PART_MS, Math.min(limits.part, rest)), stop)
    if (ended !== 'ended') {
      left.push(name)
      log.warn({ part: name, why: ended }, 'left as it is')
    }
  }
  return left
}

async function within(
  ms: number,
  stop: () => Promise<unknown>,
): Promise<'ended' | 'hangs' | 'failed'> {
  const { promise, resolve } = Promise.withResolvers<'hangs'>()
  const timer = setTimeout(() => resolve('hangs'), ms)
  const ended = (async () => stop())().then(
    () => 'ended' as const,
    () => 'failed' as const,
  )
  return Promise.race([ended, promise]).finally(() => clearTimeout(timer))
}
