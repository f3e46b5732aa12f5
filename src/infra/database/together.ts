import DataLoader from 'dataloader'
import type { Queries } from './index.ts'

/**
 * A read that each of the answers given at one time asks for by itself, done for all of them in one
 * statement: what is asked for in one transaction in the same moment goes together. `read` resolves
 * to a result beside each thing asked; nothing is remembered afterwards.
 */
export function together<Asked, Result>(
  read: (tx: Queries, asked: readonly Asked[]) => Promise<readonly Result[]>,
): (tx: Queries, asked: Asked) => Promise<Result> {
  const loaders = new WeakMap<Queries, DataLoader<Asked, Result>>()
  return (tx, asked) => {
    let loader = loaders.get(tx)
    if (!loader) {
      loader = new DataLoader((all: readonly Asked[]) => read(tx, all), { cache: false })
      loaders.set(tx, loader)
    }
    return loader.load(asked)
  }
}
