import type { Queries } from '../../../infra/database/index.ts'
import type { ApproverRole } from '../../tier-rules/rules.ts'

/** Everybody who decides for a role. */
export const approversOf = (
  tx: Queries,
  role: ApproverRole,
): Promise<{ id: string; name: string }[]> =>
  tx.staff.findMany({
    where: { role, active: true },
    select: { id: true, name: true },
    orderBy: { code: 'asc' },
  })

/** The names of those who decide for a role beside this person. */
export const colleaguesOf = async (
  tx: Queries,
  role: ApproverRole,
  staffId: string,
): Promise<string[]> =>
  (await approversOf(tx, role)).filter(({ id }) => id !== staffId).map(({ name }) => name)

/** The heads of the nearest units that a role's departments belong to; nobody where none has a head. */
export async function headsAbove(tx: Queries, role: ApproverRole): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    with above as (
      select distinct on (department.path) department.path, unit.id as unit_id
      from (select distinct unit.path from staff join unit on unit.id = staff.unit_id
        where staff.role = ${role} and staff.active) as department
      join unit on starts_with(department.path, unit.path)
      join staff as head on head.unit_id = unit.id and head.role = 'head' and head.active
      order by department.path, length(unit.path) desc
    )
    select distinct head.id from above
    join staff as head on head.unit_id = above.unit_id and head.role = 'head' and head.active`
  return rows.map(({ id }) => id)
}
