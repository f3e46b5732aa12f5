/** Says that an event's command is about to change the rows of these ids. Throws `Contended`. */
export type Reserve = (ids: readonly string[]) => void

/** Another event of the batch changes one of the same rows: this one is answered in the next batch. */
export class Contended extends Error {
  override readonly name = 'Contended'
}

/** Of one batch: the first event to name an id has it until the batch is over. */
export function createReservations(): Reserve {
  const reserved = new Set<string>()
  return (ids) => {
    if (ids.some((id) => reserved.has(id))) throw new Contended()
    for (const id of ids) reserved.add(id)
  }
}
