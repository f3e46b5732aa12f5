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
  readonly loanDueOn: Day | null
  readonly unusedSince: Day | null
  /** Since when much less of the limit is used than lately. */
  readonly usageFellOn: Day | null
  /** When the last facility was settled; null: it is not, or there never was one. */
  readonly settledOn: Day | null
  /** Since when the tier hangs on facts that are too old. */
  readonly oldFactsSince: Day | null
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

/** How many days after its day a task of a day of its own is still made. */
export const LATE_DAYS = 30

/** So many days after a day, once. */
function after(start: Day | null, days: number, today: Day, until: Day): Day | null {
  if (!start) return null
  const on = addDays(start, days)
  return on <= until && on >= addDays(today, -LATE_DAYS) ? on : null
}

/** The first anniversary from a day on; null before there is one. */
function anniversary(since: Day | null, from: Day): Day | null {
  if (!since) return null
  const years = Number(from.slice(0, 4)) - Number(since.slice(0, 4))
  const thisYear = addMonths(since, years * 12)
  const next = thisYear >= from ? thisYear : addMonths(since, (years + 1) * 12)
  return next > since ? next : null
}

const readBefore = new WeakMap<Playbook, readonly CareRule[]>()

/**
 * The ways in which tasks fall due by the playbook, the weightiest first: of several reasons for
 * one kind of task the first is given. `care/due-sql.ts` says the same in SQL.
 */
export function careRules(playbook: Playbook): readonly CareRule[] {
  const rules = readBefore.get(playbook) ?? readRules(playbook)
  readBefore.set(playbook, rules)
  return rules
}

function readRules({ care, events, weights }: Playbook): CareRule[] {
  const rhythm = (tier: string | null) => care[tier ?? ''] ?? { call: null, visit: null }
  const { quiet, unused, birthday } = events
  const fell = events['usage-falling']
  const old = events['old-facts']
  /** Whoever has settled everything has a rhythm of its own. */
  const since = (client: CareFacts, start: Day): Day | null => (client.settledOn ? null : start)
  const rules: (CareRule | null)[] = [
    {
      kind: 'call',
      reason: 'care',
      base: weights.care,
      dayFor: (client, _today, until) =>
        lastTurn(since(client, contactOf(client)), rhythm(client.tier).call, until),
    },
    {
      kind: 'visit',
      reason: 'care',
      base: weights.care,
      dayFor: (client, _today, until) =>
        lastTurn(since(client, visitOf(client)), rhythm(client.tier).visit, until),
    },
    quiet && {
      ...stepOf(quiet),
      reason: 'quiet',
      dayFor: (client, _today, until) =>
        lastTurn(since(client, contactOf(client)), quiet.days, until),
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
    fell && {
      ...stepOf(fell),
      reason: 'usage-falling',
      dayFor: ({ usageFellOn }, today, until) => after(usageFellOn, fell.days, today, until),
    },
    old && {
      ...stepOf(old),
      reason: 'old-facts',
      dayFor: ({ oldFactsSince }, _today, until) =>
        lastTurn(oldFactsSince && addDays(oldFactsSince, -old.days), old.days, until),
    },
    ...WIN_BACK.map((reason): CareRule | null => {
      const event = events[reason]
      return (
        event && {
          ...stepOf(event),
          reason,
          dayFor: ({ settledOn }, today, until) => after(settledOn, event.days, today, until),
        }
      )
    }),
    before('credit-due', (client) => client.creditExpiresOn),
    before('loan-due', (client) => client.loanDueOn),
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

/** The calls after the last facility was settled. */
export const WIN_BACK = ['win-back', 'win-back-again', 'win-back-last'] as const

const contactOf = ({ lastContactOn, enteredOn }: CareFacts): Day => lastContactOn ?? enteredOn
const visitOf = ({ lastVisitOn, enteredOn }: CareFacts): Day => lastVisitOn ?? enteredOn

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
  const { settledOn } = client
  if (settledOn) return nextWinBack(playbook, client, settledOn, today)
  const rhythm = playbook.care[client.tier ?? '']
  const { quiet } = playbook.events
  const [contacted, visited] = [contactOf(client), visitOf(client)]
  const days = [
    nextTurn('call', contacted, rhythm?.call, client, today),
    nextTurn('visit', visited, rhythm?.visit, client, today),
    quiet && nextTurn(quiet.kind, contacted, quiet.days, client, today),
  ].filter((day) => typeof day === 'string')
  return days.sort()[0] ?? null
}

function nextWinBack(
  playbook: Playbook,
  { made }: CareFacts,
  settledOn: Day,
  today: Day,
): Day | null {
  const days = WIN_BACK.flatMap((reason) => {
    const event = playbook.events[reason]
    const on = event && addDays(settledOn, event.days)
    return on && on > today && !made.has(turnOf(event.kind, on)) ? [on] : []
  })
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
