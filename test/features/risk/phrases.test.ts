import { describe, expect, test } from 'vitest'
import { readIdentity } from '../../../src/features/clients/identity/rules.ts'
import { ENTRY_PHRASES, takeNumbers } from '../../../src/features/risk/list/phrases.ts'
import { momentOf } from '../../support/moment.ts'
import { readerOf } from '../../support/said.ts'

const read = readerOf(ENTRY_PHRASES, momentOf('2026-11-26T09:00:00+08:00'))
const entry = (reason: string) => read(`13812345678 ${reason}`)
const understood = (reason: string, until: string | null) => ({
  kind: 'understood',
  input: { numbers: ['13812345678'], reason, until },
})

describe('a last day behind a reason', () => {
  test.each([
    '失信 至 2027-12-31',
    '失信 至 27年12月31日',
    '失信 至27年12月31日',
    '失信，有效期至 2027年12月31日',
    '失信 until 2027-12-31',
    '失信 至明年底',
    '失信至明年底',
    '失信 至 明年底',
    '失信 到明年底',
  ])('%s is read', (text) => expect(entry(text)).toEqual(understood('失信', '2027-12-31')))
  test.each([
    '失信 三年',
    '失信 3年',
    '失信 半年',
    '失信 3 years',
    '失信 至 后年',
    '失信 至 下下个春节',
    '失信 至 2027-02-30',
    '失信 until further notice',
  ])('%s is asked about, and the reason is kept', (text) =>
    expect(entry(text)).toMatchObject({
      kind: 'asks',
      input: { reason: '失信', until: null },
      doubts: [{ slots: ['until'], expects: 'day' }],
    }),
  )
  test.each(['失信 至 长期', '失信 至永久'])('%s is for good', (text) =>
    expect(entry(text)).toEqual(understood('失信', null)),
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
  ])('%s is a reason', (text) => expect(entry(text)).toEqual(understood(text, null)))
})

describe('numbers before a reason', () => {
  const taken = (text: string) => {
    const { numbers, rest } = takeNumbers(text)
    return [numbers.map(readIdentity).map((each) => ('kind' in each ? each.value : null)), rest]
  }
  test.each([
    ['13812345678 失信', '+8613812345678'],
    ['138 1234 5678 失信', '+8613812345678'],
    ['91 110000 600037341L 失信', '91110000600037341L'],
    ['110105 19491231 002X 失信', '11010519491231002X'],
    ['0571-88881234 失信', '+8657188881234'],
  ])('%s is read', (text, value) => expect(taken(text)).toEqual([[value], '失信']))
  test('several are several', () => {
    const several = ['+8613812345678', '+8613912345678']
    expect(taken('13812345678 139 1234 5678 失信')).toEqual([several, '失信'])
    expect(taken('13812345678、13912345678 失信')).toEqual([several, '失信'])
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
    expect(taken(text)[0]).toEqual([null])
  })
  test.each(['查', '合同到期', '模板', 'import'])('%s begins with none', (text) =>
    expect(taken(text)).toEqual([[], text]),
  )
  test('a number within the reason stays there', () => {
    expect(taken('13812345678 合同20261231号违约')[1]).toBe('合同20261231号违约')
  })
})
