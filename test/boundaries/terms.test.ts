import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sealDays, verifyTrail } from '../../src/bot/audit-seals.ts'
import { termsFinding } from '../../src/cli/doctor/terms-finding.ts'
import { day } from '../../src/core/calendar/time.ts'
import { firstIdAt, newId } from '../../src/core/ids.ts'
import { purge as purgeReferrals } from '../../src/features/referrals/privacy/purge.ts'
import { purge } from '../../src/features/staff/terms/purge-old.ts'
import { type Bank, openBank } from '../support/bank.ts'
import { DATABASES } from '../support/open.ts'

const ZONE = 'Asia/Shanghai'
const TERMS = { chat: 180, audit: 365, sessions: 30, lists: 100, clicks: 100 }

test('the doctor says for how long things are kept, and what is older than that', () => {
  const oldest = { chat: day('2026-11-01'), audit: null, sessions: null, lists: null, clicks: null }
  const at = (today: string) => termsFinding(TERMS, oldest, day(today))
  expect(at('2027-04-30')).toMatchObject({ state: 'ok', text: expect.stringContaining('180 天') })
  expect(at('2027-05-04')).toMatchObject({ state: 'note', text: expect.stringContaining('chat') })
})

describe.each(DATABASES)('terms on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
    for (const on of ['2020-03-01', '2020-03-02', '2025-11-01', '2026-05-01', '2026-11-22']) {
      const at = `'${on}T10:00:00+08:00'::timestamptz`
      await bank.rows(`
        insert into received (id, channel, external_id, conversation, sender, shared, says, received_at, answered_at)
        select '${newId()}', 'console', '${on}', 'c', 's', false, '{}', ${at}, ${at}
        returning 1`)
      await bank.rows(`
        insert into message (id, channel, conversation, state, card, not_before, created_at)
        select gen_random_uuid(), 'console', 'c', state, '{}', ${at}, ${at}
        from unnest(array['sent', 'queued']) as state returning 1`)
      await bank.rows(`
        insert into act (id, staff_id, channel, command, input, result, undoable, at)
        select gen_random_uuid(), id, 'console', 'help', '{}', 'done', false, ${at}
        from staff where code in ('M1', 'M2') returning 1`)
      await bank.rows(`
        insert into page_session (hash, staff_id, started_at, seen_at, expires_at)
        select '${on}', id, ${at}, ${at}, ${at} + interval '10 hours' from staff
        where code = 'L1' returning 1`)
      await bank.rows(`
        insert into referral_click (link_id, visitor, via, agent, clicked_at)
        values ('${newId()}', '', 'tap', 'phone', ${at}) returning 1`)
      await bank.rows(`
        insert into task_list (staff_id, day, items)
        select id, '${on}', '{}' from staff where code = 'M1' returning 1`)
      await bank.rows(`
        insert into undo_snapshot (id, act_id, subject, before)
        values ('${firstIdAt(new Date(`${on}T10:00:00+08:00`))}', '${newId()}', 'shares', '"${on}"') returning 1`)
      await bank.rows(`
        insert into request (id, kind, subject, payload, asked_by, asked_at, expires_at, status, decided_at)
        select gen_random_uuid(), 'move', '${on}', '{}', id, ${at}, ${at}, status,
          case status when 'confirmed' then ${at} end
        from staff, unnest(array['asked', 'confirmed', 'lapsed']) as status where code = 'L1' returning 1`)
    }
    await bank.rows(`update message set state = 'dropped' where state = 'queued' and id in (
      select id from message where state = 'queued' order by created_at desc limit 1) returning 1`)
  })
  afterAll(() => bank.close())

  const days = async (table: string, column: string) =>
    (
      await bank.rows<{ day: string }>(`
        select distinct (${column} at time zone '${ZONE}')::date::text as day from ${table} order by day`)
    ).map((row) => row.day)

  test('nothing of the trail goes before it was sealed', async () => {
    await expect(bank.rows(`select purge_audit_day('2020-03-01', '${ZONE}')`)).rejects.toThrow(
      'this day of the audit trail stays',
    )
    const at = bank.app.services.moment()
    await purge({ ...bank.app.services, terms: TERMS }, at)
    expect(await days('act', 'at')).toHaveLength(5)
  })

  test('what is older than its term goes in the night, and the chain of seals holds', async () => {
    const at = bank.app.services.moment()
    await bank.database.transaction((tx) => sealDays(tx, at))
    const services = { ...bank.app.services, terms: TERMS }
    expect(await purge(services, at)).toMatchObject({ acts: 6 })
    await purgeReferrals(services, at)
    expect(await days('act', 'at')).toEqual(['2026-05-01', '2026-11-22'])
    expect(await days('received', 'received_at')).toEqual(['2026-11-22'])
    expect(await days('page_session', 'started_at')).toEqual(['2026-11-22'])
    expect(
      await bank.rows(`select count(*)::int as all, count(*) filter (where status = 'asked')::int as asked
      from request`),
    ).toEqual([{ all: 9, asked: 5 }])
    expect(await days('referral_click', 'clicked_at')).toEqual(['2026-11-22'])
    expect(await bank.rows(`select day::text from task_list`)).toEqual([{ day: '2026-11-22' }])
    expect(await bank.rows('select before from undo_snapshot')).toEqual([{ before: '2026-11-22' }])
    expect(
      await bank.rows(
        `select state, count(*)::int as left from message group by state order by state`,
      ),
    ).toEqual([
      { state: 'dropped', left: 1 },
      { state: 'queued', left: 4 },
      { state: 'sent', left: 1 },
    ])
    const verified = await verifyTrail(bank.database.prisma, ZONE)
    expect(verified).toMatchObject({ days: 5, purged: 3, broken: [], unsealed: 0 })
    expect(await purge(services, at)).toMatchObject({ acts: 0, received: 0 })
  })

  test.each([
    ['a young day', `select purge_audit_day('2026-11-22', '${ZONE}')`],
    [
      'many days as one',
      `insert into audit_purge values ('2026-05-01', '2020-01-01', '2026-05-02', now())`,
    ],
    ['a purge forgotten', `delete from audit_purge`],
    ['an act of a day that stays', `delete from act`],
  ])('refuses %s', async (_what, statement) => {
    await expect(bank.rows(statement)).rejects.toThrow('stays')
  })

  test('an act put into a purged day shows', async () => {
    await bank.rows(`
      insert into act (id, staff_id, channel, command, input, result, undoable, at)
      select gen_random_uuid(), id, 'console', 'help', '{}', 'done', false, '2020-03-01T10:00:00+08:00'
      from staff where code = 'M1' returning 1`)
    const { broken } = await verifyTrail(bank.database.prisma, ZONE)
    expect(broken).toMatchObject([{ day: '2020-03-01', kind: 'count', found: 1 }])
  })
})
