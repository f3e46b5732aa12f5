import type { Context } from '../../../bot/command.ts'
import { type Asker, askerOf } from '../../../bot/policy.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { Choice, Refusal } from '../../../core/decision.ts'
import { nameKey } from '../../../core/identity/name-key.ts'
import { SILENCES } from '../../../core/outcome.ts'
import type { Text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { idsOf } from '../../../infra/database/raw-statements.ts'
import { isQualified } from '../../clients/identity/qualified-name.ts'
import { resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import { errandSql } from '../errands/store.ts'
import type { TaskLine } from '../list/line-store.ts'
import { silenceClient } from '../policy.ts'
import type { FoundTask } from './named-tasks.ts'
import type { OutcomeItem } from './rules.ts'

/** Whom an item names without a task: the client, or why it is none. */
export type NamedClient = Client | { readonly fault: Text }

/**
 * The clients whom items name without a task, one beside each item; null beside those that name a task.
 * A name that several have is asked about where nothing else is said.
 */
export async function clientsNamed(
  tx: Queries,
  items: readonly OutcomeItem[],
  context: Context & Asker,
): Promise<readonly (NamedClient | null)[] | Choice | Refusal> {
  const alone = items.length === 1
  const found = await Promise.all(
    items.map((item) => {
      if (item.task || item.taskId || !(item.named || item.clientId)) return null
      const { named, clientId, ...said } = item
      // A lead is told so of clients whom others serve.
      const silenced = item.outcome === SILENCES && askerOf(silenceClient, context.who)
      return resolveClient(
        tx,
        silenced || context,
        { named, clientId },
        { command: 'log-outcome', input: said },
      )
    }),
  )
  const [only] = found
  if (alone && (only instanceof Choice || only instanceof Refusal)) return only
  return found.map((each, index) => {
    if (each instanceof Refusal) return { fault: each.because }
    return each instanceof Choice ? { fault: severalFault(items[index]?.named ?? '') } : each
  })
}

const severalFault = (name: string): Text => ({
  zh: `有几位客户都叫${name}，没有登记；请单独说这一位，再选。`,
  en: `Several clients are called ${name}; nothing was logged. Say this one alone and choose.`,
})

/**
 * Of each client the task that what is said is about: on today's list, logged today (`loggedToo`), or the
 * next that is open, an errand after what is due beside it; of those whose outcome is put right (`corrected`) the one logged today first. A call is
 * about the file that is thin only where there is nothing else. Clients without a task are left out.
 */
export async function tasksOfClients(
  tx: Queries,
  clientIds: readonly string[],
  staffIds: readonly string[],
  today: Day,
  {
    loggedToo,
    corrected = [],
  }: { readonly loggedToo: boolean; readonly corrected?: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  if (clientIds.length === 0) return new Map()
  const rows = await tx.$queryRaw<{ clientId: string; id: string }[]>`
    select distinct on (task.client_id) task.client_id::text as "clientId", task.id::text
    from task
    left join outcome as told on told.task_id = task.id and told.logged_on = ${today}::date
      and told.undone_at is null
    where task.client_id = any(${idsOf(clientIds)}) and task.manager_id = any(${idsOf(staffIds)})
      and task.kind <> 'complaint' and (task.status = 'open' or (${loggedToo}::bool and told.id is not null))
    order by task.client_id,
      (told.id is not null and task.client_id = any(${idsOf(corrected)})) desc,
      task.reason = 'thin-file',
      (task.status = 'open' and task.due_on <= ${today}::date) desc,
      ${errandSql('task')},
      told.id is not null desc, task.due_on, task.priority desc, task.id`
  return new Map(rows.map(({ clientId, id }) => [clientId, id]))
}

/** The days of contact and the attempts of clients who have no task to log anything for. */
export async function contactsOf(
  tx: Queries,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Day[]>> {
  if (clientIds.length === 0) return new Map()
  const rows = await tx.$queryRaw<{ id: string; contacts: Day[] }[]>`
    select id::text, coalesce(to_json(contacts), '[]') as contacts from client
    where id = any(${clientIds}::uuid[])`
  return new Map(rows.map(({ id, contacts }) => [id, contacts]))
}

/** What is logged for a client who has no task: as if one were open, which nothing closes. */
export function contactWith(client: Client, contacts: readonly Day[], reader: string): FoundTask {
  const nothing = {
    ...{ product: null, amount: null, note: null, loanDueOn: null, usageRate: null, because: null },
    ...{ unusedSince: null, quietHours: null, escalation: null, last: null, referrer: null },
    ...{
      dueTime: null,
      answerBy: null,
      papers: false,
      whose: null,
      assignedBy: null,
      attempt: 0,
      postponed: 0,
      priority: 0,
    },
  }
  const line: TaskLine = {
    ...nothing,
    ...{ id: client.id, clientId: client.id, clientName: client.name, contacts, readerId: reader },
    ...{ managerId: client.ownerId, status: 'open', kind: 'call', reason: 'own' },
    dueOn: contacts[0] ?? ('' as Day),
    ...{ businessName: client.businessName, phone: client.phone, tier: client.tier },
    ...{ provisional: client.provisional, pendingTier: client.pendingTier },
    ...{ doNotContact: client.doNotContact, negativeList: client.negativeList },
    ...{ creditExpiresOn: client.creditExpiresOn, lastContactOn: client.lastContactOn },
  }
  return { number: null, task: line, closedBy: null, contact: true }
}

/** A number and a name that do not agree: whose it is, and how to say either. */
export function otherName(item: OutcomeItem, { task }: FoundTask): Text | null {
  if (!item.named || !task || !item.task || isNamed(item.named, task)) return null
  const { task: number, named: client } = item
  return {
    zh: `第 ${number} 件是${task.clientName}，不是${client}，没有登记。是${task.clientName}就只说编号，是${client}就只说姓名。`,
    en: `Number ${number} is ${task.clientName}, not ${client}; nothing was logged. Say the number alone for ${task.clientName}, or the name alone for ${client}.`,
  }
}

const isNamed = (said: string, { clientName: name, businessName }: TaskLine): boolean =>
  nameKey(said) === nameKey(name) || isQualified(said, { name, businessName })
