/** Says that an event's command is about to change the rows of these ids. Throws `Contended`. */
export type Claim = (ids: readonly string[]) => void

/** Another event of the batch changes one of the same rows: this one is answered in the next batch. */
export class Contended extends Error {
  override readonly name = 'Contended'
}

/** The claims of one batch: the first event to name an id has it until the batch is over. */
export function createClaims(): Claim {
  const claimed = new Set<string>()
  return (ids) => {
    if (ids.some((id) => claimed.has(id))) throw new Contended()
    for (const id of ids) claimed.add(id)
  }
}
