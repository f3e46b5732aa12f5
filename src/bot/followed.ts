/** What a service reads of the bank once and holds, and reads anew by `refresh`. */
export interface Followed<Value> {
  now(): Value
  refresh(): Promise<void>
}

/** Reads what is committed, and keeps it until it is read anew. */
export async function followed<Value>(load: () => Promise<Value>): Promise<Followed<Value>> {
  let current = { asked: 0, value: await load() }
  let asked = 0
  return {
    now: () => current.value,
    async refresh() {
      const turn = ++asked
      const value = await load()
      // Of two that read at once, the one that began first may end last, with what no longer holds.
      if (turn > current.asked) current = { asked: turn, value }
    },
  }
}
