import type { Moment } from '../../../bot/moment.ts'
import { addDays, type Day } from '../../../core/calendar/time.ts'
import { toDay, toDayOrNull } from '../../../infra/database/columns.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { NEW_ID } from '../../../infra/database/new-id.ts'
import { listed, quoted } from '../../../infra/database/quoted.ts'
import { idsOf } from '../../../infra/database/raw-statements.ts'
import { noMarketing } from '../../clients/rules.ts'
import { MARKETING_KINDS } from '../../playbook/contact-rules.ts'
import { MOST_CONTACTS, type Playbook, type TaskKind } from '../../playbook/rules.ts'
import { type CareFacts, turnOf } from './care-rules.ts'
import { dueSql, idsOfPart, type Part, within } from './due-sql.ts'
import { hotSql, WORTH_COLUMNS, weighedSql } from './priority-sql.ts'
import { dateOf, TASK_UNIT, workdaysAhead } from './sql.ts'

/** A day on which a client was contacted, in a visit or not. */
export interface NotedContact {
  readonly clientId: string
  readonly on: Day
  readonly visit: boolean
}

/** Notes contacts, each of another client: the rhythm and the ceiling count them. */
export async function noteContacts(tx: Queries, contacts: readonly NotedContact[]): Promise<void> {
  if (contacts.length === 0) return
  await tx.$executeRaw`
    with contacted as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb) as contacted ("clientId" uuid, "on" date, visit bool)
    )
    update client set last_contact_on = contacted."on",
      last_visit_on = case when contacted.visit then contacted."on" else last_visit_on end,
      contacts = case when contacts[1] = contacted."on" then contacts
        else (array[contacted."on"] || contacts)[1:${MOST_CONTACTS}::int] end
    from contacted
    -- By key, however many of them the plan expects: a small book is read whole else.
    where client.id = contacted."clientId" and client.id = any(array(select "clientId" from contacted))`
}

/** The days on which a client was contacted, newest first. */
export async function contactsOf(tx: Queries, clientId: string): Promise<Day[]> {
  const [row] = await tx.$queryRaw<{ contacts: Day[] }[]>`
    select coalesce(to_json(contacts), '[]') as contacts from client where id = ${clientId}::uuid`
  return row?.contacts ?? []
}

/** Counts the contacts of clients anew, after outcomes or visits no longer count. */
export async function recountContacts(tx: Queries, clientIds: readonly string[]): Promise<void> {
  if (clientIds.length === 0) return
  await tx.$executeRaw`
    update client set last_contact_on = counted.days[1], contacts = counted.days,
      last_visit_on = counted.visit
    from unnest(${idsOf(clientIds)}) as about (client_id)
    cross join lateral (
      select array(
          select logged_on from outcome
          where outcome.client_id = about.client_id and undone_at is null
            and stage <> 'none'
          union select visited_on from visit
          where visit.client_id = about.client_id and undone_at is null
          order by logged_on desc limit ${MOST_CONTACTS}) as days,
        greatest((select max(visited_on) from visit
          where visit.client_id = about.client_id and undone_at is null),
        (select max(logged_on) from outcome join task on task.id = outcome.task_id
          where outcome.client_id = about.client_id and undone_at is null and task.kind = 'visit'
            and outcome.stage <> 'none')) as visit
    ) as counted
    where client.id = about.client_id`
}

/**
 * Makes the tasks that fall due in a part of the book, by an act or (null) by the night; a second run
 * of the day makes none. Resolves to how many were new.
 */
export async function generate(
  tx: Queries,
  playbook: Playbook,
  at: Moment,
  part: Part = {},
  actId: string | null = null,
): Promise<number> {
  return tx.$executeRawUnsafe(
    `insert into task (id, manager_id, client_id, kind, due_on, generated_for, status, priority,
       base, because, reason, asked, opened_by, created_at)
     select ${NEW_ID}, manager_id, client_id, kind, due_on, generated_for, 'open', priority,
       base, because, reason, false, $2::uuid, $1::timestamptz
     from (${dueSql(playbook, at, within(part, 3))}) as due
     order by client_id
     on conflict do nothing`,
    at.now,
    actId,
    ...idsOfPart(part),
  )
}

const MARKETING = listed(MARKETING_KINDS)

/** Puts off what the contact ceiling does not allow yet, unless the client asked for it. */
export async function holdBack(tx: Queries, playbook: Playbook, at: Moment, part: Part) {
  const { touches, days } = playbook.ceiling
  const free = `client.contacts[${touches}] + ${days}`
  return tx.$executeRawUnsafe(
    `update task set due_on = (${workdaysAhead(at, days, TASK_UNIT)})[${free} - ${dateOf(at.today)} + 1]
     from client
     where client.id = task.client_id and task.status = 'open' and task.kind in (${MARKETING})
       and task.asked is not true and client.contacts[${touches}] > ${dateOf(addDays(at.today, -days))}
       and task.due_on < ${free} ${within(part, 1)}`,
    ...idsOfPart(part),
  )
}

/** Weighs the open tasks of a part of the book for the day; writes only what changed. */
export async function weighAll(tx: Queries, playbook: Playbook, at: Moment, part: Part) {
  // An update keeps even a join of which it reads nothing.
  const byWorth = playbook.weights.worth.most > 0
  return tx.$executeRawUnsafe(
    `update task set base = weighed.base, priority = weighed.priority, because = weighed.because
     from (
       select open.id, open.base, weighed.priority, weighed.because
       from (
         select task.id, task.client_id, coalesce(task.base, task.priority) as base,
           greatest(task.due_on, task.answer_by) as due_on,
           client_tier.tier, (client.entered_at at time zone ${quoted(at.timezone)})::date as entered_on,
           client.last_contact_on, client.credit_expires_on, client.unused_since,
           hot.client_id is not null as wants_now
           ${byWorth ? `, ${WORTH_COLUMNS}` : ''}
         from task
         join client on client.id = task.client_id
         left join client_tier on client_tier.client_id = client.id
         ${byWorth ? 'left join client_facts on client_facts.client_id = client.id' : ''}
         left join ${hotSql(at.today)} on hot.client_id = client.id
         where task.status = 'open' ${within(part, 1, 'task.manager_id')}
       ) as open
       ${weighedSql(playbook, at.today)}
     ) as weighed
     where task.id = weighed.id and task.status = 'open' and (task.base, task.priority, task.because)
       is distinct from (weighed.base, weighed.priority, weighed.because)`,
    ...idsOfPart(part),
  )
}

/** Notes since when a credit line lies unused, and forgets it when it is used. */
export async function noteUnused(tx: Queries, today: Day, part: Part): Promise<void> {
  await tx.$executeRawUnsafe(
    `update client set unused_since = case when idle then ${dateOf(today)} end
     from (
       select client_id, coalesce(usage_rate = 0 and credit_limit > 0, false) as idle
       from client_facts
     ) as line
     where line.client_id = client.id and idle = (unused_since is null)
       ${within(part, 1)}`,
    ...idsOfPart(part),
  )
}

/**
 * Cancels the open marketing tasks of clients who may not be marketed to, with the reason; they may
 * fall due again when the bar is lifted.
 */
export async function cancelBarred(
  tx: Queries,
  now: Date,
  part: Part,
  actId: string | null = null,
): Promise<number> {
  return tx.$executeRawUnsafe(
    `update task set status = 'cancelled', closed_by = $1::uuid, closed_at = $2::timestamptz,
       generated_for = null, no_next = case when client.negative_list then 'negative-list'
         when client_tier.tier = 'F' then 'exit-tier' else 'do-not-contact' end
     from client left join client_tier on client_tier.client_id = client.id
     where client.id = task.client_id and task.status = 'open' and task.kind in (${MARKETING})
       and (client.negative_list or client_tier.tier = 'F' or client.do_not_contact is not null)
       ${within(part, 3)}`,
    actId,
    now,
    ...idsOfPart(part),
  )
}

/** What makes tasks fall due for one client; null when there is none of that id. */
export async function careFacts(
  tx: Queries,
  clientId: string,
  timezone: string,
): Promise<CareFacts | null> {
  const [row] = await tx.$queryRaw<CareRow[]>`
    select client_tier.tier, client.do_not_contact as "doNotContact",
      client.negative_list as "negativeList",
      (client.entered_at at time zone ${timezone})::date as "enteredOn",
      client.last_contact_on as "lastContactOn", client.contacts::text[] as contacts,
      client.last_visit_on as "lastVisitOn", client.credit_expires_on as "creditExpiresOn",
      client.loan_due_on as "loanDueOn", client.licence_ends_on as "licenceEndsOn",
      client.unused_since as "unusedSince", client.usage_fell_on as "usageFellOn",
      case when client.kind = 'lapsed' then client.kind_since end as "settledOn",
      client_tier.old_facts_since as "oldFactsSince",
      client_facts.operating_since as "operatingSince", array(
        select array[kind, generated_for::text] from task
        where task.client_id = client.id and generated_for is not null) as made
    from client
    left join client_tier on client_tier.client_id = client.id
    left join client_facts on client_facts.client_id = client.id
    where client.id = ${clientId}::uuid`
  if (!row) return null
  return {
    tier: row.tier,
    noMarketing: noMarketing(row),
    enteredOn: toDay(row.enteredOn),
    lastContactOn: toDayOrNull(row.lastContactOn),
    contacts: row.contacts ?? [],
    lastVisitOn: toDayOrNull(row.lastVisitOn),
    creditExpiresOn: toDayOrNull(row.creditExpiresOn),
    licenceEndsOn: toDayOrNull(row.licenceEndsOn),
    operatingSince: toDayOrNull(row.operatingSince),
    loanDueOn: toDayOrNull(row.loanDueOn),
    unusedSince: toDayOrNull(row.unusedSince),
    usageFellOn: toDayOrNull(row.usageFellOn),
    settledOn: toDayOrNull(row.settledOn),
    oldFactsSince: toDayOrNull(row.oldFactsSince),
    made: new Set(row.made.map(([kind, on]) => turnOf(kind, on))),
  }
}

interface CareRow {
  tier: string | null
  doNotContact: string | null
  negativeList: boolean
  enteredOn: Date
  lastContactOn: Date | null
  contacts: Day[] | null
  lastVisitOn: Date | null
  creditExpiresOn: Date | null
  licenceEndsOn: Date | null
  loanDueOn: Date | null
  unusedSince: Date | null
  usageFellOn: Date | null
  settledOn: Date | null
  oldFactsSince: Date | null
  operatingSince: Date | null
  made: [TaskKind, Day][]
}
