import type { Queries } from '../../../infra/database/index.ts'

/**
 * Who is above somebody: the active leads or heads of their unit, or of the nearest unit above that
 * has one; never the person themself.
 */
export async function superiorsOf(tx: Queries, staffId: string): Promise<string[]> {
  const superiors = await tx.$queryRaw<{ id: string }[]>`
    select id from (
      select boss.id, rank() over (order by length(above.path) desc) as nearness
      from staff join unit on unit.id = staff.unit_id
      join unit as above on starts_with(unit.path, above.path)
      join staff as boss on boss.unit_id = above.id and boss.active
        and boss.role in ('lead', 'head') and boss.id <> staff.id
      where staff.id = ${staffId}::uuid
    ) as ranked where nearness = 1`
  return superiors.map(({ id }) => id)
}
