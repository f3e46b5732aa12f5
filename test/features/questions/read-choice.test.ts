import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../src/core/decision.ts'
import type { Condition } from '../../../src/features/clients/filter/rules.ts'
import { readChoice } from '../../../src/features/questions/segments/read-choice.ts'
import { momentOf } from '../../support/moment.ts'

const AT = momentOf('2026-11-23T08:10:00+08:00')
const tier = (...among: string[]): Condition => ({ by: 'tier', among })
const below30: Condition = { by: 'usage', is: { below: 0.3 } }
const quiet60: Condition = { by: 'uncontacted', days: 60 }

describe('a choice of clients is read of one line', () => {
  test.each<[string, Condition[], string[]]>([
    ['城东 B类 用信低于30% 60天未联系', [tier('B'), below30, quiet60], ['城东']],
    ['城东 五金市场 AB类', [tier('A', 'B')], ['城东', '五金市场']],
    [
      '存量 没有代发工资',
      [
        { by: 'kind', among: ['existing'] },
        { by: 'product', code: 'payroll', held: false },
      ],
      [],
    ],
    ['授信30天内到期', [{ by: 'credit-ends', in: { ahead: 30 } }], []],
    [
      '来源转介 资料不全',
      [
        { by: 'source', among: ['referral'] },
        { by: 'complete', is: false },
      ],
      [],
    ],
    ['B类客户 C类客户', [tier('B', 'C')], []],
    [
      '授信超过50万 没有下一步任务',
      [
        { by: 'limit', is: { above: 500_000 } },
        { by: 'next-task', is: false },
      ],
      [],
    ],
    ['tier B usage under 30%', [tier('B'), below30], []],
  ])('%s', (line, where, names) => {
    expect(readChoice(line, AT)).toMatchObject({ of: 'clients', where, names })
  })

  test.each([
    ['B类 他说不要', '他说不要'],
    ['B类 有意向', 'B类'],
    ['我的任务', '我的任务'],
    ['甲市场 乙市场 丙市场 丁市场', '丁市场'],
    ['', ''],
  ])('%s is not, and what was not understood is named', (line, part) => {
    const refusal = readChoice(line, AT)
    expect(refusal).toBeInstanceOf(Refusal)
    expect((refusal as Refusal).because.zh.toLowerCase()).toContain(`"${part.toLowerCase()}`)
  })

  test('an end without a time asks which', () => {
    expect(readChoice('B类 授信到期', AT)).toBeInstanceOf(Refusal)
  })
})
