import type { Context } from '../../../bot/command.ts'
import type { Actor } from '../../../core/staff.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { approversOf } from './approvers-store.ts'
import { askedCard } from './message-cards.ts'
import { isApprover } from './rules.ts'
import { takeFresh } from './store.ts'

/**
 * After somebody of a department brought about moves that it decides: the others hear at once that
 * these wait for them, as whoever made a move does not decide it.
 */
export async function askOthers(
  tx: Queries,
  clientIds: readonly string[],
  { who, tell }: { readonly who: Pick<Actor, 'id' | 'name' | 'role'> } & Pick<Context, 'tell'>,
): Promise<void> {
  if (!isApprover(who.role)) return
  const role = who.role
  const others = (await approversOf(tx, role)).filter(({ id }) => id !== who.id)
  if (others.length === 0) return
  const moves = await takeFresh(tx, role, clientIds)
  if (moves.length === 0) return
  for (const { id } of others) {
    await tell(id, (language) => askedCard(who.name, role, moves, language))
  }
}
