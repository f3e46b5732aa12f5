/** One figure of a bench: ours beside a peer or a limit measured in the same run. */
export interface Figure {
  readonly part: string
  readonly what: string
  readonly ours: number
  readonly unit: 'ms' | 's' | 'MB' | 'times' | 'clicks'
  /** What it is held against. */
  readonly versus: string
  /** Ours to theirs: below 1 is better than theirs. */
  readonly ratio: number
  /** The largest ratio that is good enough. */
  readonly goal: number
  readonly met: boolean
}

export interface Options {
  /** Fewer rounds and smaller books: to see that it runs, not to quote. */
  readonly quick: boolean
}

export type Part = (options: Options) => Promise<Figure[]>

export function figure(
  part: string,
  what: string,
  [ours, unit]: readonly [number, Figure['unit']],
  [theirs, versus]: readonly [number, string],
  goal: number,
): Figure {
  const ratio = ours / theirs
  return {
    part,
    what,
    ours: round(ours),
    unit,
    versus,
    ratio: round(ratio),
    goal,
    met: ratio <= goal,
  }
}

const round = (value: number): number => Number(value.toPrecision(3))

/** The median of a list of times. */
export const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN

/**
 * Median milliseconds of each of several ways of doing one thing, taken in turn, so that a machine
 * that slows down slows all of them.
 */
export async function inTurn<Name extends string>(
  rounds: number,
  ways: Record<Name, (round: number) => Promise<unknown>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(ways) as Name[]
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    Name,
    number[]
  >
  const warmUp = Math.ceil(rounds / 10)
  for (let turn = 0; turn < rounds + warmUp; turn++) {
    for (const name of names) {
      const start = performance.now()
      await ways[name](turn)
      if (turn >= warmUp) times[name].push(performance.now() - start)
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<
    Name,
    number
  >
}
