import { type Day, day } from '../../../core/calendar/time.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Claim, UnconfirmedClaim } from './rules.ts'

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
          where outcome.client_id = any(${[...clientIds]}::uuid[]) and outcome.stage = 'granted'
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

/** The claims of a client that nothing confirms, the latest first. */
export const openClaims = (tx: Queries, clientId: string): Promise<Claim[]> => tx.$queryRaw<
  Claim[]
>`
  select outcome.id, outcome.staff_id as "staffId", staff.name as "staffName",
    outcome.amount::float8 as amount, outcome.product, outcome.logged_on::text as on
  from outcome join staff on staff.id = outcome.staff_id
  where outcome.client_id = ${clientId}::uuid and outcome.stage = 'granted' and outcome.undone_at is null
    and not exists (select from facility where facility.claim_id = outcome.id)
  order by outcome.logged_at desc`

/** Claims logged after a day (null: ever) and up to another that nothing confirms. */
export const unconfirmedClaims = (
  tx: Queries,
  after: Day | null,
  until: Day,
): Promise<UnconfirmedClaim[]> => tx.$queryRaw<UnconfirmedClaim[]>`
  select outcome.id, outcome.staff_id as "staffId", staff.name as "staffName",
    outcome.amount::float8 as amount, outcome.product, outcome.logged_on::text as on,
    client.name as "clientName", (
      select boss.id from staff as boss join unit as above on above.id = boss.unit_id
      where boss.active and boss.role in ('lead', 'head') and starts_with(unit.path, above.path)
        and boss.id <> staff.id
      order by length(above.path) desc, boss.code limit 1) as "leadId"
  from outcome join client on client.id = outcome.client_id
  join staff on staff.id = outcome.staff_id join unit on unit.id = staff.unit_id
  where outcome.stage = 'granted' and outcome.undone_at is null and staff.active
    and outcome.logged_on > coalesce(${after}::date, '-infinity') and outcome.logged_on <= ${until}::date
    and not exists (select from facility where facility.claim_id = outcome.id)
  order by outcome.logged_on, outcome.id`

/** In the settings: claims logged up to this day were asked about. */
const ASKED = 'claims-asked'

/** The last day whose claims were asked about; null: none were. */
export async function askedUpTo(tx: Queries): Promise<Day | null> {
  const row = await tx.setting.findUnique({ where: { key: ASKED } })
  return row ? day(String(row.value)) : null
}

export async function noteAsked(tx: Queries, until: Day): Promise<void> {
  await tx.setting.upsert({
    where: { key: ASKED },
    create: { key: ASKED, value: until },
    update: { value: until },
  })
}
