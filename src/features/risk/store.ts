import { secretKey } from '../../infra/database/encryption/secret.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Identity } from '../clients/identity/rules.ts'

/** Beside each row, the clients on file that its numbers mean, by kind of client. */
export async function clientsOf(
  tx: Queries,
  rows: readonly { readonly number: number; readonly identities: readonly Identity[] }[],
): Promise<Map<number, { id: string; kind: string }[]>> {
  const json = JSON.stringify(
    rows.map(({ number, identities }) => ({
      number,
      keys: identities.map(({ kind, value }) => secretKey(kind, value)),
    })),
  )
  const found = await tx.$queryRaw<{ number: number; id: string; kind: string }[]>`
    select distinct number, client.id, client.kind
    from jsonb_to_recordset(${json}::jsonb) as line (number int, keys text[])
    cross join lateral (
      select client_id from client_identity where key = any(line.keys)) as meant
    join client on client.id = meant.client_id`
  return Map.groupBy(found, ({ number }) => number)
}
