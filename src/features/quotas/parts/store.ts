import type { Queries } from '../../../infra/database/index.ts'
import { type Holder, idOf, MEASURES, type Measure, type Target } from '../rules.ts'
import type { Span } from '../span.ts'
import { targetsOf } from '../store.ts'
import type { Below } from './rules.ts'

/** A unit, what is set for it, and what those right below it have of that. */
export interface Parts {
  readonly unit: Holder
  readonly set: readonly Target[]
  readonly below: readonly (Below & { readonly set: readonly Target[] })[]
}

/** The units right below one and the managers in it. */
async function rightBelow(tx: Queries, unitId: string): Promise<Below[]> {
  const rows = await tx.$queryRaw<(Omit<Below, 'whose'> & { id: string; person: boolean })[]>`
    with people as (
      select staff.id, staff.code, staff.name, staff.unit_id, unit.path,
        (select count(*) from client where owner_id = staff.id)::int as clients
      from unit as top join unit on starts_with(unit.path, top.path)
        join staff on staff.unit_id = unit.id and staff.active and staff.role = 'manager'
      where top.id = ${unitId}::uuid
    )
    select id, code, name, null as "unitPath", true as person, 1 as managers, clients
    from people where unit_id = ${unitId}::uuid
    union all
    select unit.id, unit.code, unit.name, unit.path, false, count(people.id)::int,
      coalesce(sum(people.clients), 0)::int
    from unit left join people on starts_with(people.path, unit.path)
    where unit.parent_id = ${unitId}::uuid and unit.kind <> 'department'
    group by unit.id
    order by person, code`
  return rows.map(({ id, person, ...each }) => ({
    ...each,
    whose: person ? { staffId: id } : { unitId: id },
  }))
}

/** What a unit is to reach in a span, and how that is given out. */
export async function partsIn(tx: Queries, unit: Holder, span: Span): Promise<Parts> {
  const below = await rightBelow(tx, idOf(unit))
  const targets = await targetsOf(tx, [unit, ...below].map(idOf), [span])
  const setFor = (holder: Holder) =>
    MEASURES.flatMap((measure: Measure): Target[] => {
      const set = targets.get(`${idOf(holder)} ${span} ${measure}`)
      return set ? [{ measure, ...set }] : []
    })
  return {
    unit,
    set: setFor(unit),
    below: below.map((each) => ({ ...each, set: setFor(each) })),
  }
}
