import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day } from '../../../../src/core/calendar/time.ts'
import { retierAll } from '../../../../src/features/tiers/batch/retier-all.ts'
import { type Bank, CLIENTS, openBank } from '../../../support/bank.ts'
import { DATABASES } from '../../../support/open.ts'

const YOUNG = {
  name: '新开',
  owner: 'M1',
  facts: { industry_class: 'neutral', stable_home: true, operating_since: '2025-11-24' },
}

describe.each(DATABASES)('the nightly run on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind, [...CLIENTS, YOUNG])
  })
  afterAll(() => bank.close())

  /** Where everybody stands, with the mark that a row gets when it is written. */
  const tiers = () =>
    bank.rows<{ name: string; tier: string; since: Date; mark: string }>(
      `select client.id, name, tier, since, client_tier.xmin::text as mark
       from client_tier join client on client.id = client_id order by client.id`,
    )

  test('on a day on which nothing changes writes nothing', async () => {
    const before = await tiers()
    expect(await retierAll(bank.database, day('2026-11-23'), 3)).toEqual({ looked: 8, changed: 0 })
    expect(await tiers()).toEqual(before)
  })

  test('a month that ends moves whom it concerns, and nobody else is written', async () => {
    const before = await tiers()
    expect(await retierAll(bank.database, day('2026-11-24'), 3)).toEqual({ looked: 8, changed: 1 })
    const written = (await tiers()).filter(({ mark }, place) => mark !== before[place]?.mark)
    expect(written).toMatchObject([{ name: '新开', tier: 'D' }])
    expect(written[0]?.since.toISOString()).toMatch(/^2026-11-24/)
  })

  test('facts that arrived another way count at night, and what needs approval waits', async () => {
    await bank.rows(
      `update client_facts set industry_class = 'barred' where industry_class <> 'barred'`,
    )
    const { changed } = await retierAll(bank.database, day('2026-11-25'), 3)
    expect(changed).toBe(6)
    const waiting = await bank.rows<{ to: string; approver: string }>(
      `select distinct "to", approver_role as approver from tier_change where status = 'pending'`,
    )
    expect(waiting).toEqual([{ to: 'F', approver: 'risk' }])
    expect((await tiers()).filter(({ tier }) => tier === 'F')).toHaveLength(1)
    expect(await retierAll(bank.database, day('2026-11-25'))).toEqual({ looked: 8, changed: 0 })
  })

  test('a client without any facts is decided too', async () => {
    await bank.rows(`delete from client_tier using client
      where client.id = client_id and name = '赵强'`)
    expect(await retierAll(bank.database, day('2026-11-25'))).toMatchObject({ changed: 1 })
    expect(await tiers()).toContainEqual(
      expect.objectContaining({ name: '赵强', tier: 'undetermined' }),
    )
  })
})
