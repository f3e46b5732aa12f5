import { afterEach, describe, expect, test } from 'vitest'
import { type Bank, openBank } from '../support/bank.ts'
import { ONE_DATABASE } from '../support/open.ts'
import { play } from '../support/play.ts'

const client = { phone: '+8613490010001', owner: 'M1', kind: 'prospect' as const }
const need = (status: string) => `insert into need (id, client_id, registered_by, product, line,
  urgency, status, registered_at)
  select gen_random_uuid(), client.id, owner_id, 'credit-line', 'micro-credit', 'soon', '${status}',
    now() from client where name = '王大力' returning 1`
const entry = (status: string) => `with link as (
    insert into referral_link (id, code, staff_id, created_at)
    select gen_random_uuid(), 'bcdfghjk', id, now() from staff where code = 'M2' returning id)
  insert into referral_entry (id, link_id, client_id, status, credit, consent_version, entered_at)
  select gen_random_uuid(), link.id, client.id, '${status}',
    ${status === 'accepted' ? "'first'" : 'null'}, 2, now() from link, client
  where name = '王大力' returning 1`
const closedBefore = `update task set status = 'cancelled', no_next = 'do-not-contact',
  closed_at = '2026-10-02T00:00:00Z' returning 1`

/** A task open when 勿扰 was said, what else happens, and its day after 可联系; null: it stays ended. */
type Case = readonly [
  what: string,
  task: { kind?: string; reason: string; due_on: string; product?: string },
  sql: string | null,
  day: string | null,
]

const CASES: readonly Case[] = [
  [
    'the call of an open need',
    { reason: 'need', due_on: '2026-12-01', product: 'credit-line' },
    need('open'),
    '2026-12-01',
  ],
  [
    'an open need, its day past',
    { reason: 'need', due_on: '2026-11-23', product: 'credit-line' },
    need('open'),
    '2026-11-30',
  ],
  [
    'the call of a need that is no more',
    { reason: 'need', due_on: '2026-12-01', product: 'credit-line' },
    need('withdrawn'),
    null,
  ],
  [
    'the call of a need of something else',
    { reason: 'need', due_on: '2026-12-01', product: 'mortgage-loan' },
    need('open'),
    null,
  ],
  ['the call after a visit', { reason: 'interested', due_on: '2026-12-02' }, null, '2026-12-02'],
  ['the care after a visit', { reason: 'care', due_on: '2026-12-02' }, null, '2026-12-02'],
  ['the first call', { reason: 'entry', due_on: '2026-11-24' }, null, '2026-11-30'],
  ['a visit', { kind: 'visit', reason: 'thinking', due_on: '2026-12-03' }, null, '2026-12-03'],
  [
    'what a lead set',
    { kind: 'other', reason: 'assigned', due_on: '2026-12-01' },
    null,
    '2026-12-01',
  ],
  [
    'a referral',
    { kind: 'referral', reason: 'referral', due_on: '2026-11-23' },
    entry('accepted'),
    '2026-11-30',
  ],
  [
    'a referral that was withdrawn',
    { kind: 'referral', reason: 'referral', due_on: '2026-11-23' },
    entry('withdrawn'),
    null,
  ],
  [
    'an invitation to what is over',
    { kind: 'campaign', reason: 'assigned', due_on: '2026-11-25' },
    null,
    null,
  ],
  [
    'an event that is over',
    { kind: 'visit', reason: 'credit-due', due_on: '2026-11-25' },
    null,
    null,
  ],
]

/** A removal has its second person. */
const CONFIRMED = '已请 方刚、叶青 确认\nK1> 待确认\nK1> [确认]\n已确认，已生效：移出负面清单'

describe.each(ONE_DATABASE)('可联系 brings back what 勿扰 ended, on %s', (kind) => {
  let bank: Bank
  afterEach(() => bank.close())
  const tasks = (status: string) =>
    bank.rows<{ kind: string; reason: string; due: string }>(
      `select kind, reason, due_on::text as due from task where status = '${status}' order by id`,
    )
  const open = async (task: Case[1]) => {
    bank = await openBank(kind, [{ ...client, name: '王大力', tasks: [{ priority: 50, ...task }] }])
  }

  test.each(CASES)('%s', async (_, task, sql, day) => {
    await open(task)
    if (sql) await bank.rows(sql)
    await play(bank, 'M1> 勿扰 王大力 本人要求\n已设勿扰')
    expect(await tasks('open')).toEqual([])
    // A Sunday.
    bank.setClock('2026-11-29T10:00:00+08:00')
    await play(
      bank,
      `M1> 可联系 王大力 客户回心转意\n已解除勿扰：王大力\n${day ? '恢复 1 件任务' : '。'}`,
    )
    const kept = (await tasks('open')).filter(({ reason }) => reason === task.reason)
    expect(kept.map(({ due }) => due)).toEqual(day ? [day] : [])
    // And is gone with the undoing, until the silence itself is undone or lifted.
    await play(bank, 'M1> 撤销\n已撤销')
    expect((await tasks('open')).filter(({ reason }) => reason === task.reason)).toEqual([])
    await play(bank, 'M1> 可联系 王大力 还是可以')
    expect((await tasks('open')).filter(({ reason }) => reason === task.reason)).toHaveLength(
      day ? 1 : 0,
    )
  })

  test('what an earlier silence ended does not come back', async () => {
    await open({ reason: 'interested', due_on: '2026-12-02' })
    await bank.rows(closedBefore)
    await play(bank, 'M1> 勿扰 王大力 本人要求\nM1> 可联系 王大力 客户来电\n已解除勿扰')
    expect((await tasks('open')).filter(({ reason }) => reason === 'interested')).toEqual([])
  })

  test('while another bar stands it waits for that one, in either order', async () => {
    await open({ reason: 'interested', due_on: '2026-12-02' })
    await play(
      bank,
      `
      M1> 勿扰 王大力 本人要求
      R1> 负面 13490010001 冒用资料
      M1> 可联系 王大力 客户来电
      在负面清单上，不再营销
      `,
    )
    expect(await tasks('open')).toEqual([])
    await play(bank, `R1> 负面 移除 13490010001 误登\n${CONFIRMED}`)
    expect(await tasks('open')).toEqual([{ kind: 'call', reason: 'interested', due: '2026-12-02' }])
    await play(
      bank,
      `
      R1> 负面 13490010001 冒用资料
      M1> 勿扰 王大力 本人要求
      R1> 负面 移除 13490010001 误登
      ${CONFIRMED}
      M1> 可联系 王大力 客户来电
      恢复 1 件任务，最早 下周三(12/2)
      `,
    )
    expect(await tasks('open')).toEqual([{ kind: 'call', reason: 'interested', due: '2026-12-02' }])
  })
})
