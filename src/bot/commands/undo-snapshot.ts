import { newId } from '../../core/ids.ts'
import type { Text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Context } from '../command.ts'

/**
 * A feature's part in `undo`: what it knows of an act, in conditions that name its row as `act`, and
 * how it takes back its own.
 */
export interface Undoing {
  /** By command, what of the clients is taken back; of others it is the clients as a whole. */
  readonly what?: Readonly<Record<string, Text>>
  /** Selects the ids of the clients that the act was about. */
  readonly clients?: string
  /** Holds when something was built on what the act made, so that it stays. */
  readonly builtUpon?: string
  /** What holds again once the act is taken back, a phrase each; empty: nothing that it wrote over. */
  stands?(tx: Queries, actId: string, context: Context): Promise<readonly Text[]>
  takeBack(tx: Queries, actId: string, context: Context): Promise<void>
}

/** What may be written over without a trace elsewhere. */
type Subject =
  | 'shares'
  | 'do-not-contact'
  | 'quiet-hours'
  | 'muted-until'
  | 'corrected'
  | 'register-entries'
  | 'quotas'

/** Keeps what an act writes over; `clientId` null: it is of whoever acts. */
export async function keepSnapshot(
  tx: Queries,
  actId: string,
  subject: Subject,
  clientId: string | null,
  before: unknown,
): Promise<void> {
  await tx.$executeRaw`
    insert into undo_snapshot (id, act_id, subject, client_id, before)
    values (${newId()}::uuid, ${actId}::uuid, ${subject}, ${clientId}::uuid,
      ${JSON.stringify(before)}::jsonb)`
}

/** What an act wrote over of clients, of a subject. */
export const snapshotsOf = <Before>(
  tx: Queries,
  actId: string,
  subject: Subject,
): Promise<{ readonly clientId: string; readonly before: Before }[]> =>
  tx.$queryRaw`
    select client_id as "clientId", before from undo_snapshot
    where act_id = ${actId}::uuid and subject = ${subject} and client_id is not null`

/** What an act wrote over of whoever did it, of a subject. */
export const ownSnapshotsOf = <Before>(
  tx: Queries,
  actId: string,
  subject: Subject,
): Promise<{ readonly before: Before }[]> =>
  tx.$queryRaw`
    select before from undo_snapshot
    where act_id = ${actId}::uuid and subject = ${subject} and client_id is null`

/** Of all that is kept so: whose it was, and that nobody wrote over it again. */
export const SNAPSHOT: Pick<Undoing, 'clients' | 'builtUpon'> = {
  clients: `select client_id from undo_snapshot where act_id = act.id`,
  builtUpon: `exists (
    select from undo_snapshot join undo_snapshot as later on later.client_id = undo_snapshot.client_id
      and later.subject = undo_snapshot.subject and later.id > undo_snapshot.id
      and later.act_id <> undo_snapshot.act_id
    join act as since on since.id = later.act_id and since.undone_at is null
    where undo_snapshot.act_id = act.id)`,
}
