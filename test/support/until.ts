import { vi } from 'vitest'

/**
 * Waits for what comes by itself, for as long as a slow machine that does more at once may take. It says that
 * something comes, and not how soon. Resolves to what the check gives once it does not throw.
 */
export const until = <T>(check: () => T | Promise<T>, patienceMs = 60_000) =>
  vi.waitFor(check, { timeout: patienceMs, interval: 20 })
