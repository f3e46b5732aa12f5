import { secret, secretKey } from '../../../infra/database/encryption/secret.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { idsOf } from '../../../infra/database/raw-statements.ts'
import type { Identity } from './rules.ts'

// Phone, identity number and credit code are written, looked up and shown through this folder alone.

/** A number with the client whom it means. */
export interface Holder extends Identity {
  readonly clientId: string
}

/** Whom these numbers mean, whether the asker may see them or not; a number that means nobody is left out. */
export const holdersOf = (tx: Queries, identities: readonly Identity[]): Promise<Holder[]> =>
  tx.$queryRaw<Holder[]>`
    select client_identity.client_id as "clientId", client_identity.kind, client_identity.value
    from jsonb_to_recordset(${JSON.stringify(keysOf(identities))}::jsonb) as asked (kind text, key text)
    join client_identity using (kind, key)`

const keysOf = (identities: readonly Identity[]) =>
  identities.map(({ kind, value }) => ({ kind, key: secretKey(kind, value) }))

/** The numbers that mean these clients. */
export const identitiesOfClients = (tx: Queries, clientIds: readonly string[]): Promise<Holder[]> =>
  tx.$queryRaw<Holder[]>`
    select client_id as "clientId", kind, value from client_identity
    where client_id = any(${idsOf(clientIds)})`

/** What kinds of paper an identity number is of. */
export const ID_KINDS = ['resident', 'passport', 'hk-macao', 'taiwan', 'residence-permit'] as const
export type IdKind = (typeof ID_KINDS)[number]

/** Writes an identity number, read before; null takes it away. */
export async function saveIdNumber(
  tx: Queries,
  clientId: string,
  idNumber: string | null,
  idKind: IdKind,
): Promise<void> {
  await tx.$executeRaw`
    update client set id_number = ${secret('id', idNumber)}, id_kind = ${idKind} where id = ${clientId}::uuid`
}

/** Writes a credit code, read before; null takes it away. */
export async function saveCreditCode(
  tx: Queries,
  clientId: string,
  creditCode: string | null,
): Promise<void> {
  await tx.$executeRaw`
    update client set credit_code = ${secret('credit-code', creditCode)} where id = ${clientId}::uuid`
}
