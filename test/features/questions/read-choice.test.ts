import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../src/core/decision.ts'
import { sayFilter } from '../../../src/features/clients/filter/labels.ts'
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
    ['行业 餐饮 城东', [], ['行业 餐饮', '城东']],
    ['区域 城东 B类 集群 五金市场', [tier('B')], ['区域 城东', '集群 五金市场']],
    ['tier B region East', [tier('B')], ['region East']],
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

/** Conditions of every sort, of which no two of one line may say the same thing. */
const CONDITIONS: readonly (readonly Condition[])[] = [
  ['A', 'B', 'premium', 'ordinary', 'unclassified', 'undetermined'].map((each) => tier(each)),
  [
    { by: 'kind', among: ['existing'] },
    { by: 'kind', among: ['prospect', 'lapsed'] },
  ],
  [
    { by: 'product', code: 'settlement-card', held: true },
    { by: 'product', code: 'payroll', held: false },
  ],
  [
    below30,
    { by: 'usage', is: { atLeast: 0.5 } },
    { by: 'usage', is: { above: 0.125 } },
    { by: 'usage', is: { atMost: 0.7 } },
  ],
  [
    { by: 'limit', is: { above: 500_000 } },
    { by: 'limit', is: { atLeast: 1_000_000 } },
    { by: 'limit', is: { below: 123_456 } },
    { by: 'worth', of: 'balance', is: { atMost: 250_000 } },
    { by: 'worth', of: 'deposits', is: { above: 200_000 } },
    { by: 'worth', of: 'income', is: { atLeast: 5000 } },
  ],
  [
    { by: 'source', among: ['walk-in'] },
    { by: 'source', among: ['list', 'cluster'] },
    { by: 'source', among: ['industry', 'referral'] },
  ],
  [quiet60, { by: 'uncontacted', days: 1 }],
  [
    { by: 'complete', is: true },
    { by: 'complete', is: false },
  ],
  [
    { by: 'next-task', is: true },
    { by: 'next-task', is: false },
  ],
  [
    { by: 'credit-ends', in: { ahead: 30 } },
    { by: 'credit-ends', in: 'gone-by' },
    { by: 'loan-due', in: 'next-week' },
    { by: 'loan-due', in: 'gone-by' },
    { by: 'entered', in: 'this-month' },
  ],
]

const shown = (where: readonly Condition[], language: 'zh' | 'en'): string =>
  sayFilter([...where], { today: AT.today, catalogue: AT.catalogue, language }).join(' · ')

test.each(['zh', 'en'] as const)(
  'a choice is read in the words that show it, in %s',
  (language) => {
    for (const where of CONDITIONS.flat().map((each) => [each])) {
      expect(readChoice(shown(where, language), AT)).toMatchObject({ where, names: [] })
    }
    fc.assert(
      fc.property(fc.shuffledSubarray([...CONDITIONS], { minLength: 2, maxLength: 4 }), (some) => {
        const where = some.flatMap(([first]) => first ?? [])
        const read = readChoice(shown(where, language), AT)
        expect(read).toMatchObject({ where: expect.arrayContaining(where), names: [] })
      }),
    )
  },
)
