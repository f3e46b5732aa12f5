import type { Context } from '../../bot/command.ts'
import { textCard } from '../../core/card.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import { speaker } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { mask } from '../clients/identity/rules.ts'
import { superiorsOf } from '../staff/store.ts'
import { isListed } from './screen.ts'

/**
 * Why somebody of this number cannot come on file: a client whom the asker may not see has it, or it is on the
 * negative list. The asker hears the same of both, so that a number tried out tells neither; whoever is above hears
 * which it is. Null: nothing stands against it.
 *
 * @param phone E.164
 * @param hidden the client who has it and whom the asker may not see; null: nobody has it
 */
export async function withholdNumber(
  tx: Queries,
  phone: string,
  hidden: { readonly ownerName: string } | null,
  { who, bank, tell }: Context,
): Promise<Refusal | null> {
  if (!hidden && !(await isListed(tx, bank, { phone }))) return null
  for (const superior of await superiorsOf(tx, who.id)) {
    await tell(superior, (language) => {
      const say = speaker(language)
      const why = hidden
        ? say(`是 ${hidden.ownerName} 的客户`, `is of a client of ${hidden.ownerName}`)
        : say('在负面清单上', 'is on the negative list')
      return textCard(
        say(
          `${who.name} 想登记手机号 ${mask(phone)}，没有登记：这个号码${why}。${who.name} 没有被告知原因。`,
          `${who.name} wanted to enter the phone number ${mask(phone)}, and nothing was entered: it ${why}. ${who.name} was not told why.`,
        ),
      )
    })
  }
  return refuse(
    '这个手机号不能登记：已有客户经理在服务，或有其他限制。没有登记，主管会收到提示；如需跟进，请联系您的团队主管。',
    'This phone number cannot be entered: a colleague serves it, or something else stands against it. Nothing was entered and your lead hears of it; ask your lead if you want to follow up.',
  )
}
