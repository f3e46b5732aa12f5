import { Prisma } from '../../../generated/client.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { KeyKind } from '../columns.ts'
import { CLIENT_OF_KEY } from '../merge/store.ts'
import { REJECTED } from '../store.ts'

/**
 * Whether rows of a load name one client twice, by whichever numbers; `kinds`: those that they are named by. Asked of
 * all together, which a planner joins in a fraction of the time of looking up each.
 */
export async function namesTwice(
  tx: Queries,
  loadId: string,
  kinds: readonly KeyKind[],
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ twice: boolean }[]>`
    select exists (
      select client_id from (
        select known.client_id from feed_row join client_identity as known
          on known.kind = key_kind and known.key = feed_row.key and known.kind = any(${[...kinds]}::text[])
        where load_id = ${loadId}::uuid
        union all select client.id from feed_row join client on core_number = key
        where load_id = ${loadId}::uuid and key_kind = 'core-number' and 'core-number' = any(${[...kinds]}::text[])
      ) as named group by client_id having count(*) > 1
    ) as twice`
  return row?.twice ?? true
}

/**
 * Sets rows of facts aside whose client a later row of the load names too: that one counts. Resolves to their lines, in
 * order. As only few feeds have any, it is asked first.
 */
export async function setEarlierFactsAside(
  tx: Queries,
  loadId: string,
  kinds: readonly KeyKind[],
): Promise<readonly number[]> {
  if (!(await namesTwice(tx, loadId, kinds))) return []
  const rows = await tx.$queryRaw<{ line: number }[]>`
    update feed_row set key_kind = ${REJECTED}
    from (
      select line, row_number() over (partition by client_id order by line desc) as place
      from (select line, ${Prisma.raw(CLIENT_OF_KEY)} as client_id
        from feed_row where load_id = ${loadId}::uuid and key_kind <> ${REJECTED}) as met
      where client_id is not null
    ) as named
    where load_id = ${loadId}::uuid and feed_row.line = named.line and place > 1
    returning feed_row.line`
  return rows.map(({ line }) => line).sort((one, other) => one - other)
}

/**
 * Sets rows aside whose account, or whose client where that is known by now, a later row of the load names too: that
 * one counts. Resolves to their lines, in order.
 */
export async function setEarlierAside(
  tx: Queries,
  loadId: string,
  by: 'account' | 'client_id',
): Promise<readonly number[]> {
  const named = Prisma.raw(by)
  const rows = await tx.$queryRaw<{ line: number }[]>`
    update feed_row set key_kind = ${REJECTED}, client_id = null
    from (
      select ${named} as named, max(line) as last from feed_row
      where load_id = ${loadId}::uuid and key_kind <> ${REJECTED} and ${named} is not null
      group by ${named} having count(*) > 1
    ) as twice
    where load_id = ${loadId}::uuid and key_kind <> ${REJECTED} and ${named} = twice.named
      and line < twice.last
    returning line`
  return rows.map(({ line }) => line).sort((one, other) => one - other)
}
