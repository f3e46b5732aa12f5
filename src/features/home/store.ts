import type { Actor } from '../../core/staff.ts'
import type { Queries } from '../../infra/database/index.ts'

/** Whose page it is, as far as it decides what stands on it. */
export type Owner = Pick<Actor, 'id' | 'role' | 'unitPath' | 'language' | 'code' | 'name'>

export async function ownerOf(tx: Queries, staffId: string): Promise<Owner | null> {
  const [owner] = await tx.$queryRaw<Owner[]>`
    select staff.id, staff.role, unit.path as "unitPath", staff.language, staff.code, staff.name
    from staff join unit on unit.id = staff.unit_id
    where staff.id = ${staffId}::uuid and staff.active`
  return owner ?? null
}
