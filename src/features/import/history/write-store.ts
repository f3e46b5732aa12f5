import type { Moment } from '../../../bot/moment.ts'
import { DEAD_NUMBER } from '../../../core/outcome.ts'
import { secret } from '../../../infra/database/encryption/secret.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { NEW_ID } from '../../../infra/database/new-id.ts'
import { cancelBarred, recountContacts } from '../../tasks/care/store.ts'
import type { Range } from '../check/match-store.ts'

/** The events of a range that are to be written, at noon of their day. */
const EVENTS = `
  select import_row.number, client_id, owner_id as staff_id, says->>'what' as what,
    says->>'outcome' as outcome, says->>'product' as product, (says->>'amount')::bigint as amount,
    says->>'note' as note, (says->>'on')::date as day,
    ((says->>'on')::date + time '12:00') at time zone $5 as at
  from import_row
  where import_id = $1::uuid and number > $2 and number <= $3 and kind = 'history' and verdict = 'new'
    and not written and client_id is not null and $4::uuid is not null`

/** Needs that are older are no longer open: they stand as a note. */
const OPEN_NEED_DAYS = 90

/** Writes the past talks, visits, needs and notes of a range. */
export async function writeEvents(
  tx: Queries,
  { importId, after, last }: Range,
  actId: string,
  { timezone, today, now, catalogue, kinds }: Moment,
): Promise<void> {
  const args = [importId, after, last, actId, timezone] as const
  await tx.$executeRawUnsafe(
    `insert into visit (id, act_id, client_id, staff_id, note, visited_on, logged_at)
     select ${NEW_ID}, $4::uuid, client_id, staff_id, coalesce(note, ''), day, at
     from (${EVENTS}) as event where what = 'visit' order by at`,
    ...args,
  )
  // Others ask for something now: a loan to be confirmed, a number to be mended, a wish to be kept.
  const talks = kinds.filter(
    ({ code, stage }) => stage !== 'granted' && stage !== 'barred' && code !== DEAD_NUMBER,
  )
  const stages = JSON.stringify(Object.fromEntries(talks.map(({ code, stage }) => [code, stage])))
  await tx.$executeRawUnsafe(
    `insert into outcome (id, act_id, client_id, staff_id, kind, stage, amount, product, note, logged_on, logged_at)
     select ${NEW_ID}, $4::uuid, client_id, staff_id, outcome, $6::jsonb->>outcome, amount, product,
       note, day, at
     from (${EVENTS}) as event where what in ('call', 'application') and $6::jsonb ? outcome order by at`,
    ...args,
    stages,
  )
  const lines = JSON.stringify(Object.fromEntries(catalogue.map(({ code, line }) => [code, line])))
  await tx.$executeRawUnsafe(
    `insert into need (id, act_id, client_id, registered_by, product, line, amount, urgency, note, registered_at)
     select ${NEW_ID}, $4::uuid, client_id, staff_id, product, $6::jsonb->>product, amount, 'some-day', note, at
     from (${EVENTS}) as event where what = 'need' and day >= $7::date - ${OPEN_NEED_DAYS} order by at`,
    ...args,
    lines,
    today,
  )
  await tx.$executeRawUnsafe(
    `insert into client_note (id, client_id, text, staff_id, act_id, recorded_at)
     select ${NEW_ID}, client_id, concat_ws(' ', case what when 'call' then '电话' when 'need' then '需求' end,
       product, amount || '元', case when not $7::jsonb ? outcome then $8::jsonb->>outcome end, note), staff_id, $4::uuid, at
     from (${EVENTS}) as event
     where (what = 'note' or what = 'need' and day < $6::date - ${OPEN_NEED_DAYS}
       or what = 'call' and coalesce(not $7::jsonb ? outcome, true))
     order by at`,
    ...args,
    today,
    stages,
    JSON.stringify(Object.fromEntries(kinds.map(({ code, label }) => [code, label.zh]))),
  )
  // The client's wish is always taken, also when it was said to an older system.
  const barred = await tx.$queryRawUnsafe<{ id: string }[]>(
    `update client set do_not_contact = coalesce(event.note, $6), silenced_by = $4::uuid
     from (${EVENTS}) as event
     where event.outcome = 'do-not-contact' and client.id = event.client_id and do_not_contact is null
     returning client.id`,
    ...args,
    secret('note', '历史记录'),
  )
  if (barred.length > 0) {
    const clients = barred.map(({ id }) => id)
    await cancelBarred(tx, now, { clients }, actId)
  }
  const rows = await tx.$queryRaw<{ clientId: string }[]>`
    with events as (
      update import_row set written = true, act_id = ${actId}::uuid
      where import_id = ${importId}::uuid and number > ${after} and number <= ${last}
        and kind = 'history' and verdict = 'new' and not written and client_id is not null
      returning client_id
    )
    select distinct client_id as "clientId" from events where client_id is not null`
  await recountContacts(
    tx,
    rows.map(({ clientId }) => clientId),
  )
}

/** Takes back the past talks, visits and needs that an act wrote. */
export async function takeBackEvents(tx: Queries, actId: string, now: Date): Promise<void> {
  const rows = await tx.$queryRaw<{ clientId: string }[]>`
    with visits as (
      update visit set undone_at = ${now}::timestamptz where act_id = ${actId}::uuid and undone_at is null
      returning client_id
    ), outcomes as (
      update outcome set undone_at = ${now}::timestamptz where act_id = ${actId}::uuid and undone_at is null
      returning client_id
    ), needs as (
      update need set status = 'withdrawn' where act_id = ${actId}::uuid
        and not exists (select from hand_over_row where need_id = need.id)
      returning client_id
    ), wishes as (
      update client set do_not_contact = null, silenced_by = null where silenced_by = ${actId}::uuid
      returning id as client_id
    )
    select client_id as "clientId" from visits union select client_id from outcomes
    union select client_id from needs union select client_id from wishes`
  await recountContacts(
    tx,
    rows.map(({ clientId }) => clientId),
  )
}
