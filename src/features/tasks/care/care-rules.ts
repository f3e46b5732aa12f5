import { addDays, addMonths, type Day, daysBetween } from '../../../core/calendar/time.ts'
import type { Workdays } from '../../../core/calendar/workdays.ts'
import { freeFrom } from '../../playbook/contact-rules.ts'
import type { CareEvent, Playbook, TaskKind } from '../../playbook/rules.ts'
import type { NoNext } from '../rules.ts'

/** What is known of a client that makes tasks fall due by themselves. */
export interface CareFacts {
  readonly tier: string | null
  readonly noMarketing: NoNext | null
  readonly enteredOn: Day
  readonly lastContactOn: Day | null
  /** The days that the ceiling counts, newest first. */
  readonly contacts: readonly Day[]
  readonly lastVisitOn: Day | null
  readonly creditExpiresOn: Day | null
  readonly licenceEndsOn: Day | null
  readonly operatingSince: Day | null
  readonly unusedSince: Day | null
  /** What fell due by itself and was made, each by `turnOf`. */
  readonly made: ReadonlySet<string>
}

/** Names for good what fell due: a task of the same kind and day is not made again. */
export const turnOf = (kind: TaskKind, generatedFor: Day): string => `${kind} ${generatedFor}`

/** A task that fell due by itself. */
export interface DueTask {
  readonly kind: TaskKind
  readonly reason: 'care' | CareEvent
  /** The day on which it truly fell due, which names it for good. */
  readonly generatedFor: Day
  readonly dueOn: Day
  readonly base: number
}

/** One way in which tasks fall due, with its day for a client; null: not by `until`. */
export interface CareRule {
  readonly kind: TaskKind
  readonly reason: DueTask['reason']
  readonly base: number
  readonly dayFor: (client: CareFacts, today: Day, until: Day) => Day | null
}

/** The latest of the days `start + n × every` (n from 1) up to `until`; null before the first. */
function lastTurn(start: Day | null, every: number | null | undefined, until: Day): Day | null {
  if (!start || !every) return null
  const turns = Math.floor(daysBetween(start, until) / every)
  return turns < 1 ? null : addDays(start, turns * every)
}

/** So many days before a day that has not gone by. */
function ahead(end: Day | null, days: number, today: Day, until: Day): Day | null {
  if (!end || end < today) return null
  const on = addDays(end, -days)
  return on <= until ? on : null
}

/** The first anniversary from a day on; null before there is one. */
function anniversary(since: Day | null, from: Day): Day | null {
  if (!since) return null
  const years = Number(from.slice(0, 4)) - Number(since.slice(0, 4))
  const thisYear = addMonths(since, years * 12)
  const next = thisYear >= from ? thisYear : addMonths(since, (years + 1) * 12)
  return next > since ? next : null
}

/**
 * The ways in which tasks fall due by the playbook, the weightiest first: of several reasons for
 * one kind of task the first is given. `care/due-sql.ts` says the same in SQL.
 */
export function careRules({ care, events, weights }: Playbook): CareRule[] {
  const rhythm = (tier: string | null) => care[tier ?? ''] ?? { call: null, visit: null }
  const { quiet, unused, birthday } = events
  const rules: (CareRule | null)[] = [
    {
      kind: 'call',
      reason: 'care',
      base: weights.care,
      dayFor: ({ tier, lastContactOn, enteredOn }, _today, until) =>
        lastTurn(lastContactOn ?? enteredOn, rhythm(tier).call, until),
    },
    {
      kind: 'visit',
      reason: 'care',
      base: weights.care,
      dayFor: ({ tier, lastVisitOn, enteredOn }, _today, until) =>
        lastTurn(lastVisitOn ?? enteredOn, rhythm(tier).visit, until),
    },
    quiet && {
      ...stepOf(quiet),
      reason: 'quiet',
      dayFor: ({ lastContactOn, enteredOn }, _today, until) =>
        lastTurn(lastContactOn ?? enteredOn, quiet.days, until),
    },
    unused && {
      ...stepOf(unused),
      reason: 'unused',
      dayFor: ({ unusedSince }, _today, until) => lastTurn(unusedSince, unused.days, until),
    },
    birthday && {
      ...stepOf(birthday),
      reason: 'birthday',
      dayFor: ({ operatingSince }, today, until) =>
        ahead(anniversary(operatingSince, today), birthday.days, today, until),
    },
    before('credit-due', (client) => client.creditExpiresOn),
    before('licence-due', (client) => client.licenceEndsOn),
  ]
  function before(reason: CareEvent, endOf: (client: CareFacts) => Day | null): CareRule | null {
    const event = events[reason]
    return (
      event && {
        ...stepOf(event),
        reason,
        dayFor: (client, today, until) => ahead(endOf(client), event.days, today, until),
      }
    )
  }
  return rules.filter((rule) => rule !== null).sort((a, b) => b.base - a.base)
}

const stepOf = (event: { readonly kind: TaskKind; readonly priority: number }) => ({
  kind: event.kind,
  base: event.priority,
})

/**
 * The tasks that fall due for a client within the days that the playbook looks ahead and were not made
 * before, one of a kind: none where marketing is barred; on a workday, not before today, and when the
 * ceiling allows it.
 */
export function dueTasks(
  playbook: Playbook,
  client: CareFacts,
  today: Day,
  workdays: Workdays,
): DueTask[] {
  if (client.noMarketing) return []
  const until = addDays(today, playbook.sizes.ahead)
  const due = new Map<TaskKind, DueTask>()
  for (const { kind, reason, base, dayFor } of careRules(playbook)) {
    const generatedFor = dayFor(client, today, until)
    if (!generatedFor || due.has(kind) || client.made.has(turnOf(kind, generatedFor))) continue
    const free = freeFrom(playbook, client.contacts)
    const [dueOn = today] = [generatedFor, today, free ?? today].sort().slice(-1)
    due.set(kind, { kind, reason, generatedFor, dueOn: workdays.onOrAfter(dueOn), base })
  }
  return [...due.values()]
}

/**
 * The first day after today on which a client's rhythm, or quiet, makes a task by itself; null: never.
 */
export function nextCareOn(playbook: Playbook, client: CareFacts, today: Day): Day | null {
  if (client.noMarketing) return null
  const rhythm = playbook.care[client.tier ?? '']
  const { quiet } = playbook.events
  const contacted = client.lastContactOn ?? client.enteredOn
  const visited = client.lastVisitOn ?? client.enteredOn
  const days = [
    nextTurn('call', contacted, rhythm?.call, client, today),
    nextTurn('visit', visited, rhythm?.visit, client, today),
    quiet && nextTurn(quiet.kind, contacted, quiet.days, client, today),
  ].filter((day) => typeof day === 'string')
  return days.sort()[0] ?? null
}

/** The first of the days `start + n × every` after today whose task was not made ahead of it. */
function nextTurn(
  kind: TaskKind,
  start: Day,
  every: number | null | undefined,
  { made }: CareFacts,
  today: Day,
): Day | null {
  if (!every) return null
  const gone = Math.max(0, Math.floor(daysBetween(start, today) / every))
  let next = addDays(start, (gone + 1) * every)
  while (made.has(turnOf(kind, next))) next = addDays(next, every)
  return next
}
