import { z } from 'zod'
import { type Context, command } from '../../../bot/command.ts'
import type { Asker } from '../../../bot/policy.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { type ClientRef, clientRef, resolveClient } from '../../clients/resolve-client.ts'
import { resolveColleague } from '../../staff/resolve-colleague.ts'
import { openTasksOf } from '../../tasks/store.ts'
import * as policy from '../policy.ts'
import {
  clientGivenCard,
  clientGoneCard,
  clientReceivedCard,
  type GivenClient,
} from './client-cards.ts'
import { CLIENT_PHRASES } from './phrases.ts'
import { handClient } from './store.ts'

const input = z.object({
  ...clientRef,
  to: z.string().trim().min(1).max(40),
  /** The button was pressed under what it would do. */
  sure: z.boolean().default(false),
})
type Input = z.infer<typeof input>

/** One client to a colleague, with its history and its open tasks: first it is shown, and asked. */
export const handOverClient = command<Input, GivenClient, GivenClient>({
  name: 'hand-client',
  may: policy.handClient,
  undoable: true,
  help: {
    usage: { zh: '交接客户 张三 给 王五', en: 'hand over client Zhang to Lee' },
    purpose: {
      zh: '把一位客户连同任务转给同事，历史不变',
      en: 'one client with its tasks to a colleague, history and all',
    },
  },
  phrases: CLIENT_PHRASES,
  input,
  load,
  decide: (given) => given,
  async save(tx, { client, to }, { who, at, actId, tell }) {
    await handClient(tx, client, to.id, actId, at.now)
    if (to.id !== who.id) {
      await tell(to.id, (language) => clientReceivedCard(who.name, client, language))
    }
    if (client.ownerId !== who.id) {
      await tell(client.ownerId, (language) => clientGoneCard(who.name, client, to, language))
    }
  },
  reply: (given, _facts, { who }) => clientGivenCard(given, who.language),
})

async function load(tx: Queries, asked: Input, { who, reach, say }: Context & Asker) {
  const intent = { command: 'hand-client', input: asked }
  const client = await resolveClient(tx, { who, reach }, asked, intent)
  if (!('id' in client)) return client
  const to = await resolveColleague(tx, who, asked.to, intent, 'to')
  if (to instanceof Refusal || to instanceof Choice) return to
  if (to.id === client.ownerId) {
    return refuse(
      `${client.name} 本来就是 ${to.name} 的客户。`,
      `${client.name} is a client of ${to.name} already.`,
    )
  }
  const open = await openTasksOf(tx, client.id)
  const tasks = open.filter(({ managerId }) => managerId === client.ownerId).length
  if (asked.sure) return { client, to, tasks }
  return new Choice(
    {
      zh: `把 ${client.name}（${client.ownerName}的客户）连同 ${tasks} 件任务转给 ${to.name}？往来记录随客户保留。`,
      en: `Hand ${client.name} (client of ${client.ownerName}) with ${tasks} open tasks over to ${to.name}? The history stays with the client.`,
    },
    [
      {
        label: say('确认转交', 'Hand over'),
        intent: { command: 'hand-client', input: { clientId: client.id, to: to.code, sure: true } },
      },
    ],
  )
}

/** `交接 张三 给 王五`, where the first is nobody of the staff but a client: what it would do, to be confirmed. */
export const clientInstead = (
  tx: Queries,
  { named, to }: Required<Pick<ClientRef, 'named'>> & { readonly to: string },
  context: Context & Asker,
): Promise<GivenClient | Refusal | Choice> => load(tx, { named, to, sure: false }, context)
