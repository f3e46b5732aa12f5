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
  readonly result: 'done' | 'refused'
  readonly undoable: boolean
  /** How many rows it gave out in a file; null: none. */
  readonly givenOut: number | null
}

/** Writes acts on the audit trail. */
export async function noteActs(tx: Queries, acts: readonly NotedAct[], now: Date): Promise<void> {
  if (acts.length === 0) return
  await tx.$executeRaw`
    insert into act (id, staff_id, channel, command, input, result, undoable, given_out, at)
    select id, staff, channel, command, input, result, undoable, "givenOut", ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(acts)}::jsonb) as act (
      id uuid, staff uuid, channel text, command text, input jsonb, result text, undoable bool,
      "givenOut" int)`
}
