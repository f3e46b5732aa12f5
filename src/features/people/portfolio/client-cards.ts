import { type Card, textCard } from '../../../core/card.ts'
import { counted, type Language, speaker } from '../../../core/text.ts'
import { undoRow } from '../../../core/undo-button.ts'
import type { Client } from '../../clients/rules.ts'
import type { Named } from '../../staff/store.ts'

/** A client who goes to somebody else, with the open tasks that the owner works. */
export interface GivenClient {
  readonly client: Client
  readonly to: Named
  readonly tasks: number
}

/** To whoever handed it over. */
export function clientGivenCard({ client, to, tasks }: GivenClient, language: Language): Card {
  const say = speaker(language)
  return textCard(
    say(
      `已转交：**${client.name}** 和 ${tasks} 件任务 → ${to.name}，${client.ownerName} 和 ${to.name} 都会收到消息。`,
      `Handed over: **${client.name}** with ${counted(tasks, 'task')} to ${to.name}; ${client.ownerName} and ${to.name} are told.`,
    ),
    undoRow(say),
  )
}

/** To whoever has the client now. */
export function clientReceivedCard(by: string, client: Client, language: Language): Card {
  const say = speaker(language)
  return textCard(
    say(
      `${by}把 ${client.ownerName} 的客户 **${client.name}** 交给了您，往来记录和任务都在。`,
      `${by} handed you **${client.name}**, a client of ${client.ownerName}, with its history and tasks.`,
    ),
    {
      kind: 'buttons',
      buttons: [
        {
          label: say('客户', 'Client'),
          intent: { command: 'client', input: { clientId: client.id } },
        },
      ],
    },
  )
}

/** To whoever had it. */
export const clientGoneCard = (
  by: string,
  client: Client,
  to: { readonly name: string },
  language: Language,
): Card =>
  textCard(
    speaker(language)(
      `${by}把您的客户 **${client.name}** 转给了 ${to.name}，任务一并转走。`,
      `${by} handed your client **${client.name}** over to ${to.name}, with its tasks.`,
    ),
  )
