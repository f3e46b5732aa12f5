import type { BankSetting } from '../../bot/services.ts'
import type { Queries } from '../../infra/database/index.ts'
import { identitiesOf } from '../clients/identity/rules.ts'
import * as list from './list/store.ts'

type Numbers = Parameters<typeof identitiesOf>[0]

/** Whether somebody with these numbers, on file or not, is on the negative list. */
export const isListed = (tx: Queries, bank: BankSetting, numbers: Numbers): Promise<boolean> =>
  list.isListed(tx, bank.keyedHash, identitiesOf(numbers))

/**
 * Screens clients who came on file or whose numbers changed against the negative list, and marks
 * those on it. Resolves to whom it newly found. Every door that enters clients calls it.
 */
export const screen = (
  tx: Queries,
  bank: BankSetting,
  clientIds: readonly string[],
): Promise<string[]> => list.screen(tx, bank.keyedHash, clientIds)

/** Of these keyed hashes those that are on the list. */
export async function listedAmong(tx: Queries, hashes: readonly string[]): Promise<string[]> {
  if (hashes.length === 0) return []
  const rows = await tx.$queryRaw<{ hash: string }[]>`
    select distinct hash from negative_key join negative_entry on negative_entry.id = entry_id
    where hash = any(${[...hashes]}::text[]) and ended_at is null`
  return rows.map(({ hash }) => hash)
}
