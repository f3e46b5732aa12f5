/**
 * How many items are worked on at once at most, how long the first waits for company, and how many
 * groups are worked on at a time: while they are, the next one gathers.
 */
export interface Grouping {
  readonly waitMs: number
  readonly most: number
  readonly abreast: number
}

/**
 * Does together what arrives within a moment: one call of `work` for a group, whose n-th result is
 * the n-th item's. A failure is that of everybody in the group.
 */
export function grouped<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  { waitMs, most, abreast }: Grouping,
): (item: Item) => Promise<Result> {
  const waiting: Waiting<Item, Result>[] = []
  /** The first of those waiting has waited long enough. */
  let ripe = false
  let timed = false
  let working = 0

  function go(): void {
    while (working < abreast && waiting.length >= (ripe ? 1 : most)) {
      ripe = false
      working += 1
      void answer(waiting.splice(0, most))
    }
    if (waiting.length === 0 || ripe || timed) return
    timed = true
    setTimeout(() => {
      timed = false
      ripe = true
      go()
    }, waitMs)
  }

  async function answer(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await work(group.map(({ item }) => item))
      group.forEach(({ resolve }, index) => {
        resolve(results[index] as Result)
      })
    } catch (error) {
      for (const { reject } of group) reject(error)
    } finally {
      working -= 1
      go()
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      go()
    })
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}
