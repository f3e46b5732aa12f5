import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import type { Intent } from '../../../core/intent.ts'
import type { Actor } from '../../../core/staff.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Owned } from '../../staff/policy.ts'
import { resolveColleague } from '../../staff/resolve-colleague.ts'
import { departmentNames, departmentToShare, type Share } from './share-store.ts'

/** Whom a client is shared with: a colleague, or a department of another line. */
export interface Partner extends Pick<Share, 'staffId' | 'unitId'> {
  readonly name: string
}

/** How departments are called, and people are not. */
const CALLED_DEPARTMENT = /(?:部|部门|中心|dep(?:t\.?|artment))$/i

/** The department of that name or code, else the colleague. */
export async function resolvePartner(
  tx: Queries,
  who: Actor,
  client: Owned,
  said: string,
  intent: Intent,
): Promise<Partner | Refusal | Choice> {
  const department = await departmentToShare(tx, said, client.ownerId)
  if (department) {
    const { id, name, inReach } = department
    return inReach
      ? { staffId: null, unitId: id, name }
      : refuse(
          `${name} 是别的支行的部门，请选总行或本支行的部门。`,
          `${name} is a department of another branch; choose one of head office or of your own branch.`,
        )
  }
  const colleague = await resolveColleague(tx, who, said, intent, 'with')
  if (colleague instanceof Refusal && CALLED_DEPARTMENT.test(said)) {
    const names = await departmentNames(tx, client.ownerId)
    return refuse(
      `没有叫"${said}"的部门${names.length > 0 ? `，可以共享给：${names.join('、')}` : ''}。`,
      `There is no department "${said}"${names.length > 0 ? `; there are ${names.join(', ')}` : ''}.`,
    )
  }
  if (colleague instanceof Refusal || colleague instanceof Choice) return colleague
  return { staffId: colleague.id, unitId: null, name: colleague.name }
}
