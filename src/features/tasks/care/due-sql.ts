import type { Moment } from '../../../bot/moment.ts'
import { addDays, type Day } from '../../../core/calendar/time.ts'
import { listed, quoted } from '../../../infra/database/quoted.ts'
import { idsIn } from '../../../infra/database/raw-statements.ts'
import { type CareEvent, type Playbook, ROUTINE, type TaskKind } from '../../playbook/rules.ts'
import { type DueTask, LATE_DAYS, WIN_BACK } from './care-rules.ts'
import { hotSql, WORTH_COLUMNS, weighedSql } from './priority-sql.ts'
import { byTier, dateOf, workdaysAhead } from './sql.ts'

// The tasks that fall due are made every night for the whole book, by one INSERT … SELECT whose rows never
// pass through JavaScript. This file writes the select, from the playbook; care-rules.ts says the same of one
// client, for the answers about one, and test/features/tasks/care holds the two against each other.
//
// `dueSql` works up these columns, one lateral step after the other:
//
// 1. owner: who gets a client's tasks, and by the calendar of which unit. Of a manager who left, the
//    nearest lead or head above.
// 2. book: a row for each client who may be marketed to, with the days that the rules start from.
// 3. days: of each rule of the playbook (the heaviest first) a column d0, d1, …: the *true* due day, where
//    that is not after the last day looked ahead to; else null.
// 4. fresh: f0, f1, …: the same, or null where a task of that kind and day was made before and a lighter
//    rule of that kind has a day too. So a reason that was dealt with makes way for the next one.
// 5. picked: a row for each kind of task: its heaviest rule that has a day gives reason, base and day.
// 6. placed: when it is to be done: the true day, but not before today and not before the contact ceiling
//    allows it, moved to the next workday. An array by the distance from today holds those workdays.
// 7. weighed: the priority as of today (priority-sql.ts).
//
// What has an open task of its kind is left out, and with a load limit what would overfill a manager's list.
// The unique key of `task` holds the true day, never the one moved to a workday: else a task that was moved
// would be made again the next night. `offset 0` keeps the planner from pulling a step up into the next
// one, which would evaluate its expressions once for each use.

/** One way in which tasks fall due, in SQL over the columns of `book`. */
interface Rule {
  readonly kind: TaskKind
  readonly reason: DueTask['reason']
  readonly base: number
  /** The true due day, if it is not after `until`; else null. */
  readonly dayBy: (until: Day) => string
  /** How many fall due from today up to a day. */
  readonly timesBy: (until: Day) => string
}

/** Whoever has settled everything has a rhythm of its own. */
const held = (start: string) => `(case when settled_on is null then ${start} end)`
const LAST = held('coalesce(last_contact_on, entered_on)')

/** `careRules` of `care/care-rules.ts` in SQL, in the same order. */
function rulesOf({ care, events, weights }: Playbook, today: Day): Rule[] {
  const rhythm = (of: 'call' | 'visit') =>
    byTier(Object.fromEntries(Object.entries(care).map(([tier, each]) => [tier, each[of]])), null)
  const turns = (start: string, every: string | number) => ({
    dayBy: (until: Day) =>
      `case when ${dateOf(until)} - ${start} >= ${every}
        then ${start} + (${dateOf(until)} - ${start}) / ${every} * ${every} end`,
    timesBy: (until: Day) =>
      `greatest(0, (${dateOf(until)} - ${start}) / ${every})
        - greatest(0, (${dateOf(addDays(today, -1))} - ${start}) / ${every} - 1)`,
  })
  const ahead = (end: string, days: number) => {
    const dayBy = (until: Day) =>
      `case when ${end} >= ${dateOf(today)} and ${end} - ${days} <= ${dateOf(until)}
        then ${end} - ${days} end`
    return {
      dayBy,
      timesBy: (until: Day) => `(case when ${dayBy(until)} is null then 0 else 1 end)`,
    }
  }
  const after = (start: string, days: number) => {
    const dayBy = (until: Day) =>
      `case when ${start} + ${days} between ${dateOf(addDays(today, -LATE_DAYS))} and ${dateOf(until)}
        then ${start} + ${days} end`
    return {
      dayBy,
      timesBy: (until: Day) => `(case when ${dayBy(until)} is null then 0 else 1 end)`,
    }
  }
  const year = Number(today.slice(0, 4))
  const birthdayOf = (years: number) =>
    `(operating_since + make_interval(years => ${year + years} - extract(year from operating_since)::int))::date`
  const anniversary = `(case
      when operating_since is null or operating_since >= ${dateOf(today)} then null
      when ${birthdayOf(0)} >= ${dateOf(today)} then ${birthdayOf(0)} else ${birthdayOf(1)} end)`
  const careRule = (kind: 'call' | 'visit', start: string): Rule => {
    return { kind, reason: 'care', base: weights.care, ...turns(start, rhythm(kind)) }
  }
  const eventRule = (
    reason: CareEvent,
    how: (days: number) => Pick<Rule, 'dayBy' | 'timesBy'>,
  ): Rule[] => {
    const event = events[reason]
    return event ? [{ kind: event.kind, reason, base: event.priority, ...how(event.days) }] : []
  }
  return [
    careRule('call', LAST),
    careRule('visit', held('coalesce(last_visit_on, entered_on)')),
    ...eventRule('quiet', (days) => turns(LAST, days)),
    ...eventRule('unused', (days) => turns('unused_since', days)),
    ...eventRule('birthday', (days) => ahead(anniversary, days)),
    ...eventRule('usage-falling', (days) => after('usage_fell_on', days)),
    ...eventRule('old-facts', (days) => turns(`(old_facts_since - ${days})`, days)),
    ...WIN_BACK.flatMap((reason) => eventRule(reason, (days) => after('settled_on', days))),
    ...eventRule('credit-due', (days) => ahead('credit_expires_on', days)),
    ...eventRule('loan-due', (days) => ahead('loan_due_on', days)),
    ...eventRule('licence-due', (days) => ahead('licence_ends_on', days)),
  ].sort((a, b) => b.base - a.base)
}

/** Which part of the book: some clients, or those of some managers; neither: all of it. */
export interface Part {
  readonly clients?: readonly string[]
  readonly owners?: readonly string[]
}

/** A condition that holds `client` to a part of the book, whose ids are the parameter `$place`. */
export function within({ clients, owners }: Part, place: number, owner = 'client.owner_id') {
  if (clients) return `and client.id = any(${idsIn(`$${place}`)})`
  // Of these the plan is made for how many there are: each has a book.
  return owners ? `and ${owner} = any($${place}::uuid[])` : ''
}

/** The parameter of `within`, if it has one. */
export const idsOfPart = ({ clients, owners }: Part): (string | readonly string[])[] => {
  if (clients) return [JSON.stringify(clients)]
  return owners ? [owners] : []
}

/** A manager who left makes way for the nearest lead or head above who has not. */
const OWNERS = `owner as (
  select staff.id, case when staff.active then staff.id else coalesce((
      select boss.id from staff as boss join unit as above on above.id = boss.unit_id
      where boss.active and boss.role in ('lead', 'head') and starts_with(unit.path, above.path)
      order by length(above.path) desc, boss.code limit 1), staff.id) end as manager_id, unit.path
  from staff join unit on unit.id = staff.unit_id)`

/** Clients who may be marketed to, with what makes tasks fall due. */
const bookSql = (at: Moment, contacts: number, part: string): string => `book as (
  select client.id as client_id, owner.manager_id, owner.path, client_tier.tier,
    (client.entered_at at time zone ${quoted(at.timezone)})::date as entered_on,
    client.last_contact_on, client.contacts[${contacts}] as reached_on, client.last_visit_on,
    client.credit_expires_on, client.loan_due_on, client.licence_ends_on, client.unused_since,
    client.usage_fell_on, case when client.kind = 'lapsed' then client.kind_since end as settled_on,
    client_tier.old_facts_since, client_facts.operating_since, ${WORTH_COLUMNS}
  from client
  join owner on owner.id = client.owner_id
  left join client_tier on client_tier.client_id = client.id
  left join client_facts on client_facts.client_id = client.id
  where not client.negative_list and client.do_not_contact is null
    and client_tier.tier is distinct from 'F'
    ${part})`

/**
 * `dueTasks` of `care/care-rules.ts` for a whole book in one statement, with the priority, as rows
 * of `due`: a select of what is to be inserted, without what is open already. `part` is a condition
 * of `within`.
 */
export function dueSql(playbook: Playbook, at: Moment, part: string): string {
  const { ceiling, sizes } = playbook
  const until = addDays(at.today, sizes.ahead)
  const rules = rulesOf(playbook, at.today)
  const days = rules.map(({ dayBy }, index) => `${dayBy(until)} as d${index}`)
  // What was made before gives way to the next reason for the same kind of task; looked up only
  // where there is a next one.
  const fresh = rules.map(({ kind }, index) => {
    const next = rules.flatMap((rule, later) =>
      later > index && rule.kind === kind ? [`d${later}`] : [],
    )
    return next.length === 0
      ? `d${index} as f${index}`
      : `case when d${index} is not null and (coalesce(${next.join(', ')}) is null
          or d${index} is distinct from (
            select made.generated_for from task as made where made.client_id = book.client_id
              and made.kind = ${quoted(kind)} and made.generated_for = d${index}))
          then d${index} end as f${index}`
  })
  const kinds = [...new Set(rules.map(({ kind }) => kind))].map((kind) => {
    const mine = rules.flatMap((rule, index) =>
      rule.kind === kind ? [{ rule, day: `f${index}` }] : [],
    )
    const first = (of: (rule: Rule) => string) =>
      `case ${mine.map(({ rule, day }) => `when ${day} is not null then ${of(rule)}`).join(' ')} end`
    return `(${quoted(kind)}, ${first(({ reason }) => quoted(reason))},
      ${first(({ base }) => `${base}`)}, coalesce(${mine.map(({ day }) => day).join(', ')}))`
  })
  const calendar = workdaysAhead(at, Math.max(sizes.ahead, ceiling.days), 'book.path')
  const loaded = sizes.load === null ? '' : loadSql(sizes.load, until)
  return `
    with ${OWNERS}, ${bookSql(at, ceiling.touches, part)}, due as (
      select book.client_id, manager_id, kind, reason, base, generated_for, due_on,
        weighed.priority, weighed.because
      from book
      cross join lateral (select ${days.join(', ')} offset 0) as days
      cross join lateral (select ${fresh.join(', ')} offset 0) as fresh
      cross join lateral (values ${kinds.join(', ')}) as picked (kind, reason, base, generated_for)
      cross join lateral (select (${calendar})[greatest(generated_for, ${dateOf(at.today)},
        reached_on + ${ceiling.days}) - ${dateOf(at.today)} + 1] as due_on) as placed
      left join ${hotSql(at.today)} on hot.client_id = book.client_id
      cross join lateral (select hot.client_id is not null as wants_now) as heat
      ${weighedSql(playbook, at.today)}
      where generated_for is not null and not exists (
        select from task where task.client_id = book.client_id and task.kind = picked.kind
          and status = 'open')
    )
    ${loaded || 'select * from due'}`
}

/** Of what has no day of its own, only so many that a manager's list does not grow past its load. */
const loadSql = (load: number, until: Day): string => `
    select due.* from (
      select due.*, row_number() over (
        partition by manager_id, reason in (${listed(ROUTINE)})
        order by priority desc, client_id) as place
      from due
    ) as due
    left join (
      select manager_id, count(*) as open from task
      where status = 'open' and due_on <= ${dateOf(until)} group by manager_id
    ) as laden on laden.manager_id = due.manager_id
    where reason not in (${listed(ROUTINE)}) or place <= ${load} - coalesce(laden.open, 0)`

/** How many tasks of each kind fall due for each manager up to a day, by the clients' rhythm and events. */
export function foreseenSql(playbook: Playbook, at: Moment, until: Day): string {
  const rules = rulesOf(playbook, at.today)
  const kinds = [...new Set(rules.map(({ kind }) => kind))].map((kind) => {
    const times = rules.flatMap((rule) =>
      rule.kind === kind ? [`coalesce(${rule.timesBy(until)}, 0)`] : [],
    )
    return `(${quoted(kind)}, least(${playbook.ceiling.touches}, greatest(${times.join(', ')})))`
  })
  return `
    with ${OWNERS}, ${bookSql(at, playbook.ceiling.touches, '')}
    select manager_id, kind, sum(times) as tasks
    from book cross join lateral (values ${kinds.join(', ')}) as foreseen (kind, times)
    group by manager_id, kind having sum(times) > 0`
}
