/**
 * Does `work` for one after the other, so many at a time, in the order in which they come. After a fault none is
 * begun; it is thrown when those that were begun have ended.
 */
export async function inLanes<Item>(
  lanes: number,
  items: Iterable<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const coming = items[Symbol.iterator]()
  let faulted = false
  const lane = async () => {
    for (let next = coming.next(); !(faulted || next.done); next = coming.next()) {
      await work(next.value).catch((error) => {
        faulted = true
        throw error
      })
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane))
  for (const each of ended) if (each.status === 'rejected') throw each.reason
}
