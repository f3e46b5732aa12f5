import { describe, expect, test } from 'vitest'
import { day } from '../../../../src/core/calendar/time.ts'
import { SHIPPED_PRODUCTS } from '../../../../src/features/catalogue/rules.ts'
import { sayFilter } from '../../../../src/features/clients/filter/labels.ts'
import {
  type Condition,
  clientFilter,
  period,
} from '../../../../src/features/clients/filter/rules.ts'

const id = '018f3f5e-0000-7000-8000-000000000000'

describe('a condition is said in one way', () => {
  test.each<[Condition, string, string]>([
    [{ by: 'tier', among: ['A', 'premium'] }, 'A类或优质目标', 'tier A or premium target'],
    [{ by: 'kind', among: ['existing'] }, '存量', 'existing'],
    [{ by: 'product', code: 'payroll', held: false }, '没有代发工资', 'without payroll'],
    [{ by: 'usage', is: { below: 0.3 } }, '用信低于 30%', 'usage under 30%'],
    [
      { by: 'limit', is: { atLeast: 500_000, atMost: 800_000 } },
      '授信不低于 50万、不超过 80万',
      'limit at least CNY 500,000, at most CNY 800,000',
    ],
    [
      { by: 'worth', of: 'deposits', is: { above: 200_000 } },
      '存款超过 20万',
      'deposits over CNY 200,000',
    ],
    [
      { by: 'worth', of: 'balance', is: { below: 10_000 } },
      '贷款余额低于 1万',
      'balance under CNY 10,000',
    ],
    [{ by: 'credit-ends', in: 'this-week' }, '授信本周到期', 'credit ends this week'],
    [{ by: 'credit-ends', in: { ahead: 30 } }, '授信30 天内到期', 'credit ends within 30 days'],
    [{ by: 'credit-ends', in: 'gone-by' }, '授信已到期', 'credit has ended'],
    [
      { by: 'place', register: 'cluster', among: [{ id, name: '五金市场' }] },
      '集群 五金市场',
      'cluster 五金市场',
    ],
    [{ by: 'loan-due', in: 'this-month' }, '贷款本月到期', 'loan due this month'],
    [{ by: 'source', among: ['referral'] }, '来源转介', 'from referral'],
    [{ by: 'uncontacted', days: 60 }, '60 天未联系', 'not contacted for 60 days'],
    [{ by: 'complete', is: false }, '资料不全', 'file not complete'],
    [{ by: 'next-task', is: false }, '没有下一步任务', 'without a next task'],
    [{ by: 'entered', in: 'this-month' }, '本月录入', 'entered this month'],
    [{ by: 'owner', among: [{ id, name: '周敏' }] }, '周敏的', 'of 周敏'],
    [{ by: 'unit', path: '/HQ/B1/', name: '城东支行' }, '城东支行', '城东支行'],
  ])('%j', (condition, zh, en) => {
    const wording = { today: day('2026-11-23'), catalogue: SHIPPED_PRODUCTS }
    expect(sayFilter([condition], { ...wording, language: 'zh' })).toEqual([zh])
    expect(sayFilter([condition], { ...wording, language: 'en' })).toEqual([en])
  })

  test.each<[string, unknown]>([
    ['no number', { by: 'usage', is: {} }],
    ['a path that would be of other units too', { by: 'unit', path: '/HQ/B1', name: '城东' }],
    ['nothing to choose from', { by: 'tier', among: [] }],
    ['what it does not know', { by: 'mood', is: 'good' }],
    ['more than it says', { by: 'complete', is: true, sql: 'true' }],
  ])('and none that has %s', (_what, condition) => {
    expect(clientFilter.safeParse([condition]).success).toBe(false)
  })

  test('nor a period that ends before it begins, or on no day', () => {
    expect(period.safeParse({ from: '2026-12-02', until: '2026-12-01' }).success).toBe(false)
    expect(period.safeParse({ from: '2026-02-30', until: '2026-03-01' }).success).toBe(false)
  })
})
