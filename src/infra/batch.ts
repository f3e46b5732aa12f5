import type { Queries } from './database/index.ts'

// One statement over many rows costs little more than one over a single row. So callers ask for one item
// each, and what they ask for at about the same time is done by one call.
//
// A batch is open from its first item on. It becomes ready when it is full or when its wait is over, and
// its call begins as soon as fewer than `concurrency` calls are running; until then it takes more items.
// Batches are called in the order in which they were opened.
//
// Trap: there is one promise for a batch and not one for an item, as DataLoader has. What many promises
// hold alive (the rows they resolve to) outlives every minor garbage collection, and the major ones that
// follow are what the slowest answers wait for.

export interface BatchOptions {
  /** Items of one call at most. Absent: no limit. */
  readonly size?: number
  /**
   * How long the first item waits for others, ms. Absent: until all callbacks that can run now have run
   * (microtasks and `process.nextTick`), without waiting for a timer or for the network.
   */
  readonly waitMs?: number
  /** Calls running at a time. Absent: no limit. */
  readonly concurrency?: number
  /**
   * When a call of several items fails, each is tried in a call of its own, so that only those that
   * cannot be done fail. Absent: the fault is that of every item of the call.
   */
  readonly retryEach?: boolean
}

interface Batch<Item, Result> extends PromiseWithResolvers<readonly (Result | Failed)[]> {
  readonly items: Item[]
  ready: boolean
}

/** Stands in place of a result. */
class Failed {
  readonly fault: unknown
  constructor(fault: unknown) {
    this.fault = fault
  }
}

/** Asks for one item at a time; `call` does a batch of them, and its n-th result is the n-th item's. */
export function batch<Item, Result>(
  call: (items: readonly Item[]) => Promise<readonly Result[]>,
  { size, waitMs, concurrency = Number.POSITIVE_INFINITY, retryEach = false }: BatchOptions = {},
): (item: Item) => Promise<Result> {
  /** In the order of opening; all but the last one are full. */
  const waiting: Batch<Item, Result>[] = []
  let running = 0

  function begin(): void {
    while (running < concurrency && waiting[0]?.ready) {
      const next = waiting.shift()
      if (next) void run(next)
    }
  }

  async function run(next: Batch<Item, Result>): Promise<void> {
    running++
    try {
      next.resolve(await call(next.items))
    } catch (fault) {
      if (retryEach && next.items.length > 1)
        next.resolve(await Promise.all(next.items.map(single)))
      else next.reject(fault)
    }
    running--
    begin()
  }

  async function single(item: Item): Promise<Result | Failed> {
    try {
      const [result] = await call([item])
      return result as Result
    } catch (fault) {
      return new Failed(fault)
    }
  }

  function open(): Batch<Item, Result> {
    const resolvers = Promise.withResolvers<readonly (Result | Failed)[]>()
    const opened: Batch<Item, Result> = { items: [], ready: false, ...resolvers }
    waiting.push(opened)
    const ripen = () => {
      opened.ready = true
      begin()
    }
    if (waitMs === undefined) void Promise.resolve().then(() => process.nextTick(ripen))
    else setTimeout(ripen, waitMs)
    return opened
  }

  return async (item) => {
    const last = waiting.at(-1)
    const own = last && last.items.length !== size ? last : open()
    const place = own.items.push(item) - 1
    if (own.items.length === size) {
      own.ready = true
      begin()
    }
    const result = (await own.promise)[place]
    if (result instanceof Failed) throw result.fault
    return result as Result
  }
}

/**
 * A statement that many events of one transaction each ask for, done for all of them at once. Batches of
 * different transactions are apart; nothing is remembered after the call.
 */
export function batchPerTransaction<Item, Result>(
  call: (tx: Queries, items: readonly Item[]) => Promise<readonly Result[]>,
): (tx: Queries, item: Item) => Promise<Result> {
  const byTransaction = new WeakMap<Queries, (item: Item) => Promise<Result>>()
  return (tx, item) => {
    const known = byTransaction.get(tx)
    if (known) return known(item)
    const ask = batch((items: readonly Item[]) => call(tx, items))
    byTransaction.set(tx, ask)
    return ask(item)
  }
}
