import { z } from 'zod'
import { type Context, command } from '../../bot/command.ts'
import type { Asker } from '../../bot/policy.ts'
import { addDays, type Day } from '../../core/calendar/time.ts'
import { saySetDay } from '../../core/calendar/workdays.ts'
import { textCard } from '../../core/card.ts'
import { Choice, Refusal, refuse } from '../../core/decision.ts'
import { undoButton } from '../../core/undo-button.ts'
import type { Queries } from '../../infra/database/index.ts'
import { resolveClient } from '../clients/resolve-client.ts'
import { type Client, noMarketing } from '../clients/rules.ts'
import { joined } from '../tasks/rules.ts'
import { openTask, openTasksOf } from '../tasks/store.ts'
import { activityOf, ref } from './keep-activity.ts'
import { guestPhrases } from './phrases.ts'
import * as policy from './policy.ts'
import { type Activity, ATTEND_DAYS, attendFault, inviteFault } from './rules.ts'
import { insertGuest, noteAttendance } from './store.ts'

const input = ref.extend({
  names: z
    .union([z.array(z.string()), z.string().transform((said) => said.split(/[、,，;；]+/))])
    .pipe(z.array(z.string().trim().min(1).max(40)).max(30))
    .default([]),
  clientIds: z.array(z.uuid()).max(30).default([]),
})
type Input = z.infer<typeof input>

interface Facts {
  readonly activity: Activity
  readonly clients: readonly Client[]
  /** Names that mean nobody the speaker serves. */
  readonly unknown: readonly string[]
}

/** What an invitation weighs: below what a client asked for, above routine. */
const PRIORITY = 55

/** The clients that are named, of whom the speaker is the manager; an ambiguous name is asked about. */
async function load(
  tx: Queries,
  given: Input,
  asker: Context & Asker,
  name: string,
): Promise<Facts | Refusal | Choice> {
  const activity = await activityOf(tx, given, asker)
  if (activity instanceof Refusal) return activity
  const clients: Client[] = []
  const unknown: string[] = []
  for (const clientId of given.clientIds) {
    const client = await resolveClient(tx, asker, { clientId }, { command: name, input: {} })
    if ('id' in client) clients.push(client)
  }
  for (const [index, named] of given.names.entries()) {
    const client = await resolveClient(tx, asker, { named }, { command: name, input: {} })
    if (client instanceof Choice) {
      const kept = clients.map(({ id }) => id)
      const names = given.names.slice(index + 1)
      return new Choice(
        client.question,
        client.options.map(({ label, intent }) => {
          const { clientId } = intent.input as { clientId: string }
          const rest = { activityId: activity.id, names, clientIds: [...kept, clientId] }
          return { label, intent: { command: name, input: rest } }
        }),
      )
    }
    if (client instanceof Refusal) unknown.push(named)
    else clients.push(client)
  }
  return { activity, clients, unknown }
}

const unknownFault = (unknown: readonly string[]): Refusal =>
  refuse(
    `您名下没有：${unknown.join('、')}。先发"新客户 姓名 手机 店名"登记。`,
    `Not your clients: ${unknown.join(', ')}. Enter them first: "new Name phone business".`,
  )

interface Invited {
  readonly activity: Activity
  readonly clients: readonly Client[]
  readonly barred: readonly Client[]
  readonly dueOn: Day
}

/** Invites clients: each gets a place on the guest list and a task to be asked. */
export const invite = command<Input, Facts, Invited>({
  name: 'invite',
  may: policy.inviteGuests,
  undoable: true,
  help: {
    usage: { zh: '邀请 春茶沙龙 张三、李四', en: 'invite TeaSalon Zhang, Li' },
    purpose: { zh: '邀请客户参加客户活动，排进任务', en: 'invite clients to an event, as tasks' },
  },
  phrases: guestPhrases(['邀请', 'invite']),
  input,
  load: (tx, given, context) => load(tx, given, context, 'invite'),
  decide({ activity, clients, unknown }, _input, { at }) {
    const fault = inviteFault(activity, at.today)
    if (fault) return fault
    if (unknown.length > 0) return unknownFault(unknown)
    const barred = clients.filter((client) => noMarketing(client))
    const next = at.workdays.next(at.today)
    return {
      activity,
      clients: clients.filter((client) => !noMarketing(client)),
      barred,
      dueOn: next < activity.heldOn ? next : at.today,
    }
  },
  async save(tx, { activity, clients, dueOn }, { who, at, actId }) {
    for (const client of clients) {
      if (!(await insertGuest(tx, activity.id, client.id, who.id, actId))) continue
      const wanted = `邀请参加${activity.name}（${activity.heldOn}，${activity.place}）`
      // Who is to be invited to something else already is called once, for both.
      const open = (await openTasksOf(tx, client.id)).find(({ kind }) => kind === 'campaign')
      const note = joined(open?.note ?? null, wanted)
      const due = open && open.dueOn < dueOn ? open.dueOn : dueOn
      const what = { kind: 'campaign', reason: 'assigned', priority: PRIORITY, attempt: 0 } as const
      const task = { ...what, dueOn: due, managerId: client.ownerId, clientId: client.id, note }
      await openTask(tx, { ...task, product: null, amount: null }, actId, at.now)
    }
  },
  reply({ activity, clients, barred, dueOn }, _facts, { at, say }) {
    const lines = [
      say(
        `已列入"${activity.name}"的邀请：${clients.map(({ name }) => name).join('、') || '无'}。${saySetDay(dueOn, at, 'zh')}联系。`,
        `Invited to "${activity.name}": ${clients.map(({ name }) => name).join(', ') || 'nobody'}; call ${saySetDay(dueOn, at, 'en')}.`,
      ),
    ]
    if (barred.length > 0) {
      lines.push(
        say(
          `不做营销、没有邀请：${barred.map(({ name }) => name).join('、')}。`,
          `No marketing, so not invited: ${barred.map(({ name }) => name).join(', ')}.`,
        ),
      )
    }
    return textCard(lines.join('\n'), {
      kind: 'buttons',
      buttons: [
        undoButton(say),
        {
          label: activity.name,
          intent: { command: 'activity', input: { activityId: activity.id } },
        },
      ],
    })
  },
})

/** Notes by a line who came. */
export const attend = command<Input, Facts, Facts>({
  name: 'attend',
  may: policy.inviteGuests,
  help: {
    usage: { zh: '到场 春茶沙龙 张三', en: 'came TeaSalon Zhang' },
    purpose: { zh: '登记客户到场', en: 'note who came to an event' },
  },
  phrases: guestPhrases(['到场', '签到', 'came']),
  input,
  load: (tx, given, context) => load(tx, given, context, 'attend'),
  decide(facts, _input, { at }) {
    const { activity, unknown } = facts
    const fault = attendFault(activity, at.today, addDays(activity.heldOn, ATTEND_DAYS))
    return fault ?? (unknown.length > 0 ? unknownFault(unknown) : facts)
  },
  async save(tx, { activity, clients }, { at, actId }) {
    for (const client of clients) {
      await noteAttendance(tx, activity.id, client.id, actId, at.now)
    }
  },
  reply: ({ activity, clients }, _facts, { say }) =>
    textCard(
      say(
        `已记到场：${clients.map(({ name }) => name).join('、')}（${activity.name}）。`,
        `Came to ${activity.name}: ${clients.map(({ name }) => name).join(', ')}.`,
      ),
    ),
})
