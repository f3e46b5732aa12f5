import { describe, expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { creditOf, type Facility } from '../../../src/features/facilities/rules.ts'
import {
  type ConfirmedFacility,
  facilitiesOf,
  saveFacilities,
} from '../../../src/features/facilities/store.ts'
import { openBank } from '../../support/bank.ts'
import { DATABASES } from '../../support/open.ts'

const TODAY = day('2026-11-23')
const facility = (more: Partial<Facility>): Facility => ({
  id: 'f',
  product: 'working-capital',
  account: 'C1',
  kind: 'line',
  lineId: null,
  creditLimit: 500_000,
  balance: 0,
  openedOn: null,
  endsOn: day('2027-03-01'),
  state: 'open',
  closedOn: null,
  confirmedBy: 'feed',
  asOf: TODAY,
  ...more,
})

test.each<[string, Partial<Facility>[], Partial<ReturnType<typeof creditOf>>]>([
  ['nothing', [], { live: false, limit: 0, usage: null, creditEndsOn: null }],
  ['a line half used', [{ balance: 250_000 }], { live: true, limit: 500_000, usage: 0.5 }],
  [
    'a drawing, whose end is when the loan is due and which is counted once',
    [
      { balance: 200_000 },
      {
        kind: 'loan',
        lineId: 'f',
        creditLimit: 200_000,
        balance: 200_000,
        endsOn: day('2026-12-01'),
      },
    ],
    {
      limit: 500_000,
      balance: 200_000,
      creditEndsOn: day('2027-03-01'),
      loanDueOn: day('2026-12-01'),
    },
  ],
  ['a closed one', [{ state: 'closed' }], { live: false, limit: 0 }],
  ['one whose last day is today', [{ endsOn: TODAY }], { live: true, limit: 500_000 }],
  ['one that ended without a balance', [{ endsOn: day('2026-11-22') }], { live: false, limit: 0 }],
  [
    'one that ended with a balance: overdue, not settled',
    [{ endsOn: day('2026-11-22'), balance: 1 }],
    { live: true, limit: 0, usage: null, overdue: true },
  ],
  ['a limit of nothing', [{ creditLimit: 0 }], { live: true, usage: null }],
  [
    'two lines, of which the earlier end counts',
    [{}, { creditLimit: 300_000, balance: 400_000, endsOn: day('2026-12-31') }],
    { limit: 800_000, usage: 0.5, creditEndsOn: day('2026-12-31') },
  ],
])('what a client’s facilities come to: %s', (_, given, expected) => {
  expect(creditOf(given.map(facility), TODAY)).toMatchObject(expected)
})

describe.each(DATABASES)('facilities on file, on %s', (kind) => {
  test('are one for each account, drawings behind their line; nobody takes another’s account', async () => {
    const bank = await openBank(kind)
    const [tx, clientId] = [bank.database.prisma, await bank.clientId('张三')]
    const { id: _, lineId: __, ...line } = facility({})
    const by = { staffId: null, actId: null, now: new Date('2026-11-23T00:00:00Z') }
    const whole = { ...line, clientId, lineAccount: null, claimId: null, documentId: null }
    const given: ConfirmedFacility[] = [
      {
        ...whole,
        kind: 'loan',
        account: 'D1',
        lineAccount: 'C1',
        creditLimit: 100_000,
        balance: 90_000,
      },
      whole,
    ]
    expect(await saveFacilities(tx, given, by)).toHaveLength(2)
    await saveFacilities(tx, [{ ...whole, balance: 90_000 }], by)
    const others = await bank.clientId('赵强')
    expect(await saveFacilities(tx, [{ ...whole, clientId: others }], by)).toEqual([])
    const [first, second] = await facilitiesOf(tx, clientId)
    expect(first).toMatchObject({ account: 'C1', balance: 90_000, lineId: null })
    expect(second).toMatchObject({ account: 'D1', balance: 90_000, lineId: first?.id })
    await bank.close()
  })
})
