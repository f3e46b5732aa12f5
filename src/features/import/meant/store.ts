import { Prisma } from '../../../generated/client.ts'

/**
 * `met`: the clients on file whom the numbers and the account of each row of `batch` (number, keys, account) mean.
 * What is far larger than a batch is looked up row by row (`offset 0`): joined, a planner reads all of it.
 */
export const MET = Prisma.sql`
  met as materialized (
    select number, array_agg(distinct client_id) as clients
    from (
      select batch.number, known.client_id
      from batch cross join unnest(batch.keys) as batch_key
      cross join lateral (
        select client_id from client_identity where kind = split_part(batch_key, ':', 1)
          and client_identity.key = secret_key(substr(batch_key, strpos(batch_key, ':') + 1)) offset 0) as known
      union
      select batch.number, held.client_id
      from batch cross join lateral (
        select client_id from facility where facility.account = batch.account offset 0) as held
    ) as found group by number
  )`

/** Beside each row of `batch`, the only client whom it means, and the unit of whoever serves them. */
export const CLIENT_MEANT = Prisma.sql`
  left join met on met.number = batch.number
  left join client on client.id = met.clients[1] and cardinality(met.clients) = 1
  left join staff as owner on owner.id = client.owner_id
  left join unit as owner_unit on owner_unit.id = owner.unit_id`

/** Whether that client is beyond reach: outside a path, or with `own` not this person's. */
export const isForeign = (path: string, own: string | null) => Prisma.sql`
  (client.id is not null and (not starts_with(owner_unit.path, ${path})
    or client.owner_id <> coalesce(${own}::uuid, client.owner_id)))`
