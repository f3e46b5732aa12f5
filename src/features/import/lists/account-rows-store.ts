import type { Queries } from '../../../infra/database/index.ts'

/** By account in small letters, the first row of an import that names it. */
export async function firstOfAccounts(
  tx: Queries,
  importId: string,
): Promise<Map<string, { readonly number: number; readonly line: number }>> {
  const rows = await tx.$queryRaw<{ userId: string; number: number; line: number }[]>`
    select distinct on (lower(says->>'userId')) lower(says->>'userId') as "userId", number, line
    from import_row where import_id = ${importId}::uuid and first is null and says ? 'userId'
    order by lower(says->>'userId'), number`
  return new Map(rows.map(({ userId, ...row }) => [userId, row]))
}
