import type { Queries } from './index.ts'

interface Batch<Asked, Result> {
  readonly asked: Asked[]
  readonly results: Promise<readonly Result[]>
}

/** Resolves once everything that can go on in this moment has. */
const momentOver = () =>
  Promise.resolve().then(() => new Promise<void>((resolve) => process.nextTick(resolve)))

/**
 * A read that each of the answers given at one time asks for by itself, done for all of them in one
 * statement: what is asked for in one transaction in the same moment goes together. `read` resolves
 * to a result beside each thing asked; nothing is remembered afterwards.
 *
 * One promise for all of a batch, where DataLoader has one for each: what those lead to outlives every
 * small garbage collection, and the large ones that follow keep the answers waiting.
 */
export function together<Asked, Result>(
  read: (tx: Queries, asked: readonly Asked[]) => Promise<readonly Result[]>,
): (tx: Queries, asked: Asked) => Promise<Result> {
  const open = new WeakMap<Queries, Batch<Asked, Result>>()

  function begin(tx: Queries): Batch<Asked, Result> {
    const asked: Asked[] = []
    const results = momentOver().then(() => {
      open.delete(tx)
      return read(tx, asked)
    })
    const batch = { asked, results }
    open.set(tx, batch)
    return batch
  }

  return async (tx, asked) => {
    const batch = open.get(tx) ?? begin(tx)
    const place = batch.asked.push(asked) - 1
    const results = await batch.results
    return results[place] as Result
  }
}
