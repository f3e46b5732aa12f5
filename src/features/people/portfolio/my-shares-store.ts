import type { Queries } from '../../../infra/database/index.ts'
import type { Share } from './share-store.ts'

/** A client that somebody serves together with others, as one of them sees it. */
export interface MyShare extends Pick<Share, 'backup' | 'since' | 'until' | 'reason'> {
  readonly clientId: string
  readonly client: string
  /** It is theirs, and shared with the other; else the other's. */
  readonly own: boolean
  readonly with: string
  readonly businessName: string | null
  readonly phone: string | null
  /** Loans of the client since it is shared, whoever saw to them, and whole yuan of them; null: since when is unknown. */
  readonly loans: number | null
  readonly amount: number
  /** Needs that the department saw to since; of a colleague 0. */
  readonly needs: number
}

/**
 * What somebody shares with others, and others with them or their department; that which ends first comes first.
 */
export const mySharesOf = (tx: Queries, staffId: string): Promise<MyShare[]> =>
  tx.$queryRaw<MyShare[]>`
    with mine as (
      select client_id, staff_id, null::uuid as unit_id, backup, since, until, reason
      from share join client on client.id = client_id
      where share.staff_id = ${staffId}::uuid or client.owner_id = ${staffId}::uuid
      union all
      select client_id, null, unit_id, false, since, until, reason
      from department_share join client on client.id = client_id
      where client.owner_id = ${staffId}::uuid or unit_id in (
        select unit.id from staff join unit as own on own.id = staff.unit_id
          join unit on starts_with(own.path, unit.path)
        where staff.id = ${staffId}::uuid and staff.role = 'line')
    )
    select client.id as "clientId", client.name as client, client.owner_id = ${staffId}::uuid as own,
      case when client.owner_id = ${staffId}::uuid then coalesce(unit.name, other.name) else owner.name end as with,
      client.business_name as "businessName", client.phone, backup, since::text as since, until::text as until, reason,
      case when since is not null then loans.count end as loans,
      coalesce(loans.amount, 0)::float8 as amount, needs.count as needs
    from mine join client on client.id = mine.client_id join staff as owner on owner.id = client.owner_id
    left join staff as other on other.id = mine.staff_id left join unit on unit.id = mine.unit_id
    cross join lateral (
      select count(*)::int as count, sum(coalesce(confirmed_amount, claimed_amount)) as amount
      from loan_granted where loan_granted.client_id = client.id and granted_on >= since
    ) as loans
    cross join lateral (
      select count(*)::int as count from need join hand_over_row as row on row.need_id = need.id
        join hand_over on hand_over.id = row.hand_over_id
      where need.client_id = client.id and hand_over.unit_id = mine.unit_id and row.done_on >= since
    ) as needs
    order by own desc, until nulls last, client.name, "with"`
