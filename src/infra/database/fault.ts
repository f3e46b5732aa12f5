/** What a database cannot be used for, as a sentence for whoever runs the service. */
export class DatabaseFault extends Error {
  override readonly name: string = 'DatabaseFault'
}

/**
 * What a failed statement says of the database. `away`: it cannot serve anybody now, or not this
 * process. `held-up`: it is there, and this work met a lock, a limit of time or another's change.
 * Null: it is about the work itself, which fails again however often it is tried.
 */
export type Passing = 'away' | 'held-up' | null

/** SQLSTATE classes and codes (PostgreSQL, Appendix A), the longest that fits first. */
const STATES: readonly (readonly [prefix: string, passing: Passing, name: string])[] = [
  ['25006', 'away', 'read-only'],
  ['25P03', 'held-up', 'idle in transaction for too long'],
  ['25P04', 'held-up', 'transaction for too long'],
  ['40001', 'held-up', 'changed meanwhile'],
  ['40P01', 'held-up', 'deadlock'],
  ['53100', 'away', 'disk full'],
  ['53200', 'away', 'out of memory'],
  ['53300', 'away', 'too many connections'],
  ['55P03', 'held-up', 'locked'],
  ['57014', 'held-up', 'statement cancelled'],
  ['57P0', 'away', 'server stops or starts'],
  ['08', 'away', 'connection'],
  ['53', 'away', 'out of resources'],
  ['58', 'away', 'system error'],
  // Who may connect, and to what: of no event, and mended by the administrator.
  ['28', 'away', 'not allowed in'],
  ['3D', 'away', 'no such database'],
  ['22', null, 'value refused'],
  ['23', null, 'constraint'],
  ['42', null, 'statement refused'],
]

/** Of Node: the connection, or the way there. */
const SYSTEM =
  /^(ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|ENOENT|EADDRNOTAVAIL)$/
/** Prisma's own codes: reachable, closed, timed out, pool, transaction, conflict, connections. */
const PRISMA: Readonly<Record<string, Passing>> = {
  ...{ P1001: 'away', P1002: 'away', P1008: 'away', P1011: 'away', P1017: 'away' },
  ...{ P2024: 'away', P2037: 'away', P2028: 'held-up', P2034: 'held-up' },
}
/** What the drivers throw without a code. */
const WORDS: readonly (readonly [RegExp, Passing])[] = [
  [/^Connection terminated|^timeout exceeded when trying to connect|^timeout expired/, 'away'],
  [/is not queryable$|^Cannot use a pool after calling end|PGlite is clos/, 'away'],
  [/^Query read timeout|^the transaction of this statement is over/, 'held-up'],
]

interface Thrown {
  readonly name?: unknown
  readonly code?: unknown
  readonly originalCode?: unknown
  readonly message?: unknown
  readonly stack?: unknown
  readonly syscall?: unknown
  /** The server's: which one of the schema's was not held. */
  readonly constraint?: unknown
  readonly cause?: unknown
  readonly meta?: { readonly driverAdapterError?: unknown }
}

/** It, and what it was made of: Prisma wraps what the driver threw. */
function layersOf(error: unknown, depth = 0): Thrown[] {
  if (typeof error !== 'object' || error === null || depth > 5) return []
  const thrown = error as Thrown
  const inner = [thrown.cause, thrown.meta?.driverAdapterError]
  return [thrown, ...inner.flatMap((each) => layersOf(each, depth + 1))]
}

/** The server's own code; null where the server said nothing. */
function sqlState(layers: readonly Thrown[]): string | null {
  for (const { name, code, originalCode } of layers) {
    if (typeof originalCode === 'string') return originalCode
    if (`${name}`.startsWith('Prisma') || typeof code !== 'string') continue
    if (/^[0-9A-Z]{5}$/.test(code) && !SYSTEM.test(code)) return code
  }
  return null
}

const known = (state: string) => STATES.find(([prefix]) => state.startsWith(prefix))

/** Whether a fault is of a moment, so that the same work may well succeed later. */
export function passing(error: unknown): Passing {
  const layers = layersOf(error)
  const state = sqlState(layers)
  if (state) return known(state)?.[1] ?? null
  for (const { code, syscall, message } of layers) {
    // A file that is missing is no missing server.
    if (typeof code === 'string' && typeof syscall === 'string' && SYSTEM.test(code)) {
      return /^(connect|read|write|getaddrinfo|shutdown)/.test(syscall) ? 'away' : null
    }
    if (typeof code === 'string' && code in PRISMA) return PRISMA[code] ?? null
    const words = WORDS.find(([pattern]) => pattern.test(String(message)))
    if (words) return words[1]
  }
  return null
}

/**
 * Whether another's row was there first: what was looked at before has changed meanwhile, and who looks again sees it
 * (PostgreSQL, "Serialization Failure Handling", has such work tried again). A fault of ours says the same each time.
 */
export const outrun = (error: unknown): boolean =>
  ['23505', '23P01'].includes(sqlState(layersOf(error)) ?? '')

/**
 * What went wrong, for the log: the kind of error, the server's code and what it stands for, and
 * where in this program. Never the message, which quotes values.
 */
export function describe(error: unknown): string {
  const layers = layersOf(error)
  const [outer] = layers
  if (!outer) return 'unknown'
  const state = sqlState(layers)
  const code = layers.find((each) => typeof each.code === 'string')?.code
  const constraint = layers.find((each) => typeof each.constraint === 'string')?.constraint ?? ''
  const says = state ? `${state} ${known(state)?.[2] ?? ''} ${constraint}`.trim() : code
  const message = String(outer.message)
  const words = WORDS.find(([pattern]) => pattern.test(message)) ? message : undefined
  const frames = String(outer.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
  const own = frames.find((line) => line.includes('/src/')) ?? frames[0]
  return [outer.name ?? 'fault', says ?? words, own?.trim()].filter(Boolean).join(' ')
}
