import { expect, test } from 'vitest'
import { LOAN, SETTLED } from '../../../src/features/facilities/confirm/phrases.ts'
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

test('what has no place in a loan is not passed over', () => {
  expect(read('赵强 28万 已核对合同').kind).toBe('no')
  expect(readerOf(SETTLED, AT)('赵强 昨天还的').kind).toBe('no')
})
