import type { Day } from '../../core/calendar/time.ts'
import { newId } from '../../core/ids.ts'
import type { Queries } from '../../infra/database/index.ts'
import { rowsPerClient } from '../clients/per-client.ts'
import type { Facility } from './rules.ts'

/** A facility as it is confirmed: by a lead, an import or a feed. */
export interface ConfirmedFacility extends Omit<Facility, 'id' | 'lineId'> {
  readonly clientId: string
  /** Of a drawing, the account of its line, which is on file; null of others. */
  readonly lineAccount: string | null
  /** The outcome *granted* that it confirms, and the paper it was confirmed by. */
  readonly claimId: string | null
  readonly documentId: string | null
}

/** The facilities of a client: lines and single loans first, each with its drawings behind it. */
export const facilitiesOf = rowsPerClient(
  (tx, clientIds) => tx.$queryRaw<(Facility & { readonly clientId: string })[]>`
    select facility.id, facility.client_id as "clientId", facility.product, facility.account,
      facility.kind, facility.line_id as "lineId", facility.credit_limit::float8 as "creditLimit",
      facility.balance::float8, facility.opened_on::text as "openedOn",
      facility.ends_on::text as "endsOn", facility.state, facility.closed_on::text as "closedOn",
      facility.confirmed_by as "confirmedBy",
      facility.as_of::text as "asOf"
    from facility left join facility as line on line.id = facility.line_id
    where facility.client_id = any(${clientIds}::uuid[])
    order by facility.client_id, coalesce(line.opened_on, facility.opened_on) nulls last,
      coalesce(line.id, facility.id), facility.line_id nulls first, facility.opened_on, facility.id`,
)

/**
 * Puts facilities on file, or anew over those of the same account; lines before their drawings. What
 * stood there is not kept here. One whose account another client holds is left out. Resolves to the ids
 * of what was written.
 */
export async function saveFacilities(
  tx: Queries,
  facilities: readonly ConfirmedFacility[],
  by: { readonly staffId: string | null; readonly actId: string | null; readonly now: Date },
): Promise<string[]> {
  const ids: string[] = []
  const drawings = (each: ConfirmedFacility) => each.lineAccount !== null
  for (const some of [facilities.filter((each) => !drawings(each)), facilities.filter(drawings)]) {
    if (some.length > 0) ids.push(...(await save(tx, some, by)))
  }
  return ids
}

async function save(
  tx: Queries,
  facilities: readonly ConfirmedFacility[],
  by: { readonly staffId: string | null; readonly actId: string | null; readonly now: Date },
): Promise<string[]> {
  const rows = facilities.map((each) => ({ id: newId(), ...each }))
  const saved = await tx.$queryRaw<{ id: string }[]>`
    insert into facility (id, client_id, product, account, kind, line_id, credit_limit, balance,
      opened_on, ends_on, state, closed_on, confirmed_by, as_of, claim_id, document_id, staff_id,
      act_id, recorded_at)
    select given.id, given."clientId", given.product, given.account, given.kind, line.id,
      given."creditLimit", given.balance, given."openedOn", given."endsOn", given.state,
      given."closedOn", given."confirmedBy", given."asOf", given."claimId", given."documentId", ${by.staffId}::uuid,
      ${by.actId}::uuid, ${by.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (
      id uuid, "clientId" uuid, product text, account text, kind text, "lineAccount" text,
      "creditLimit" bigint, balance bigint, "openedOn" date, "endsOn" date, state text,
      "closedOn" date, "confirmedBy" text, "asOf" date, "claimId" uuid, "documentId" uuid)
    left join facility as line on line.account = given."lineAccount"
    on conflict (account) do update set product = excluded.product, kind = excluded.kind,
      line_id = excluded.line_id, credit_limit = excluded.credit_limit, balance = excluded.balance,
      opened_on = coalesce(excluded.opened_on, facility.opened_on), ends_on = excluded.ends_on,
      state = excluded.state, closed_on = excluded.closed_on,
      confirmed_by = excluded.confirmed_by, as_of = excluded.as_of,
      claim_id = coalesce(facility.claim_id, excluded.claim_id),
      document_id = coalesce(excluded.document_id, facility.document_id),
      staff_id = excluded.staff_id, act_id = excluded.act_id, recorded_at = excluded.recorded_at
    where facility.client_id = excluded.client_id
    returning id`
  return saved.map(({ id }) => id)
}

/** Writes another end of a facility; by whom it was confirmed, and of which day its balance is, stays. */
export const saveEnd = (tx: Queries, id: string, endsOn: Day): Promise<number> =>
  tx.$executeRaw`update facility set ends_on = ${endsOn}::date where id = ${id}::uuid`
