import type { Day } from '../../core/calendar/time.ts'
import { Prisma } from '../../generated/client.ts'
import { secret } from '../../infra/database/encryption/secret.ts'
import type { Queries } from '../../infra/database/index.ts'
import { NEW_ID } from '../../infra/database/new-id.ts'
import { meantBy } from '../registers/store.ts'
import type { Cluster } from './rules.ts'

/** What is kept of a cluster besides its names; null: not recorded. */
export async function clusterById(
  tx: Queries,
  id: string,
): Promise<Omit<Cluster, 'aliases'> | null> {
  const [row] = await tx.$queryRaw<Omit<Cluster, 'aliases'>[]>`
    select id::text, name, kind, address, contact_name as "contactName",
      contact_phone as "contactPhone", businesses
    from register_entry where id = ${id}::uuid and register = 'cluster'`
  return row ?? null
}

/** Writes what is said of a cluster; null leaves what stands. */
export async function saveCluster(
  tx: Queries,
  id: string,
  said: Pick<Cluster, 'kind' | 'address' | 'contactName' | 'contactPhone' | 'businesses'>,
  by: { readonly staffId: string; readonly actId: string; readonly now: Date },
): Promise<void> {
  await tx.$executeRaw`
    update register_entry set kind = coalesce(${said.kind}, kind), address = coalesce(${said.address}, address),
      contact_name = coalesce(${said.contactName}, contact_name),
      contact_phone = coalesce(${secret('phone', said.contactPhone)}, contact_phone),
      businesses = coalesce(${said.businesses}::int, businesses),
      settled_at = ${by.now}::timestamptz, settled_act = ${by.actId}::uuid, staff_id = ${by.staffId}::uuid,
      act_id = ${by.actId}::uuid, recorded_at = ${by.now}::timestamptz
    where id = ${id}::uuid`
}

/** A cluster as the list of them has it. */
export interface ListedCluster {
  readonly name: string
  readonly kind: Cluster['kind']
  readonly businesses: number | null
  readonly clients: number
  /** How many there are in all. */
  readonly total: number
}

/** So many are listed, those with most clients first. */
const MOST_LISTED = 20

export const clustersListed = (tx: Queries): Promise<ListedCluster[]> =>
  tx.$queryRaw<ListedCluster[]>`
    select entry.name, entry.kind, entry.businesses, count(client.id)::int as clients,
      count(*) over ()::int as total
    from register_entry as entry
    left join register_entry as spelling on coalesce(spelling.same_as, spelling.id) = entry.id
    left join client on client.cluster_id = spelling.id
    where entry.register = 'cluster' and entry.same_as is null group by entry.id
    order by count(client.id) desc, entry.name limit ${MOST_LISTED}`

/**
 * Opens a visit on a day to each client of a manager in a cluster, but to whom nobody may market and who is visited
 * already; resolves to how many.
 */
export const openVisits = (
  tx: Queries,
  clusterId: string,
  managerId: string,
  dueOn: Day,
  by: { readonly actId: string; readonly now: Date; readonly note: string },
): Promise<number> =>
  tx.$executeRaw`
    insert into task (id, manager_id, client_id, kind, due_on, status, priority, base, reason, asked, attempt,
      note, opened_by, created_at)
    select ${Prisma.raw(NEW_ID)}, owner_id, client.id, 'visit', ${dueOn}::date, 'open', 60, 60, 'own', false, 0,
      ${secret('note', by.note)}, ${by.actId}::uuid, ${by.now}::timestamptz
    from client left join client_tier on client_tier.client_id = client.id
    where cluster_id in ${meantBy([clusterId])} and owner_id = ${managerId}::uuid and not negative_list
      and do_not_contact is null and tier is distinct from 'F'
    order by client.id
    on conflict do nothing`
