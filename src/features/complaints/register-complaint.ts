import { z } from 'zod'
import { type Context, command } from '../../bot/command.ts'
import { serves } from '../../bot/policy.ts'
import type { Day } from '../../core/calendar/time.ts'
import type { Queries } from '../../infra/database/index.ts'
import { clientRef, resolveClient } from '../clients/resolve-client.ts'
import type { Client } from '../clients/rules.ts'
import { refreshList } from '../tasks/list/today.ts'
import { openTask } from '../tasks/store.ts'
import { arrivedCard, registeredCard } from './cards.ts'
import { COMPLAINT_PHRASES } from './phrases.ts'
import * as policy from './policy.ts'
import { settleBy } from './rules.ts'
import { insertComplaint, type OpenComplaint, openComplaintsOf } from './store.ts'

const input = z.object({
  ...clientRef,
  about: z
    .string()
    .trim()
    .min(1, '请写投诉内容。 Please say what the complaint is about.')
    .max(500, '最多 500 字。 At most 500 characters.'),
})

interface Facts {
  readonly client: Client
  readonly open: readonly OpenComplaint[]
}

interface Registered extends Facts {
  readonly about: string
  readonly dueOn: Day
}

/** Nothing on a list comes before a complaint. */
const PRIORITY = 100

/**
 * A complaint has a day and a task, whoever the client is: those who may not be marketed to complain
 * too. The client's manager works it.
 */
export const registerComplaint = command<z.infer<typeof input>, Facts, Registered>({
  name: 'complaint',
  may: policy.registerComplaint,
  undoable: true,
  help: {
    usage: { zh: '投诉 张三 扣费没说明', en: 'complaint Zhang was not told of a fee' },
    purpose: {
      zh: '登记客户的投诉，有答复期限',
      en: 'register a complaint, to be settled by a day',
    },
  },
  phrases: COMPLAINT_PHRASES,
  input,
  async load(tx, ref, asker) {
    const client = await resolveClient(tx, asker, ref, { command: 'complaint', input: ref })
    return 'id' in client ? { client, open: await openComplaintsOf(tx, client.id) } : client
  },
  decide: (facts, { about }, { at }) => ({
    ...facts,
    about,
    dueOn: settleBy(at.today, at.workdays),
  }),
  save,
  reply: ({ client, open, about, dueOn }, _facts, { at, who }) =>
    registeredCard(
      {
        clientName: client.name,
        clientId: client.id,
        about,
        dueOn,
        with: serves(who, client.ownerId) ? null : client.ownerName,
        again: open.length > 0,
      },
      at,
      who.language,
    ),
})

async function save(
  tx: Queries,
  { client, open, about, dueOn }: Registered,
  context: Context,
): Promise<void> {
  const { who, at, actId, tell } = context
  if (open.length === 0) {
    const task = {
      kind: 'complaint',
      reason: 'complaint',
      priority: PRIORITY,
      attempt: 0,
      dueOn: at.workdays.onOrAfter(at.today),
      answerBy: dueOn,
      managerId: client.ownerId,
      clientId: client.id,
      product: null,
      amount: null,
      note: about,
    } as const
    await openTask(tx, task, actId, at.now)
  }
  const complaint = { clientId: client.id, registeredBy: who.id, about, dueOn }
  await insertComplaint(tx, complaint, actId, at.now)
  if (serves(who, client.ownerId)) refreshList(context)
  await tell(client.ownerId, (language) =>
    arrivedCard(who.name, client, about, dueOn, at, language),
  )
}
