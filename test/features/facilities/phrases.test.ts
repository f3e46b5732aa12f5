import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scan } from '../../../src/bot/grammar/scan/scan.ts'
import { accountOf } from '../../../src/bot/grammar/slots/phrase.ts'
import { nothing, type Slot } from '../../../src/bot/grammar/slots/slot.ts'
import { LOAN, LOAN_SLOTS, SETTLED } from '../../../src/features/facilities/confirm/phrases.ts'
import { momentOf } from '../../support/moment.ts'
import { readerOf } from '../../support/said.ts'

const AT = momentOf('2026-11-23T09:00:00+08:00')
const read = readerOf(LOAN, AT, ['赵强'])
const KNOWN = { named: '赵强', amount: 280_000, until: '2027-11-30', account: '6228001' }

test.each<[string, object]>([
  ['赵强 28万 至 2027-11-30 账号 6228001', KNOWN],
  ['赵强 28万 账号 6228001 至 2027-11-30', KNOWN],
  ['28万 赵强 至 2027年11月30日，账号：6228001', KNOWN],
  ['赵强 信用贷 28万 余额10万 账号6228001 至 2027-11-30', { ...KNOWN, balance: 100_000 }],
  ['赵强 授信额度 28万 至 2027-11-30 账号 6228001', { ...KNOWN, kind: 'line' }],
  ['赵强 28万 至 2027-11-30 合同号 HT/2233-12', { ...KNOWN, account: 'HT/2233-12' }],
  ['赵强 账号 6228 0012 345', { named: '赵强', account: '6228 0012 345', amount: null }],
])('"%s" is a loan', (said, input) => {
  expect(read(said)).toMatchObject({ kind: 'understood', input })
})

test.each<[string, string]>([
  ['赵强 几十万 至 2027-11-30 账号 6228001', 'amount'],
  ['赵强 28万 至 下个月 账号 6228001', 'until'],
  ['赵强 28万 至 2027-11-30 账号', 'account'],
])('"%s" asks for %s', (said, slot) => {
  expect(read(said)).toMatchObject({ kind: 'asks', doubts: [{ slots: [slot] }] })
})

test.each(['赵强 28万 已核对合同', '赵强 28万 至 2027-11-30 已核对'])(
  'what has no place in the loan "%s" is not passed over: the rest is offered',
  (said) => {
    expect(read(said)).toMatchObject({
      kind: 'asks',
      input: { named: '赵强', amount: 280_000 },
      doubts: [{ slots: ['unread'] }],
    })
  },
)

test.each(['钱几 28万 已核对', '赵强 已核对合同'])('"%s" is no loan', (said) => {
  expect(read(said).kind).toBe('no')
})

test('what is said of a settled loan is not passed over', () => {
  expect(readerOf(SETTLED, AT)('赵强 昨天还的').kind).toBe('no')
})

const PARTS = fc.shuffledSubarray(
  ['28万', '几十万', '余额10万', '账号 6228001', '信用贷', '至 2027-11-30', '至 下个月'],
  { minLength: 1 },
)

/** Amounts and days of a loan that are in no slot and in no question. */
function lost(parts: readonly string[], slots: readonly Slot[]): string[] {
  const scanned = scan(`赵强 ${parts.join(' ')}`, { at: AT, names: ['赵强'] })
  const { reading, accounted } = accountOf(scanned, 0, slots)
  const held = [...accounted]
  return scanned.pieces.flatMap(({ kind, start, end, said }) =>
    reading.kind === 'no' ||
    (kind !== 'amount' && kind !== 'product' && kind !== 'name') ||
    held.some((each) => each.start <= start && each.end >= end)
      ? []
      : said,
  )
}

test('whatever a loan says is in a slot or in a question', () => {
  fc.assert(
    fc.property(PARTS, (parts) => {
      expect(lost(parts, LOAN_SLOTS)).toEqual([])
    }),
  )
})

// Without the balance the amount asks which of the two it is.
test.each(LOAN_SLOTS.filter(({ field }) => field === 'amount' || field === 'product'))(
  'would be missed if $field were not read',
  (broken) => {
    const slots = LOAN_SLOTS.map((slot) =>
      slot === broken ? { ...slot, take: () => nothing } : slot,
    )
    expect(fc.check(fc.property(PARTS, (parts) => lost(parts, slots).length === 0)).failed).toBe(
      true,
    )
  },
)
