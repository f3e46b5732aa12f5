import type { Queries } from '../../infra/database/index.ts'
import type { PersonRow } from './rules.ts'

/** Beside each row, the clients on file that its numbers mean, by kind of client. */
export async function clientsOf(
  tx: Queries,
  rows: readonly PersonRow[],
): Promise<Map<number, { id: string; kind: string }[]>> {
  const json = JSON.stringify(
    rows.map(({ number, identities }) => ({
      number,
      values: identities.map(({ value }) => value),
    })),
  )
  const found = await tx.$queryRaw<{ number: number; id: string; kind: string }[]>`
    select number, client.id, client.kind
    from jsonb_to_recordset(${json}::jsonb) as line (number int, "values" text[])
    cross join lateral (
      select id, kind from client where phone = any("values")
      union select id, kind from client where id_number = any("values")
      union select id, kind from client where credit_code = any("values")
    ) as client`
  return Map.groupBy(found, ({ number }) => number)
}
