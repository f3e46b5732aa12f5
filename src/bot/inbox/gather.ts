/**
 * Makes one call of what is asked for while the last call is under way: `together` gets up to
 * `most` items and resolves to a result beside each. When a call of several fails, each is tried by
 * itself, so that one of them takes no other with it.
 */
export function gather<Item, Result>(
  together: (items: readonly Item[]) => Promise<readonly Result[]>,
  most: number,
): (item: Item) => Promise<Result> {
  interface Asked {
    readonly item: Item
    resolve(result: Result): void
    reject(error: unknown): void
  }
  let asked: Asked[] = []
  let calling = false

  async function attempt(group: readonly Asked[]): Promise<void> {
    try {
      const results = await together(group.map(({ item }) => item))
      group.forEach((each, index) => {
        each.resolve(results[index] as Result)
      })
    } catch (error) {
      const [only] = group
      if (group.length === 1) only?.reject(error)
      else await Promise.all(group.map((each) => attempt([each])))
    }
  }

  async function call(): Promise<void> {
    calling = true
    while (asked.length > 0) {
      const group = asked.slice(0, most)
      asked = asked.slice(most)
      await attempt(group)
    }
    calling = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      asked.push({ item, resolve, reject })
      // What is asked for in the same moment goes into the same call.
      if (!calling) queueMicrotask(() => calling || call())
    })
}
