import { describe, expect, test } from 'vitest'
import { normalise } from '../../../../src/bot/grammar/normalise.ts'
import { day } from '../../../../src/core/calendar/time.ts'
import type { FactName } from '../../../../src/features/tier-rules/facts.ts'
import { readFacts } from '../../../../src/features/tiers/entry/phrases.ts'
import { readFact } from '../../../../src/features/tiers/entry/read-fact.ts'

const TODAY = day('2026-11-23')

/** What a line records, with the facts that are asked about as `?`. */
function read(line: string) {
  const reading = readFacts(normalise(line), TODAY)
  if (reading.kind === 'no') return null
  const { named, facts } = reading.input
  const values = Object.entries(facts).map(([fact, said]) => {
    const value = readFact(fact as FactName, said, TODAY)
    if ('refused' in value) return [fact, value.refused.zh]
    return [fact, 'value' in value ? value.value : '?']
  })
  return { named, ...Object.fromEntries(values) }
}

describe('facts as people say them', () => {
  test.each<[string, Record<string, unknown>]>([
    [
      '张三 净资产 320万 开票 410万 负债率 60% 经营 2019-05',
      {
        netAssets: 3_200_000,
        annualInvoiced: 4_100_000,
        debtRatio: 0.6,
        monthsOperating: '2019-05-01',
      },
    ],
    ['张三净资产320万', { netAssets: 3_200_000 }],
    ['张三 净资产：３２０万，年销售额：1.2亿', { netAssets: 3_200_000, annualSales: 120_000_000 }],
    ['张三 净资产 -50万', { netAssets: -500_000 }],
    ['张三 净资产 负50万', { netAssets: -500_000 }],
    ['张三 营业额大约800万左右', { annualSales: 8_000_000 }],
    ['张三 授信 五十万 用信 0.2', { creditLimit: 500_000, usageRate: 0.2 }],
    ['张三 负债率 六成', { debtRatio: 0.6 }],
    ['张三 抵押率 65.5%', { collateralLtv: 0.655 }],
    ['张三 一般纳税人', { generalTaxpayer: true }],
    [
      '张三 不是一般纳税人 公私分明 治理健全',
      { generalTaxpayer: false, separateFinances: true, soundGovernance: true },
    ],
    ['张三 犯罪记录 无 征信 良好', { criminalRecord: false, goodCredit: true }],
    ['张三 无犯罪记录 征信不好', { criminalRecord: false, goodCredit: false }],
    ['张三 没有恶意逾期', { maliciousOverdue: false }],
    ['张三 有房产证 没有车 存款 0', { homeHasTitleDeed: true, carValue: 0, savings: 0 }],
    ['张三 房本 没有 房子 120万', { homeHasTitleDeed: false, homeValue: 1_200_000 }],
    ['张三 行业 审慎', { industryClass: 'cautious' }],
    ['张三 行业 前景好', { industryClass: 'promising' }],
    ['张三 国籍 中国 出生 1985年3月2日', { nationality: 'CN', age: '1985-03-02' }],
    ['张三 国籍 SG', { nationality: 'SG' }],
    ['张三 年龄 35', { age: '1991-11-23' }],
    ['张三 经营 30个月', { monthsOperating: '2024-05-23' }],
    [
      '张三 经营 3年 按揭 1年半',
      { monthsOperating: '2023-11-23', mortgageMonthsPaid: '2025-05-23' },
    ],
    ['张三 成立 2019年5月', { monthsOperating: '2019-05-01' }],
    ['张三 按揭自2023-01', { mortgageMonthsPaid: '2023-01-01' }],
    [
      'Tom net assets 3.2m invoiced 4.1m debt ratio 60% operating since 2019-05',
      {
        netAssets: 3_200_000,
        annualInvoiced: 4_100_000,
        debtRatio: 0.6,
        monthsOperating: '2019-05-01',
      },
    ],
    [
      'Tom not a general taxpayer, no criminal record',
      { generalTaxpayer: false, criminalRecord: false },
    ],
    ['Tom usageRate 20% creditLimit 900k', { usageRate: 0.2, creditLimit: 900_000 }],
    ['Tom industry cautious, savings none', { industryClass: 'cautious', savings: 0 }],
    ['Tom good credit yes vices no', { goodCredit: true, vices: false }],
  ])('%s', (line, facts) => {
    expect(read(line)).toEqual({ named: line.startsWith('Tom') ? 'Tom' : '张三', ...facts })
  })

  test('a name of two words ends where the first fact begins', () => {
    expect(read('John Smith net assets 3.2m')).toEqual({
      named: 'John Smith',
      netAssets: 3_200_000,
    })
  })

  test('a name that holds the word of a fact stays a name', () => {
    expect(read('车建国 净资产 320万')).toEqual({ named: '车建国', netAssets: 3_200_000 })
  })

  test.each([
    ['a bare figure may mean 万', '张三 净资产 320', 'netAssets'],
    ['a share of 1 may mean 1 % or all', '张三 用信率 1', 'usageRate'],
    ['a share without its sign', '张三 负债率 60', 'debtRatio'],
    ['a year without its month', '张三 经营 2019', 'monthsOperating'],
    ['an amount for a ratio', '张三 负债 50万', 'debtRatio'],
    ['how much is left open', '张三 存款 几十万', 'savings'],
    ['bad news without yes or no', '张三 恶意逾期', 'maliciousOverdue'],
    ['neither yes nor no', '张三 一般纳税人 可能', 'generalTaxpayer'],
    ['an industry that is none of the four', '张三 行业 五金', 'industryClass'],
    ['a date of birth without its day', '张三 出生 1985-03', 'age'],
  ])('%s is asked about', (_why, line, fact) => {
    const reading = readFacts(line, TODAY)
    expect(reading).toMatchObject({ kind: 'asks', doubts: [{ slots: [`facts.${fact}`] }] })
  })

  test.each([
    ['张三 经营 2027-05', 'monthsOperating', /2027-05-01 在今天（2026-11-23）之后/],
    ['张三 出生 2030-01-01', 'age', /之后/],
    ['张三 出生 1890-01-01', 'age', /0 到 130/],
    ['张三 经营 2019-13', 'monthsOperating', /不是日历上的日期/],
    ['张三 经营 200年', 'monthsOperating', /最多 1200 个月/],
    ['张三 用信率 120%', 'usageRate', /0% 到 100%/],
    ['张三 用信率 -5%', 'usageRate', /0% 到 100%/],
    ['张三 存款 -5万', 'savings', /0 到 10亿/],
    ['张三 净资产 20亿', 'netAssets', /-10亿 到 10亿/],
  ])('%s is refused with the reason', (line, fact, why) => {
    expect((read(line) as Record<string, string>)[fact]).toMatch(why)
  })

  test.each(['', '张三', '张三 今天很忙', '张三 净资产 320万 净资产 400万'])(
    '"%s" is not meant',
    (line) => {
      expect(readFacts(line, TODAY)).toEqual({ kind: 'no' })
    },
  )
})
