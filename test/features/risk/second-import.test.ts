/** @module-tag slow */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../../src/core/ids.ts'
import { addEntries, listedAlready } from '../../../src/features/risk/list/store.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { ONE_DATABASE } from '../../support/open.ts'

const ROWS = 5000
const hash = (text: string) => `h${text}`
const rowsFrom = (first: number) =>
  Array.from({ length: ROWS }, (_, index) => ({
    number: index + 1,
    identities: [{ kind: 'phone', value: `+86139${first + index}` } as const],
    reason: '虚假流水',
    until: null,
  }))

describe.each(ONE_DATABASE)('lists of %s', (kind) => {
  let bank: Bank
  beforeEach(async () => {
    bank = await openBank(kind)
  })
  afterEach(() => bank.close())

  test('a second import takes no more than three times the first, and finds what is there', async () => {
    const { id: staffId } = await bank.database.prisma.staff.findFirstOrThrow({
      where: { role: 'risk' },
    })
    const take = async (first: number) => {
      const began = performance.now()
      const rows = rowsFrom(first)
      const known = await bank.database.transaction(async (tx) => {
        const listed = await listedAlready(tx, hash, rows)
        const fresh = rows.filter(({ number }) => !listed.has(number))
        await addEntries(tx, hash, fresh, { staffId, actId: newId(), now: new Date() })
        return listed.size
      })
      return { known, took: performance.now() - began }
    }
    const first = await take(10_000_000)
    // Each twice, as the machine may stand still in the midst of one.
    const [second, third] = [await take(20_000_000), await take(30_000_000)]
    const again = [await take(20_000_000 + ROWS / 2), await take(30_000_000 + ROWS / 2)]
    expect([first, second, third].map(({ known }) => known)).toEqual([0, 0, 0])
    expect(again.map(({ known }) => known)).toEqual([ROWS / 2, ROWS / 2])
    expect(Math.min(second.took, third.took)).toBeLessThan(3 * first.took)
    expect(Math.min(...again.map(({ took }) => took))).toBeLessThan(3 * first.took)
  })
})
