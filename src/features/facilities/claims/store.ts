import type { Queries } from '../../../infra/database/index.ts'

/** A facility confirms a claim that was logged so many days after it was opened at most. */
const OPENED_BEFORE = 30

/**
 * Joins outcomes *granted* of these clients that nothing confirms to facilities that confirm none: each to
 * one of its product where there is one, lines and single loans before drawings, and then to the one
 * opened nearest to its day. Resolves to the clients whose claims were confirmed.
 */
export async function confirmClaims(tx: Queries, clientIds: readonly string[]): Promise<string[]> {
  const confirmed = new Set<string>()
  // Two claims that would have the same facility take turns.
  for (let more = true; more; ) {
    const joined = await tx.$queryRaw<{ clientId: string }[]>`
      update facility set claim_id = pair.claim_id
      from (
        select distinct on (facility_id) facility_id, claim_id from (
          select distinct on (outcome.id) outcome.id as claim_id, facility.id as facility_id
          from outcome join facility on facility.client_id = outcome.client_id
            and facility.claim_id is null
            and coalesce(facility.opened_on, facility.as_of) >= outcome.logged_on - ${OPENED_BEFORE}::int
          where outcome.client_id = any(${[...clientIds]}::uuid[]) and outcome.kind = 'granted'
            and outcome.undone_at is null
            and not exists (select from facility as other where other.claim_id = outcome.id)
          order by outcome.id, coalesce(facility.product = outcome.product, false) desc,
            facility.line_id nulls first,
            abs(coalesce(facility.opened_on, facility.as_of) - outcome.logged_on), facility.id
        ) as wanted order by facility_id, claim_id
      ) as pair
      where facility.id = pair.facility_id
      returning facility.client_id as "clientId"`
    for (const { clientId } of joined) confirmed.add(clientId)
    more = joined.length > 0
  }
  return [...confirmed]
}
