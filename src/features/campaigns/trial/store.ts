import type { Scope } from '../../../bot/policy.ts'
import type { Day } from '../../../core/calendar/time.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Campaign } from '../rules.ts'
import type { Trial } from './rules.ts'

interface Row {
  readonly heldOut: boolean
  readonly clients: number
  readonly applied: number
  readonly granted: number
}

/**
 * What came of both sides of a campaign's trial in its days up to `today`, whoever it was that talked to them: by
 * what was logged, and by loans that the bank's own book knows. Null: it has none, or somebody sees only their own.
 */
export async function trialOf(
  tx: Queries,
  { id, controlShare, startsOn, endsOn }: Campaign,
  scope: Scope,
  today: Day,
): Promise<Trial | null> {
  if (controlShare === 0 || scope.kind !== 'subtree') return null
  const last = endsOn < today ? endsOn : today
  const rows = await tx.$queryRaw<Row[]>`
    with side as (
      select trial.client_id, held_out from campaign_trial as trial
      join client on client.id = trial.client_id join staff on staff.id = client.owner_id
      join unit on unit.id = staff.unit_id
      where campaign_id = ${id}::uuid and starts_with(unit.path, ${scope.path})
    ), came as (
      select client_id, bool_or(stage = 'granted') as granted from outcome
      where client_id in (select client_id from side) and undone_at is null
        and stage in ('applied', 'approved', 'signed', 'granted')
        and logged_on between ${startsOn}::date and ${last}::date
      group by client_id
      union all
      select client_id, true from facility
      where client_id in (select client_id from side) and line_id is null
        and opened_on between ${startsOn}::date and ${last}::date
    )
    select held_out as "heldOut", count(distinct side.client_id)::int as clients,
      count(distinct came.client_id)::int as applied,
      count(distinct came.client_id) filter (where granted)::int as granted
    from side left join came on came.client_id = side.client_id
    group by held_out`
  const arm = (heldOut: boolean) => {
    const row = rows.find((each) => each.heldOut === heldOut)
    const { clients = 0, applied = 0, granted = 0 } = row ?? {}
    return { clients, reached: { applied, granted } }
  }
  return { approached: arm(false), heldOut: arm(true) }
}
