import type { Context } from '../../../bot/command.ts'
import type { Asker } from '../../../bot/policy.ts'
import { type Text, text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Identity } from '../../clients/identity/rules.ts'
import { holdersOf } from '../../clients/identity/store.ts'
import { findVisible } from '../../clients/store.ts'

/** By number, why it cannot be this client's; says no more of whoever holds it than the asker may see. */
export async function othersHolding(
  tx: Queries,
  clientId: string,
  identities: readonly Identity[],
  context: Context & Asker,
): Promise<ReadonlyMap<string, Text>> {
  if (identities.length === 0) return new Map()
  const others = (await holdersOf(tx, identities)).filter((each) => each.clientId !== clientId)
  const said = new Map<string, Text>()
  for (const { value, clientId: holder } of others) {
    const seen = await findVisible(tx, context, holder)
    said.set(
      value,
      seen
        ? text(
            `这个号码已登记在 ${seen.name} 名下，没有改。`,
            `This number is on the file of ${seen.name} already, so it was not written here.`,
          )
        : text(
            '这个号码已有同事的客户在用，没有改。请核对；确属同一人请联系您的团队主管。',
            'A client of a colleague has this number already, so it was not written here. Check it, or ask your team lead.',
          ),
    )
  }
  return said
}
