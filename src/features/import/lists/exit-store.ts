import type { Queries } from '../../../infra/database/index.ts'

/** By client, the first row of an import that names them. */
export async function firstOfClients(
  tx: Queries,
  importId: string,
  clientIds: readonly string[],
): Promise<Map<string, { readonly number: number; readonly line: number }>> {
  const rows = await tx.$queryRaw<{ clientId: string | null; number: number; line: number }[]>`
    select distinct on (client_id) client_id as "clientId", number, line from import_row
    where import_id = ${importId}::uuid and client_id = any(${[...clientIds]}::uuid[]) and faults is null
    order by client_id, number`
  return new Map(
    rows.flatMap(({ clientId, ...row }) => (clientId ? [[clientId, row] as const] : [])),
  )
}
