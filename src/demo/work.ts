import { addDays, type Day } from '../core/calendar/time.ts'
import type { Workdays } from '../core/calendar/workdays.ts'
import type { Chance } from './chance.ts'
import type { DemoClient } from './clients.ts'
import type { Row } from './rows.ts'
import {
  KIND,
  NOTES,
  OTHER_PRODUCTS,
  OWN_PRODUCTS,
  PRIORITY,
  REASONS,
  STAGE,
} from './work-reasons.ts'

/** A call that an older system tells of. */
export interface OldCall {
  readonly client: DemoClient
  readonly kind: string
  readonly on: Day
}

/** What was done with the clients and what is to be done. */
export interface Work {
  readonly before: OldCall[]
  readonly acts: Row[]
  readonly outcomes: Row[]
  readonly needs: Row[]
  readonly tasks: Row[]
  readonly links: Row[]
  readonly entries: Row[]
}

const CODE_LETTERS = [...'23456789bcdfghjkmnpqrstvwxz']

/**
 * Of a hundred clients with nothing to do soon, those who were called within the fortnight; and of
 * all that are clients, those who were visited within the month.
 */
const CARED_FOR = 97

/** What is longer ago was written into another system. */
const OLD_DAYS = 340

/** This many of the first clients of each manager have a task today. */
const SURELY_DUE = 4

export function workOf(
  clients: readonly DemoClient[],
  chance: Chance,
  today: Day,
  workdays: Workdays,
): Work {
  const work: Work = {
    before: [],
    acts: [],
    outcomes: [],
    needs: [],
    tasks: [],
    links: [],
    entries: [],
  }
  const due = new Map<string, number>()
  for (const client of clients) {
    if (client.kind === 'existing' && chance.percent(60)) {
      for (let times = chance.between(1, 2); times > 0; times--) {
        const kind = chance.weighted({ thinking: 3, 'no-answer': 3, declined: 2, granted: 2 })
        const ago = chance.between(95, 400)
        const on = addDays(today, -ago)
        // What was granted is a claim, and nobody claims anything by a table.
        if (ago > OLD_DAYS && kind !== 'granted') callBefore(work, { client, kind, on })
        else contact(work, client, kind, on, chance, null)
      }
    }
    if (chance.percent(5)) otherNeed(work, client, chance, today)
    const { row } = client
    if (client.profile === 'exit' || row['negative_list'] || row['do_not_contact']) continue
    if (client.kind === 'existing' && chance.percent(CARED_FOR)) {
      row['last_visit_on'] = addDays(today, -chance.between(1, 29))
    }
    const already = due.get(client.manager.id) ?? 0
    const when =
      already < SURELY_DUE
        ? 'today'
        : chance.weighted({ overdue: 3, today: 5, soon: 4, later: 50, none: 38 })
    const soon = when !== 'none' && when !== 'later'
    if (!soon && chance.percent(CARED_FOR)) careFor(work, client, chance, today)
    if (when === 'none') continue
    due.set(client.manager.id, already + 1)
    openTask(work, client, dueOn(when, chance, today, workdays), chance, today, clients)
  }
  return work
}

/** Somebody called lately: nothing is due by the rhythm. */
function careFor(work: Work, client: DemoClient, chance: Chance, today: Day): void {
  const existing = client.kind === 'existing'
  const kind = chance.weighted(existing ? { thinking: 3, granted: 2 } : { thinking: 1 })
  contact(work, client, kind, addDays(today, -chance.between(1, 13)), chance, null)
}

function dueOn(when: string, chance: Chance, today: Day, workdays: Workdays): Day {
  if (when === 'today') return today
  if (when === 'overdue') return addDays(today, -chance.between(1, 5))
  if (when === 'soon') return workdays.add(today, chance.between(1, 2))
  return workdays.onOrAfter(addDays(today, chance.between(5, 60)))
}

function openTask(
  work: Work,
  client: DemoClient,
  due: Day,
  chance: Chance,
  today: Day,
  clients: readonly DemoClient[],
): void {
  const first = client.row['name'] === '张三' && work.tasks.length === 0
  const reason = first ? 'interested' : chance.weighted(REASONS[client.kind])
  const spokenOn = addDays(today, -chance.between(3, 14))
  const notes = NOTES[reason]
  const note = notes ? chance.pick(notes) : null
  const wants = ['interested', 'applied', 'need'].includes(reason)
  const product = wants ? chance.pick(OWN_PRODUCTS) : null
  const amount = wants ? chance.between(1, 20) * 50_000 : null
  let attempt = 0
  switch (reason) {
    case 'no-answer':
      attempt = chance.between(1, 3)
      for (let back = attempt; back > 0; back--)
        contact(work, client, reason, addDays(today, -back), chance, null)
      break
    case 'credit-due':
      client.row['credit_expires_on'] = addDays(today, chance.between(5, 40))
      break
    case 'quiet':
      contact(work, client, 'thinking', addDays(today, -chance.between(60, 180)), chance, null)
      break
    case 'need':
      need(work, client, chance.pick(OWN_PRODUCTS), 'micro-credit', amount, chance, spokenOn)
      break
    case 'entry':
      client.row['entered_at'] = `${addDays(today, -1)}T02:00:00Z`
      break
    case 'referral':
      recommend(work, client, clients, chance, today)
      break
    case 'declined':
      contact(work, client, reason, addDays(today, -90), chance, note)
      break
    case 'care':
      break
    default:
      contact(work, client, reason, spokenOn, chance, note)
  }
  work.tasks.push({
    id: chance.id(),
    manager_id: client.manager.id,
    client_id: client.id,
    kind: KIND[reason] ?? (reason === 'care' && chance.percent(40) ? 'visit' : 'call'),
    due_on: due,
    generated_for: null,
    status: 'open',
    priority: PRIORITY[reason],
    reason,
    product,
    amount,
    note,
    attempt,
    created_at: `${spokenOn}T03:00:00Z`,
  })
}

/** An outcome with the act that logged it. */
function contact(
  work: Work,
  client: DemoClient,
  kind: string,
  on: Day,
  chance: Chance,
  note: string | null,
): void {
  const act = chance.id()
  const at = `${on}T0${chance.between(1, 9)}:${chance.between(10, 59)}:00Z`
  const staff_id = client.manager.id
  work.acts.push({
    id: act,
    staff_id,
    channel: 'web',
    command: 'log-outcome',
    input: {},
    result: 'done',
    undoable: true,
    at,
  })
  work.outcomes.push({
    id: chance.id(),
    act_id: act,
    client_id: client.id,
    staff_id,
    kind,
    stage: STAGE[kind],
    amount: kind === 'granted' ? chance.between(2, 20) * 50_000 : null,
    note,
    logged_on: on,
    logged_at: at,
  })
  reached(client, kind, on)
}

function callBefore(work: Work, call: OldCall): void {
  work.before.push(call)
  reached(call.client, call.kind, call.on)
}

function reached({ row }: DemoClient, kind: string, on: Day): void {
  if (kind === 'no-answer') return
  const last = row['last_contact_on']
  if (!last || String(last) < on) row['last_contact_on'] = on
}

function need(
  work: Work,
  client: DemoClient,
  product: string,
  line: string,
  amount: number | null,
  chance: Chance,
  on: Day,
): void {
  work.needs.push({
    id: chance.id(),
    client_id: client.id,
    registered_by: client.manager.id,
    product,
    line,
    amount,
    wanted_on: chance.percent(50) ? addDays(on, 30) : null,
    urgency: chance.weighted({ urgent: 2, soon: 5, 'some-day': 3 }),
    status: 'open',
    registered_at: `${on}T04:00:00Z`,
  })
}

function otherNeed(work: Work, client: DemoClient, chance: Chance, today: Day): void {
  const [product, line] = chance.pick(OTHER_PRODUCTS)
  need(work, client, product, line, null, chance, addDays(today, -chance.between(1, 60)))
}

/** Another client of the same manager recommended this one. */
function recommend(
  work: Work,
  client: DemoClient,
  clients: readonly DemoClient[],
  chance: Chance,
  today: Day,
): void {
  const friends = clients.filter(
    ({ manager, kind, id }) =>
      manager.id === client.manager.id && kind === 'existing' && id !== client.id,
  )
  const friend = chance.pick(friends)
  const known = work.links.find((each) => each['client_id'] === friend.id)
  const link = known ?? {
    id: chance.id(),
    code: Array.from({ length: 8 }, () => chance.pick(CODE_LETTERS)).join(''),
    client_id: friend.id,
    created_at: `${addDays(today, -30)}T02:00:00Z`,
  }
  if (!known) work.links.push(link)
  client.row['source'] = 'referral'
  client.row['entered_at'] = `${addDays(today, -1)}T05:00:00Z`
  work.entries.push({
    id: chance.id(),
    link_id: link['id'],
    client_id: client.id,
    status: 'accepted',
    credit: 'first',
    returning: false,
    language: 'zh',
    via: 'tap',
    evidence: [],
    consent_version: 2,
    entered_at: `${addDays(today, -1)}T05:00:00Z`,
  })
}
