import { z } from 'zod'
import type { Asker } from '../../../bot/policy.ts'
import { type Refusal, refuse } from '../../../core/decision.ts'
import type { Actor } from '../../../core/staff.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { findMember } from '../../staff/resolve-colleague.ts'
import { LISTED } from '../../staff/rules.ts'
import type { Named } from '../../staff/store.ts'

/** Why one's own leave need not be entered; null: it is. */
const noList = ({ role }: Pick<Actor, 'role'>): Refusal | null =>
  LISTED.includes(role)
    ? null
    : refuse(
        '您没有任务清单，不用登记请假。替组员登记：请假 M005 12/1-12/3 代班 王五。',
        'You have no list, so nothing need be entered. For somebody of yours: away M005 12/1-12/3 stand-in Lee.',
      )

const ofSomebody = z.object({ person: z.string().min(1) })

/** The same before anything is asked of one's own leave. */
export const askedForNothing = async (
  _tx: Queries,
  input: unknown,
  { who }: Asker,
): Promise<Refusal | null> => (ofSomebody.safeParse(input).success ? null : noList(who))

/** Whose absence it is: one's own where nobody is named; of others their lead or head says it. */
export async function absentOf(
  tx: Queries,
  named: string | undefined,
  asker: Asker,
): Promise<Pick<Named, 'id' | 'name' | 'code'> | Refusal> {
  const { who } = asker
  const isSelf = named === undefined || named === who.name || named === who.code
  if (isSelf) {
    return noList(who) ?? who
  }
  if (who.role === 'manager') {
    return refuse(
      `"${named}"的请假由本人或主管登记。您自己请假：请假 12/1-12/5 代班 王五。`,
      `The leave of "${named}" is entered by themselves or their lead. Your own: away 12/1-12/5 stand-in Lee.`,
    )
  }
  const member = await findMember(tx, asker, named)
  if (!('id' in member)) return member
  if (!member.active) return refuse(`${member.name} 已离职。`, `${member.name} has left.`)
  return LISTED.includes(member.role)
    ? member
    : refuse(
        `${member.name} 没有任务清单，不用登记请假。`,
        `${member.name} has no list, so nothing need be entered.`,
      )
}
