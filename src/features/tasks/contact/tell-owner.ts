import type { Context } from '../../../bot/command.ts'
import { textCard } from '../../../core/card.ts'
import { speaker } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'

/** The client's own manager hears that a colleague was asked not to contact them any more. */
export async function tellOwnerOfSilence(
  tx: Queries,
  clientId: string,
  why: string | null,
  { who, tell }: Pick<Context, 'who' | 'tell'>,
): Promise<void> {
  const [client] = await tx.$queryRaw<{ name: string; ownerId: string }[]>`
    select name, owner_id::text as "ownerId" from client where id = ${clientId}::uuid`
  if (!client || client.ownerId === who.id) return
  const { name, ownerId } = client
  await tell(ownerId, (language) =>
    textCard(
      speaker(language)(
        `${who.name}登记：您的客户 **${name}** 不要再联系${why ? `（${why}）` : ''}。未办的任务已取消；客户同意恢复时，发"可联系 ${name} 理由"。`,
        `${who.name} noted that your client **${name}** is not to be contacted any more${why ? ` (${why})` : ''}. Open tasks are cancelled; when they agree again say "may contact ${name} reason".`,
      ),
    ),
  )
}
