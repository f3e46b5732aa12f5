import type { Day } from '../../../core/calendar/time.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { saveHeld } from '../../clients/file/rows-store.ts'
import { putFacilities } from '../../facilities/changed.ts'
import type { Changing } from '../../facilities/credit/store.ts'
import type { ConfirmedFacility } from '../../facilities/store.ts'
import type { Range } from '../check/match-store.ts'
import type { By } from './clients-store.ts'

type Said = Pick<
  ConfirmedFacility,
  | 'clientId'
  | 'product'
  | 'account'
  | 'kind'
  | 'creditLimit'
  | 'balance'
  | 'openedOn'
  | 'endsOn'
  | 'asOf'
>

/** Puts the facilities of a range on file, with all that follows from them. */
export async function writeFacilities(tx: Queries, range: Range, by: Changing): Promise<void> {
  const said = await tx.$queryRaw<Said[]>`
    select client_id as "clientId", coalesce(after->>'product', before->>'product') as product,
      after->>'account' as account, coalesce(after->>'kind', before->>'kind', 'line') as kind,
      (after->>'limit')::float8 as "creditLimit", (after->>'balance')::float8 as balance,
      after->>'opened' as "openedOn", coalesce(after->>'ends', before->>'ends') as "endsOn",
      says->>'asOf' as "asOf"
    from import_row cross join lateral (
      select nullif(changes->'facility'->0, 'null') as before, changes->'facility'->1 as after) as change
    where import_id = ${range.importId}::uuid and number > ${range.after} and number <= ${range.last}
      and not written and verdict in ('new', 'changed') and changes ? 'facility' and client_id is not null
    order by number`
  if (said.length === 0) return
  const rest = { state: 'open', confirmedBy: 'import', lineAccount: null } as const
  const none = { closedOn: null, claimId: null, documentId: null }
  await putFacilities(
    tx,
    said.map((each) => ({ ...each, ...rest, ...none })),
    by,
  )
}

/** Puts the products of a range on files. */
export async function writeHeld(tx: Queries, range: Range, by: By): Promise<void> {
  const held = await tx.$queryRaw<{ clientId: string; product: string; asOf: Day }[]>`
    select distinct on (client_id, value->>1) client_id as "clientId", value->>1 as product,
      says->>'asOf' as "asOf"
    from import_row cross join jsonb_each(changes) as change
    where import_id = ${range.importId}::uuid and number > ${range.after} and number <= ${range.last}
      and not written and verdict in ('new', 'changed') and starts_with(key, 'held:')
      and client_id is not null
    order by client_id, value->>1, says->>'asOf' desc`
  const rest = { since: null, until: null, toldBy: 'import' } as const
  await saveHeld(
    tx,
    held.map((each) => ({ ...each, ...rest })),
    by,
  )
}
