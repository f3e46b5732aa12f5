/** The median of a list of times. */
export const median = (times: readonly number[]): number => at(times, 0.5)

/** What 99 of a hundred times stay below. */
export const p99 = (times: readonly number[]): number => at(times, 0.99)

const at = (times: readonly number[], share: number): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? Number.NaN

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/**
 * Milliseconds of each of several ways of doing one thing, taken in turn, so that a machine that slows
 * down slows all of them. The first tenth of the rounds warms up and is not counted.
 */
export async function inTurn<Name extends string>(
  rounds: number,
  ways: Record<Name, (round: number) => Promise<unknown>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(ways) as Name[]
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
    Name,
    number[]
  >
  const warmUp = Math.ceil(rounds / 10)
  for (let round = 0; round < rounds + warmUp; round++) {
    for (const name of names) {
      const took = await timed(() => ways[name](round))
      if (round >= warmUp) times[name].push(took)
    }
  }
  return times
}
