import { batchPerTransaction } from '../../infra/batch.ts'
import type { Queries } from '../../infra/database/index.ts'

/** What one statement finds for many clients, asked for one client at a time; of none it is empty. */
export const rowsPerClient = <Row extends { readonly clientId: string }>(
  find: (tx: Queries, clientIds: readonly string[]) => Promise<readonly Row[]>,
): ((tx: Queries, clientId: string) => Promise<readonly Row[]>) =>
  batchPerTransaction(async (tx, clientIds: readonly string[]) => {
    const byClient = Map.groupBy(await find(tx, clientIds), ({ clientId }) => clientId)
    return clientIds.map((id) => byClient.get(id) ?? [])
  })

/** So many of the latest of a kind stand on a client's card. */
export const LATEST = 5
