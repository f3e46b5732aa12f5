import { afterAll, beforeAll, expect, test } from 'vitest'
import { retier } from '../../../../src/features/tiers/retier.ts'
import { type Bank, openBank } from '../../../support/bank.ts'

let bank: Bank
beforeAll(async () => {
  bank = await openBank('postgres')
})
afterAll(() => bank.close())

test('deciding the tier of one client is planned a few times, and not for each', async () => {
  const { today } = bank.app.services.moment()
  const clients = await bank.rows<{ id: string }>('select id from client')
  const plans = await bank.database.transaction(async (tx) => {
    for (let round = 0; round < 5; round++) {
      for (const { id } of clients) await retier(tx, [id], today)
    }
    return tx.$queryRaw<{ planned: number; kept: number }[]>`
      select custom_plans::int as planned, generic_plans::int as kept from pg_prepared_statements
      where statement like '%with decided as materialized%' and statement not like '%pg_prepared%'`
  })
  // The same connection may have decided them before, by other standards or on another day.
  expect(Math.max(...plans.map(({ kept }) => kept))).toBeGreaterThan(clients.length)
  expect(Math.max(...plans.map(({ planned }) => planned))).toBeLessThanOrEqual(5)
})
