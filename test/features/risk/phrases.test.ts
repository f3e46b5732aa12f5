import { describe, expect, test } from 'vitest'
import { takeUntil } from '../../../src/bot/grammar/until.ts'
import { day } from '../../../src/core/calendar/time.ts'
import { chineseWorkdays } from '../../../src/core/calendar/workdays.ts'
import { readIdentity } from '../../../src/features/clients/identity/rules.ts'
import { takeNumbers } from '../../../src/features/risk/list/phrases.ts'

const TODAY = day('2026-11-26')
const until = (text: string) => takeUntil(text, TODAY, chineseWorkdays())

describe('a last day behind a reason', () => {
  test.each([
    '失信 至 2027-12-31',
    '失信 至 27年12月31日',
    '失信 至27年12月31日',
    '失信，有效期至 2027年12月31日',
    '失信 until 2027-12-31',
  ])('%s is read', (text) => expect(until(text)).toMatchObject({ until: '2027-12-31' }))
  test.each([
    '失信 至明年底',
    '失信至明年底',
    '失信 至 明年底',
    '失信 三年',
    '失信 3年',
    '失信 半年',
    '失信 3 years',
    '失信 至 后年',
    '失信 到明年底',
    '失信 至 下下个春节',
    '失信 至 2027-02-30',
    '失信 until further notice',
  ])('%s is asked about, and the reason is kept', (text) =>
    expect(until(text)).toMatchObject({ fault: expect.any(String), rest: '失信' }),
  )
  test.each(['失信 至 长期', '失信 至永久'])('%s is for good', (text) =>
    expect(until(text)).toEqual({ until: null, rest: '失信' }),
  )
  test.each([
    '逾期至今',
    '逾期 至今未还',
    '多次催收以至失联',
    '甚至伪造合同',
    '截至11月仍未还',
    '至少三次逾期',
    '到期未还',
    '贷款 到期未还',
    '联系不到人',
    '收到 12 次举报',
    '逾期三年',
    '乃至冒用他人资料',
  ])('%s is a reason', (text) => expect(until(text)).toEqual({ until: null, rest: text }))
})

describe('numbers before a reason', () => {
  const read = (text: string) => {
    const { numbers, rest } = takeNumbers(text)
    return [numbers.map(readIdentity).map((each) => ('kind' in each ? each.value : null)), rest]
  }
  test.each([
    ['13812345678 失信', '+8613812345678'],
    ['138 1234 5678 失信', '+8613812345678'],
    ['91 110000 600037341L 失信', '91110000600037341L'],
    ['110105 19491231 002X 失信', '11010519491231002X'],
    ['0571-88881234 失信', '+8657188881234'],
  ])('%s is read', (text, value) => expect(read(text)).toEqual([[value], '失信']))
  test('several are several', () => {
    const several = ['+8613812345678', '+8613912345678']
    expect(read('13812345678 139 1234 5678 失信')).toEqual([several, '失信'])
    expect(read('13812345678、13912345678 失信')).toEqual([several, '失信'])
  })
  test.each([
    '2027-12-31 到期未还',
    '20271231 到期未还',
    '12345678 失信',
    '1234567 失信',
    '9555812345 失信',
    'H12345678',
    'E12345678 失信',
    '军字第2001988号 失信',
    '客户编号10086123 失信',
  ])('%s begins with a number that is refused', (text) => {
    expect(read(text)[0]).toEqual([null])
  })
  test.each(['查', '合同到期', '模板', 'import'])('%s begins with none', (text) =>
    expect(read(text)).toEqual([[], text]),
  )
  test('a number within the reason stays there', () => {
    expect(read('13812345678 合同20261231号违约')[1]).toBe('合同20261231号违约')
  })
})
