/** What was measured, held against a peer that was measured beside it in the same run. */
export interface Row {
  readonly what: string
  readonly measured: number
  /** Of what was measured and of its peer. */
  readonly unit: Unit
  readonly peer: Peer
  /** Measured to the peer's: below 1 is better than the peer. */
  readonly ratio: number
  /** The largest ratio that is good enough; 0: there may be none. */
  readonly limit: number
  readonly met: boolean
}

type Unit = 'ms' | 's' | 'MB' | 'times'

/**
 * The same load on a fixed page, an empty handler, a bare statement; or what is the same on every machine:
 * a pace, a lease, a number of megabytes. Never a number of milliseconds.
 */
interface Peer {
  readonly what: string
  readonly measured: number
}

/** One row; a ratio that is no number, since nothing was measured, does not meet its limit. */
export function row(
  what: string,
  [measured, unit]: readonly [number, Unit],
  [peer, peerMeasured]: readonly [string, number],
  limit: number,
): Row {
  const ratio = measured / peerMeasured
  return {
    what,
    measured,
    unit,
    peer: { what: peer, measured: peerMeasured },
    ratio,
    limit,
    met: ratio <= limit,
  }
}

/** What may not happen at all. Throws a RangeError on a count below nought: what was counted is not what it says. */
export function none(what: string, count: number): Row {
  if (count < 0) throw new RangeError(`${what}: counted ${count} times`)
  return row(what, [count, 'times'], ['none may be', 1], 0)
}

/** Of the rows of several runs, each from the run whose ratio is the median; what may not happen, from the worst. */
export function medianRows(runs: readonly (readonly Row[])[]): readonly Row[] {
  const [first = []] = runs
  if (runs.some(({ length }) => length !== first.length)) throw new Error('runs of different rows')
  return first.map(({ limit }, place) => {
    const sorted = runs.flatMap((rows) => rows[place] ?? []).toSorted((a, b) => a.ratio - b.ratio)
    const one = sorted.at(limit === 0 ? -1 : Math.floor(sorted.length / 2))
    if (!one) throw new Error('no run')
    return one
  })
}

export interface Options {
  /** Smaller books and fewer rounds. */
  readonly quick: boolean
}

/** Measures its rows once. */
export type Bench = (options: Options) => Promise<readonly Row[]>
