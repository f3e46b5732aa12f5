import type { Queries } from '../../infra/database/index.ts'
import type { Identity } from '../clients/identity/rules.ts'
import { identitiesOfClients } from '../clients/identity/store.ts'
import { hashable } from './rules.ts'

// Whoever had their file deleted comes on file again by their own will alone: what a book, a feed or a colleague brings of
// them is noticed by keyed hashes, which say nothing of anybody by themselves.

type KeyedHash = (text: string) => string

/** Keeps what a client is known again by; before the file goes. */
export async function keepErased(
  tx: Queries,
  hash: KeyedHash,
  clientId: string,
  now: Date,
): Promise<void> {
  const identities = await identitiesOfClients(tx, [clientId])
  const hashes = identities.map((each) => hash(hashable(each)))
  await tx.$executeRaw`
    insert into erased_key (hash, erased_at)
    select distinct hash, ${now}::timestamptz from unnest(${hashes}::text[]) as hash
    on conflict (hash) do update set erased_at = excluded.erased_at`
}

/** Of these keyed hashes those of somebody who was erased. */
export async function erasedAmong(tx: Queries, hashes: readonly string[]): Promise<string[]> {
  if (hashes.length === 0) return []
  const rows = await tx.$queryRaw<{ hash: string }[]>`
    select hash from erased_key where hash = any(${[...hashes]}::text[])`
  return rows.map(({ hash }) => hash)
}

/** Whether somebody who was erased had this number. */
export const wasErased = async (
  tx: Queries,
  hash: KeyedHash,
  identity: Identity,
): Promise<boolean> => (await erasedAmong(tx, [hash(hashable(identity))])).length > 0

/** Somebody is here again by their own will. */
export const comeBack = (tx: Queries, hash: KeyedHash, identity: Identity): Promise<number> =>
  tx.$executeRaw`delete from erased_key where hash = ${hash(hashable(identity))}`
