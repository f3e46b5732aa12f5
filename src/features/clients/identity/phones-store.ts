import { newId } from '../../../core/ids.ts'
import { secret, secretKey } from '../../../infra/database/encryption/secret.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { By } from '../file/store.ts'
import { rowsPerClient } from '../per-client.ts'

/** A telephone number on a client's file. */
export interface ClientPhone {
  readonly id: string
  /** E.164. */
  readonly number: string
  /** What it is (座机); null: nothing to say. */
  readonly label: string | null
  /** Whose it is; null: the client's own. */
  readonly person: string | null
  /** The one of the client's own to call first. */
  readonly preferred: boolean
  readonly state: 'ok' | 'dead'
}

/** The numbers of a client: the one to call first at the head, the client's own before others', dead ones last. */
export const phonesOf = rowsPerClient(
  (tx, clientIds) => tx.$queryRaw<(ClientPhone & { readonly clientId: string })[]>`
    select id, client_id as "clientId", number, label, person, preferred, state from client_phone
    where client_id = any(${clientIds}::uuid[])
    order by client_id, state desc, person is not null, preferred desc, recorded_at desc, id`,
)

/** Makes a number the client's own to call first; one that is on the file already is live again. */
export async function preferPhone(
  tx: Queries,
  clientId: string,
  number: string,
  by: By,
): Promise<void> {
  await addPhone(tx, { clientId, number, label: null, person: null }, by)
  await tx.$executeRaw`
    update client_phone set preferred = not preferred
    where client_id = ${clientId}::uuid
      and preferred <> (secret_key(number) = ${secretKey('phone', number)})`
}

/** Puts a number on the file beside the others; of one that is there already, label and person are as given. */
export async function addPhone(
  tx: Queries,
  phone: Pick<ClientPhone, 'number' | 'label' | 'person'> & { readonly clientId: string },
  by: By,
): Promise<void> {
  await tx.$executeRaw`
    insert into client_phone (id, client_id, number, label, person, staff_id, act_id, recorded_at)
    values (${newId()}::uuid, ${phone.clientId}::uuid, ${secret('phone', phone.number)}, ${phone.label},
      ${phone.person}, ${by.staffId}::uuid, ${by.actId}::uuid, ${by.now}::timestamptz)
    on conflict (client_id, secret_key(number)) do update set label = coalesce(excluded.label, client_phone.label),
      person = excluded.person, state = 'ok',
      preferred = client_phone.preferred and excluded.person is null,
      state_at = excluded.recorded_at, state_by = excluded.staff_id`
}

/** The number does not exist or is not theirs: it no longer means the client, and the next one is called first. */
export async function markDead(
  tx: Queries,
  clientId: string,
  number: string,
  by: By,
): Promise<void> {
  await tx.$executeRaw`
    update client_phone set state = 'dead', preferred = false, state_by = ${by.staffId}::uuid,
      state_at = ${by.now}::timestamptz
    where client_id = ${clientId}::uuid and secret_key(number) = ${secretKey('phone', number)}
      and state = 'ok'`
}

/** Takes a number off the file. */
export async function removePhone(tx: Queries, clientId: string, number: string): Promise<void> {
  await tx.$executeRaw`
    delete from client_phone where client_id = ${clientId}::uuid and secret_key(number) = ${secretKey('phone', number)}`
}

/** What an act took for dead is live again, and called first where it was, unless it is another client's by now. */
export async function reviveNumbers(
  tx: Queries,
  clientId: string,
  deadBy: string,
  by: By,
): Promise<void> {
  await tx.$executeRaw`
    update client_phone as phone set state = 'ok',
      preferred = (change.before->>'preferred')::boolean and phone.person is null,
      state_at = ${by.now}::timestamptz, state_by = ${by.staffId}::uuid
    from file_change as change
    where change.act_id = ${deadBy}::uuid and change.client_id = ${clientId}::uuid
      and change.subject = 'client_phone' and change.row_id = phone.id and phone.state = 'dead'
      and change.after->>'state' = 'dead' and not exists (
        select from client_phone as taken where secret_key(taken.number) = secret_key(phone.number)
          and taken.person is null and taken.state = 'ok')`
}
