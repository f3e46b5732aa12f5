import { type Context, command } from '../../../bot/command.ts'
import { type Asker, askerOf } from '../../../bot/policy.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import { DEAD_NUMBER, findKind, isAttempt, SILENCES } from '../../../core/outcome.ts'
import type { Text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { noMarketing } from '../../clients/rules.ts'
import { findVisible } from '../../clients/store.ts'
import type { Playbook } from '../../playbook/rules.ts'
import { playbookOn } from '../../playbook/store.ts'
import { loggedCard } from '../cards.ts'
import { numberIsDead } from '../contact/dead-number.ts'
import { tellOwnerOfSilence } from '../contact/tell-owner.ts'
import { takeBackOutcome } from '../correct/correct.ts'
import { withLast } from '../correct/last-logged.ts'
import { type LoggedOutcome, loggedOutcomes } from '../correct/logged-outcome.ts'
import { verdictOn } from '../correct/verdict.ts'
import { finishedErrands } from '../errands/finish-errand.ts'
import { agreedOf } from '../hours-rules.ts'
import { noKind } from '../labels.ts'
import type { AtOnce } from '../list/at-once.ts'
import type { TaskLine } from '../list/line-store.ts'
import { refreshList } from '../list/today.ts'
import { OUTCOME_PHRASES } from '../phrases.ts'
import * as policy from '../policy.ts'
import { nextAfter } from '../rules.ts'
import { closeWithOutcome, openTask, silence } from '../store.ts'
import { askForHour, missingFault, pastFault, twiceFault } from './item-rules.ts'
import {
  clientsNamed,
  contactsOf,
  contactWith,
  type NamedClient,
  otherName,
  tasksOfClients,
} from './named-clients.ts'
import { type FoundTasks, findTasks, noneListed } from './named-tasks.ts'
import { needsOf, noteNeeds } from './other-lines.ts'
import {
  type Logged,
  type LoggedOutcomes,
  type OutcomeItem,
  type OutcomesInput,
  outcomesInput,
} from './rules.ts'
import { besideAgreed, upcoming, upNextOf } from './up-next.ts'

interface Facts extends FoundTasks {
  /** By task that is closed, what was logged for it today. */
  readonly logged: ReadonlyMap<string, LoggedOutcome>
  /** Clients of others' tasks who are to be left alone, and whom this person sees. */
  readonly seen: ReadonlySet<string>
  readonly playbook: Playbook
  /** Why an item names no client that could be logged for; null beside all others. */
  readonly faults: readonly (Text | null)[]
  /** What comes after these on the list, to be shown in the answer. */
  readonly upcoming: readonly TaskLine[]
  readonly beside: readonly AtOnce[]
}

export const logOutcome = command<OutcomesInput, Facts, LoggedOutcomes>({
  name: 'log-outcome',
  may: policy.workTasks,
  undoable: true,
  concurrency: ({ found }) => found.flatMap(({ task }) => task?.clientId ?? []),
  help: {
    usage: { zh: '1 有意向 50万 周五再联系', en: '1 interested 500k Friday' },
    purpose: {
      zh: '登记任务结果：有意向、没接、在忙、约见、考虑、拒绝、已申请、已放款、空号、勿扰',
      en: 'log what came of a task: interested, no answer, busy, appointment, thinking, declined, applied, granted, wrong number, do not contact',
    },
  },
  phrases: OUTCOME_PHRASES,
  input: outcomesInput,
  async askedInVain(tx, said, asker) {
    return (await noneListed(tx, said, asker)) ?? finishedErrands(tx, said, asker)
  },
  load,
  decide,
  save,
  reply: (decided, _facts, { at, who, shared }) => loggedCard(decided, at, who.language, shared),
})

async function load(tx: Queries, said: OutcomesInput, context: Context & Asker) {
  const { who, at } = context
  const items = await withLast(tx, said.items, {
    ...{ staffId: who.id, today: at.today, kinds: at.kinds, language: who.language },
  })
  if (items instanceof Refusal || items instanceof Choice) return items
  const clients = await clientsNamed(tx, items, context)
  if (clients instanceof Refusal || clients instanceof Choice) return clients
  const [found, playbook, next, beside] = await Promise.all([
    findSaid(tx, items, clients, context),
    playbookOn(tx, at.today),
    upcoming(tx, who.id, items, at.today),
    besideAgreed(tx, who.id, items, at),
  ])
  if (found instanceof Refusal) return found
  const closed = found.found.flatMap(({ task }) => (task && task.status !== 'open' ? task.id : []))
  const logged = await loggedOutcomes(tx, closed, at.today)
  const faults = clients.map((each) => (each && 'fault' in each ? each.fault : null))
  const seen = await seenOf(tx, found, items, who)
  return { ...found, playbook, upcoming: next, beside, logged, seen, faults }
}

/** The tasks that items name, and those of the clients whom they name. */
async function findSaid(
  tx: Queries,
  items: readonly OutcomeItem[],
  clients: readonly (NamedClient | null)[],
  { who, at }: Context,
): Promise<FoundTasks | Refusal> {
  const idsOf = (among: typeof clients) =>
    among.flatMap((each) => (each && 'id' in each ? each.id : []))
  const ids = idsOf(clients)
  const corrected = idsOf(clients.filter((_, index) => items[index]?.correction))
  const meant = { loggedToo: true, corrected }
  const [taskOf, contacts] = await Promise.all([
    tasksOfClients(tx, ids, [who.id, ...who.standsInFor], at.today, meant),
    contactsOf(tx, ids),
  ])
  const refs = items.map(({ task, taskId }, index) => {
    const client = clients[index]
    return { task, taskId: client && 'id' in client ? taskOf.get(client.id) : taskId }
  })
  const tasks = await findTasks(tx, refs, who)
  if (tasks instanceof Refusal) return tasks
  return {
    ...tasks,
    found: tasks.found.map((each, index) => {
      const client = clients[index]
      if (each.task || !client || !('id' in client)) return each
      return contactWith(client, contacts.get(client.id) ?? [], who.id)
    }),
  }
}

/** Whoever sees a client may say that they are to be left alone, though the task is not theirs. */
async function seenOf(
  tx: Queries,
  { found }: FoundTasks,
  items: readonly OutcomeItem[],
  who: Context['who'],
): Promise<ReadonlySet<string>> {
  const seen = new Set<string>()
  for (const [index, { outcome }] of items.entries()) {
    const task = found[index]?.task
    if (outcome !== SILENCES || !task || !policy.workTask.judge(who, task)) continue
    const { clientId } = task
    if (await findVisible(tx, askerOf(policy.silenceClient, who), clientId)) seen.add(clientId)
  }
  return seen
}

function decide(
  facts: Facts,
  { items }: OutcomesInput,
  { who, at }: Context,
): LoggedOutcomes | Refusal | Choice {
  const gone = askForHour(items, at, who.language)
  if (gone) return gone
  const logged: Logged[] = []
  const refused: Text[] = []
  items.forEach((each, index) => {
    const found = facts.found[index]
    if (!found) return
    const about = {
      found,
      logged: facts.logged.get(found.task?.id ?? '') ?? null,
      seen: facts.seen.has(found.task?.clientId ?? ''),
      listed: facts.numbers.length,
      kinds: at.kinds,
    }
    const kind = findKind(at.kinds, each.outcome)
    const wrong = facts.faults[index] ?? otherName(each, found)
    const verdict = wrong ? { fault: wrong } : verdictOn(each, about, who)
    const fault =
      'fault' in verdict
        ? verdict.fault
        : each.nextDate && each.nextDate < at.today
          ? pastFault(each.nextDate)
          : kind?.active
            ? missingFault(kind, each)
            : noKind(each.outcome, at.kinds)
    if ('fault' in verdict || !kind || fault) {
      if (fault) refused.push(fault)
      return
    }
    const { task, was, closes } = verdict
    const twice = logged.findIndex((other) => other.task.id === task.id)
    // Of two outcomes in one line the first counts, but for the wish to be left alone.
    if (twice >= 0) {
      refused.push(twiceFault(task.clientName))
      if (each.outcome !== SILENCES) return
      refused.pop()
      logged.splice(twice, 1)
    }
    const agreed = agreedOf(each, at)
    const next = nextAfter(
      facts.playbook,
      each.outcome,
      {
        ...agreed,
        attempt: task.attempt,
        tier: task.tier,
        noMarketing: noMarketing(task),
        contacts: was?.contacts ?? task.contacts,
        quietHours: task.quietHours,
      },
      at,
    )
    logged.push({ item: each, kind, agreed, task, next, was, closes })
  })
  const [first] = refused
  if (logged.length === 0 && first) {
    return refuse(
      refused.map((text) => text.zh).join('\n'),
      refused.map((text) => text.en).join('\n'),
    )
  }
  const done = logged.map(({ task }) => task)
  const beside = facts.beside.filter(
    ({ clientId }) => !logged.some(({ task }) => task.clientId === clientId),
  )
  return { logged, refused, upNext: upNextOf(facts.upcoming, done, facts.numbers), beside }
}

async function save(tx: Queries, { logged }: LoggedOutcomes, context: Context): Promise<void> {
  const { who, at, actId } = context
  for (const { item: each, kind, agreed, task, next, was, closes } of logged) {
    const { id: taskId, clientId } = task
    const noNext = 'none' in next ? next.none : null
    const { amount, product, note } = each
    const { code, stage } = kind
    if (was) {
      const stays = isAttempt({ code: was.kind, stage: was.stage }) && !each.correction
      await takeBackOutcome(tx, was, stays, { staffId: who.id, actId, now: at.now })
    }
    // With the next task, in this order, in one way to the database.
    const changes = [
      closeWithOutcome(tx, {
        ...{ taskId: closes ? taskId : null, campaignId: was?.campaignId ?? null },
        ...{ clientId, kind: code, stage, amount, product, ...agreed, note, noNext },
        ...{ staffId: who.id, actId, today: at.today, now: at.now },
        visit: task.kind === 'visit',
      }),
    ]
    if ('task' in next) {
      const carried = {
        product: product ?? task.product,
        amount: amount ?? task.amount,
        note: isAttempt(kind) ? task.note : note,
      }
      const planned = { ...next.task, managerId: task.managerId, clientId, ...carried }
      changes.push(openTask(tx, planned, actId, at.now))
    }
    await Promise.all(changes)
    if (code === DEAD_NUMBER) {
      await numberIsDead(tx, task, { staffId: who.id, actId, now: at.now })
    }
    if (code === SILENCES) {
      await silence(tx, clientId, note ?? '客户要求勿扰', actId, at.now)
      await tellOwnerOfSilence(tx, clientId, note, context)
    }
    await noteNeeds(tx, clientId, needsOf(at, each), context)
  }
  refreshList(context)
}
