/** How many items are worked on at once at most, and how long the first waits for company. */
export interface Grouping {
  readonly waitMs: number
  readonly most: number
}

/**
 * Does together what arrives within a moment: one call of `work` for a group, whose n-th result is
 * the n-th item's. A failure is that of everybody in the group.
 */
export function grouped<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  { waitMs, most }: Grouping,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = []
  let timer: NodeJS.Timeout | null = null

  function flush(): void {
    if (timer) clearTimeout(timer)
    timer = null
    const group = waiting
    waiting = []
    work(group.map(({ item }) => item)).then(
      (results) => {
        group.forEach(({ resolve }, index) => {
          resolve(results[index] as Result)
        })
      },
      (error) => {
        for (const { reject } of group) reject(error)
      },
    )
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (waiting.length >= most) flush()
      else timer ??= setTimeout(flush, waitMs)
    })
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly resolve: (result: Result) => void
  readonly reject: (error: unknown) => void
}
