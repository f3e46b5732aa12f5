import type { Asker } from '../../bot/policy.ts'
import { Choice } from '../../core/decision.ts'
import { nameKey } from '../../core/identity/name-key.ts'
import type { Intent } from '../../core/intent.ts'
import type { Text } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { alikeOf } from '../clients/identity/alike-store.ts'
import type { Client } from '../clients/rules.ts'
import { findVisible } from '../clients/store.ts'
import type { NewClient } from './rules.ts'

/**
 * Whether somebody who is to be entered is a client already, asked where it may be: one who has the number under
 * another name (a family may share one), or the name without the number. Null: nobody is like them. Of a client
 * whom the asker may not see nothing is told but that there is one of that name and business.
 */
export async function askSame(
  tx: Queries,
  entered: NewClient,
  holder: Client | null,
  asker: Asker,
): Promise<Choice | null> {
  const another = {
    label: '另建 another',
    intent: { command: 'new-client', input: { ...entered, asNew: true } },
  }
  const ask = (question: Text, same: readonly Client[]) =>
    new Choice(question, [
      ...same.map((client) => ({
        label: sameLabel(client, same),
        intent: intentOf(client, entered),
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

/** The client's card, or what was said that the file does not have written on it. */
function intentOf({ id, phone, businessName }: Client, entered: NewClient): Intent {
  const fields = {
    ...(phone !== entered.phone && { otherPhone: entered.phone }),
    ...(businessName === null && entered.businessName && { businessName: entered.businessName }),
  }
  return Object.keys(fields).length > 0
    ? { command: 'change-client', input: { clientId: id, fields } }
    : { command: 'client', input: { clientId: id } }
}
