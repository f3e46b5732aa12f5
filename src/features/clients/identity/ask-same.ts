import type { Asker } from '../../../bot/policy.ts'
import { Choice } from '../../../core/decision.ts'
import { nameKey } from '../../../core/identity/name-key.ts'
import type { Intent } from '../../../core/intent.ts'
import type { Text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Client } from '../rules.ts'
import { findVisible } from '../store.ts'
import { alikeOf, type Newcomer } from './alike-store.ts'

/** What is done about somebody who is entered, by what the asker answers. */
export interface Answers {
  /** It is this client. */
  same(client: Client): Intent
  /** It is nobody who is on file. */
  readonly another: Intent
}

/**
 * Whether somebody who is to be entered is a client already, asked where it may be: one who has the number under
 * another name (a family may share one), or the name without the number. Null: nobody is like them. Of a client
 * whom the asker may not see nothing is told but that there is one of that name and business.
 *
 * @param holder who has the number; null: nobody
 */
export async function askSame(
  tx: Queries,
  entered: Newcomer,
  holder: Client | null,
  asker: Asker,
  answers: Answers,
): Promise<Choice | null> {
  const another = { label: '另建 another', intent: answers.another }
  const ask = (question: Text, same: readonly Client[]) =>
    new Choice(question, [
      ...same.map((client) => ({
        label: sameLabel(client, same),
        intent: answers.same(client),
      })),
      another,
    ])
  if (holder) {
    if (nameKey(holder.name) === nameKey(entered.name)) return null
    return ask(
      {
        zh: `这个手机号已经登记：${told(holder)}。和 ${entered.name} 是同一个人吗？`,
        en: `This phone number is on file: ${told(holder)}. Is ${entered.name} the same person?`,
      },
      [holder],
    )
  }
  const alike = await alikeOf(tx, entered, asker.who.id)
  const seen: Client[] = []
  let hidden = false
  for (const { id, sameBusiness } of alike) {
    const client = await findVisible(tx, asker, id)
    if (client) seen.push(client)
    else hidden ||= sameBusiness
  }
  if (seen.length > 0) {
    return ask(
      {
        zh: `已有 ${seen.map(told).join('、')}。是同一个吗？`,
        en: `On file: ${seen.map(told).join(', ')}. Is it the same?`,
      },
      seen,
    )
  }
  return hidden ? ask(SOMEBODY_ELSES, []) : null
}

const SOMEBODY_ELSES: Text = {
  zh: '同事名下已有同名同店的客户，还没有登记。是同一个就请联系您的团队主管，确实是另一位再另建。',
  en: 'A colleague has a client of that name and business, so nothing was entered yet. If it is the same, ask your team lead.',
}

const told = ({ name, businessName, ownerName }: Client): string =>
  `${name}（${[businessName, ownerName].filter(Boolean).join('，')}）`

const sameLabel = (client: Client, all: readonly Client[]): string =>
  all.length > 1 ? `是 ${told(client)}` : '是同一个 the same'
