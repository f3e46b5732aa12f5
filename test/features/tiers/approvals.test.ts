import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { approverOf } from '../../../src/features/tier-rules/rules.ts'
import { factsThen } from '../../../src/features/tier-rules/store.ts'
import { retier } from '../../../src/features/tiers/retier.ts'
import { type Bank, CLIENTS, openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'

test.each([
  [null, 'F', null],
  [null, 'A', null],
  ['B', 'B', null],
  ['B', 'D', null],
  ['unclassified', 'C', null],
  ['B', 'A', 'marketing'],
  ['E', 'D', 'marketing'],
  ['D', 'F', 'risk'],
  ['F', 'A', 'risk'],
])('a move from %s to %s is approved by %s', (from, to, role) => {
  expect(approverOf(from, to)).toBe(role)
})

describe.each(DATABASES)('moves on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind, CLIENTS.slice(0, 2))
  })
  afterAll(() => bank.close())

  const TODAY = day('2026-11-24')
  async function set(facts: string) {
    const id = await bank.clientId('张三')
    await bank.rows(`update client_facts set ${facts} where client_id = '${id}'`)
    await bank.database.transaction((tx) => retier(tx, [id], TODAY))
    const [held] = await bank.rows<{ tier: string; decided: string }>(
      `select tier, decided from client_tier where client_id = '${id}'`,
    )
    const changes = await bank.rows<{ to: string; status: string; approver: string | null }>(
      `select "to", status, approver_role as approver from tier_change
       where client_id = '${id}' and "from" is not null order by id`,
    )
    return {
      held: `${held?.tier}/${held?.decided}`,
      changes: changes.map(({ to, status, approver }) => `${to} ${status} ${approver ?? '-'}`),
    }
  }

  test('among B, C and D hold at once; to F they wait for risk while the old tier holds', async () => {
    expect(await set('usage_rate = 0.9, credit_limit = 700000')).toEqual({
      held: 'C/C',
      changes: ['C applied -'],
    })
    const waits = { held: 'C/F', changes: ['C applied -', 'F pending risk'] }
    expect(await set(`industry_class = 'barred'`)).toEqual(waits)
    expect(await set('usage_rate = 0.95')).toEqual(waits)
  })

  test('what waits is superseded when the standard says something else', async () => {
    expect(await set(`industry_class = 'cautious'`)).toEqual({
      held: 'C/E',
      changes: ['C applied -', 'F superseded risk', 'E pending marketing'],
    })
    expect(await set(`industry_class = 'neutral', usage_rate = 0.1`)).toEqual({
      held: 'B/B',
      changes: ['C applied -', 'F superseded risk', 'E superseded marketing', 'B applied -'],
    })
  })

  test('a rejected move is not asked for again while the standard says the same', async () => {
    const waits = (await set(`industry_class = 'barred'`)).changes
    await bank.rows(`update tier_change set status = 'rejected' where status = 'pending'`)
    const rejected = [...waits.slice(0, -1), 'F rejected risk']
    expect(await set('usage_rate = 0.2')).toEqual({ held: 'B/F', changes: rejected })
    expect(await set('usage_rate = null')).toEqual({ held: 'B/F', changes: rejected })
    await set(`industry_class = 'neutral', usage_rate = 0.1`)
    expect(await set(`industry_class = 'barred'`)).toEqual({
      held: 'B/F',
      changes: [...rejected, 'F pending risk'],
    })
  })

  test('the facts of the day are kept with the move', async () => {
    const [row] = await bank.rows<{ facts: Record<string, unknown> }>(
      `select facts from tier_change where status = 'pending'`,
    )
    expect(factsThen(row?.facts, TODAY)).toMatchObject({
      industryClass: 'barred',
      creditLimit: 700_000,
      monthsOperating: 70,
    })
  })
})
