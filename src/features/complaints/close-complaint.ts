import { z } from 'zod'
import { command } from '../../bot/command.ts'
import { addDays, type Day } from '../../core/calendar/time.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import { clientRef, nobodyCalledSo, resolveClient } from '../clients/resolve-client.ts'
import { type Client, noMarketing } from '../clients/rules.ts'
import { refreshList } from '../tasks/list/today.ts'
import { openPlanned } from '../tasks/plan-task.ts'
import { settledCard } from './cards.ts'
import { CLOSING_PHRASES } from './phrases.ts'
import * as policy from './policy.ts'
import { ASK_AGAIN_DAYS, isUnsettled, type OpenComplaint } from './rules.ts'
import { openComplaintsOf, settleComplaints } from './store.ts'

const input = z.object({
  ...clientRef,
  answer: z
    .string()
    .trim()
    .min(1, '请写客户的答复。 Please say what the client answered.')
    .max(500, '最多 500 字。 At most 500 characters.'),
})

interface Facts {
  readonly client: Client
  readonly open: readonly OpenComplaint[]
}

interface Settled extends Facts {
  readonly answer: string
  /** When the client is asked how things are; null where nobody may market to them. */
  readonly askOn: Day | null
}

/** A complaint is settled when the client has said so; a lead may settle it otherwise. */
export const closeComplaint = command<z.infer<typeof input>, Facts, Settled>({
  name: 'close-complaint',
  may: policy.closeComplaint,
  undoable: true,
  help: {
    usage: { zh: '投诉 结 张三 已退费，客户满意', en: 'complaint close Zhang refunded, satisfied' },
    purpose: { zh: '投诉办结，记下客户的答复', en: 'settle a complaint with what the client said' },
  },
  phrases: CLOSING_PHRASES,
  input,
  askedInVain: nobodyCalledSo,
  async load(tx, ref, asker) {
    const client = await resolveClient(tx, asker, ref, { command: 'close-complaint', input: ref })
    return 'id' in client ? { client, open: await openComplaintsOf(tx, client.id) } : client
  },
  decide({ client, open }, { answer }, { who, at }): Settled | Refusal {
    if (open.length === 0) {
      return refuse(`${client.name} 没有未结的投诉。`, `${client.name} has no open complaint.`)
    }
    if (isUnsettled(answer) && who.role === 'manager') {
      return refuse(
        '客户还不认可，投诉先不结；继续处理，或请主管出面（主管可以结案）。',
        'The client does not agree yet, so the complaint stays open; go on, or ask your lead, who may close it.',
      )
    }
    const askOn = noMarketing(client)
      ? null
      : at.workdays.onOrAfter(addDays(at.today, ASK_AGAIN_DAYS))
    return { client, open, answer, askOn }
  },
  async save(tx, { client, answer, askOn }, context) {
    const { at, actId, who } = context
    await settleComplaints(tx, client.id, answer, noMarketing(client), actId, at.now)
    if (askOn) {
      const call = { kind: 'call', reason: 'complaint', priority: 55, attempt: 0 } as const
      const about = { managerId: client.ownerId, clientId: client.id, product: null, amount: null }
      await openPlanned(tx, { ...call, ...about, dueOn: askOn, note: answer }, actId, at)
    }
    if (who.role !== 'head') refreshList(context)
  },
  reply: ({ client, answer, askOn }, _facts, { at, who }) =>
    settledCard(client.name, answer, askOn, at, who.language),
})
