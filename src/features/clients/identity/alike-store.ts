import type { Queries } from '../../../infra/database/index.ts'

/** Somebody who is about to come on file. */
export interface Newcomer {
  readonly name: string
  readonly businessName: string | null
}

/** A client who may be the same, whether the asker may see them or not. */
export interface Alike {
  readonly id: string
  readonly name: string
  readonly businessName: string | null
  readonly ownerId: string
  /** The business is called the same too. */
  readonly sameBusiness: boolean
}

/** More are not asked about. */
const MOST = 4

/**
 * Clients who may be somebody who is about to be `ownerId`'s, by a name in any spelling: with the same business
 * wherever they are, and in the owner's unit with no other business, or one that is called much the same (曹记印刷,
 * 曹记印刷厂). Those of the same business come first.
 */
export const alikeOf = (
  tx: Queries,
  { name, businessName }: Newcomer,
  ownerId: string,
): Promise<Alike[]> =>
  tx.$queryRaw<Alike[]>`
    select client.id, client.name, business_name as "businessName", owner_id as "ownerId",
      coalesce(name_key(business_name) = asked.business, false) as "sameBusiness"
    from (select name_key(${name}) as name, nullif(name_key(${businessName}::text), '') as business) as asked
    cross join client join staff as owner on owner.id = owner_id
    where grams(name_key(client.name || coalesce(business_name, ''))) @> grams(name_key(${name}))
      and name_key(client.name) = asked.name
      and (name_key(business_name) = asked.business
        or owner.unit_id = (select unit_id from staff where id = ${ownerId}::uuid)
          and (business_name is null or asked.business is null
            or strpos(name_key(business_name), asked.business) > 0
            or strpos(asked.business, name_key(business_name)) > 0))
    order by "sameBusiness" desc, owner_id <> ${ownerId}::uuid, client.id limit ${MOST}`
