import type { Queries } from '../infra/database/index.ts'

/** What somebody did, as the audit keeps it. */
export interface NotedAct {
  readonly id: string
  /** Whose act it is. */
  readonly staff: string
  /** The chat service it was said in, or `desk`. */
  readonly channel: string
  readonly command: string
  readonly input: unknown
  readonly result: 'done' | 'refused' | 'asked'
  readonly undoable: boolean
  /** How many rows it gave out in a file; null: none. */
  readonly givenOut: number | null
  /** The clients of whom the answer showed something. */
  readonly seen?: readonly string[]
  /** The room it was said in; null: said alone, or done on a page. */
  readonly room?: string | null
  /** The event by which it was said; absent: on a page, or by the program. */
  readonly receivedId?: string
}

/** Writes acts on the audit trail. */
export async function noteActs(tx: Queries, acts: readonly NotedAct[], now: Date): Promise<void> {
  if (acts.length === 0) return
  await tx.$executeRaw`
    insert into act (id, staff_id, channel, command, input, result, undoable, given_out, seen, room,
      received_id, at)
    select id, staff, channel, command, input, result, undoable, "givenOut", coalesce(seen, '{}'), room,
      "receivedId", ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(acts)}::jsonb) as act (
      id uuid, staff uuid, channel text, command text, input jsonb, result text, undoable bool,
      "givenOut" int, seen uuid[], room text, "receivedId" uuid)`
}
