import { z } from 'zod'
import { type Context, command } from '../../bot/command.ts'
import { serves } from '../../bot/policy.ts'
import type { Day } from '../../core/calendar/time.ts'
import type { Queries } from '../../infra/database/index.ts'
import { clientRef, nobodyCalledSo, resolveClient } from '../clients/resolve-client.ts'
import type { Client } from '../clients/rules.ts'
import { type Colleague, colleagueOf, superiorsOf } from '../staff/store.ts'
import { refreshList } from '../tasks/list/today.ts'
import { giveTask } from '../tasks/move/store.ts'
import { openTask } from '../tasks/store.ts'
import { arrivedCard, registeredCard } from './cards.ts'
import { COMPLAINT_PHRASES } from './phrases.ts'
import * as policy from './policy.ts'
import { isAboutStaff, type OpenComplaint, settleBy } from './rules.ts'
import { insertComplaint, openComplaintsOf } from './store.ts'

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
  /** Who is above whoever serves the client; null: nobody. */
  readonly superior: Colleague | null
}

interface Registered extends Facts {
  readonly about: string
  /** It is about whoever serves the client. */
  readonly ofStaff: boolean
  /** Who works it. */
  readonly works: Colleague
  readonly dueOn: Day
}

/** Nothing on a list comes before a complaint. */
const PRIORITY = 100

/**
 * A complaint has a day and a task, whoever the client is: those who may not be marketed to complain
 * too. The client's manager works it; of one about the manager, whoever is above.
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
  askedInVain: nobodyCalledSo,
  async load(tx, ref, asker) {
    const client = await resolveClient(tx, asker, ref, { command: 'complaint', input: ref })
    if (!('id' in client)) return client
    const [open, [superior = null]] = await Promise.all([
      openComplaintsOf(tx, client.id),
      superiorsOf(tx, client.ownerId),
    ])
    return { client, open, superior: superior ? await colleagueOf(tx, superior) : null }
  },
  decide(facts, { about }, { at }) {
    const { client, open, superior } = facts
    const owner = { id: client.ownerId, name: client.ownerName }
    const ofStaff = isAboutStaff(about, owner.name)
    // What came before it is settled with it.
    const above = ofStaff || open.some(({ aboutStaffId }) => aboutStaffId !== null)
    const works = above ? (superior ?? owner) : owner
    return { ...facts, about, ofStaff, works, dueOn: settleBy(at.today, at.workdays) }
  },
  save,
  reply: ({ client, open, about, ofStaff, works, dueOn }, _facts, { at, who }) =>
    registeredCard(
      {
        clientName: client.name,
        clientId: client.id,
        about,
        dueOn,
        with: serves(who, works.id) ? null : works.name,
        ofStaff,
        again: open.length > 0,
      },
      at,
      who.language,
    ),
})

async function save(
  tx: Queries,
  { client, open, about, ofStaff, works, dueOn }: Registered,
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
      managerId: works.id,
      clientId: client.id,
      product: null,
      amount: null,
      note: about,
    } as const
    await openTask(tx, task, actId, at.now)
  } else if (open[0] && open[0].managerId !== works.id) {
    await giveTask(tx, open[0].taskId, works.id, actId, at.now)
  }
  const complaint = {
    ...{ clientId: client.id, registeredBy: who.id, about, dueOn },
    aboutStaffId: ofStaff ? client.ownerId : null,
  }
  await insertComplaint(tx, complaint, actId, at.now)
  if (serves(who, works.id)) refreshList(context)
  if (works.id === who.id) return
  await tell(works.id, (language) =>
    arrivedCard(who.name, client, { about, ofStaff, dueOn }, at, language),
  )
}
