import { describe, expect, test } from 'vitest'
import { day } from '../../../../src/core/calendar/time.ts'
import { earnersIn, pointsIn } from '../../../../src/features/referrals/points/rule/read-terms.ts'
import {
  faultOf,
  type PointsRule,
  sayTerms,
  type Terms,
  tellsTooMuch,
} from '../../../../src/features/referrals/points/rules.ts'

const TODAY = day('2026-11-23')

const TERMS: Terms = {
  ...{ fromDay: day('2027-01-01'), untilDay: day('2027-12-31'), unitPath: '/HQ/' },
  ...{ points: { details: 10, contact: 20, loan: 100 }, earners: ['clients', 'staff'] },
  ...{ budget: 5000, ceiling: 500 },
}
const IN_FORCE: PointsRule = {
  ...{ ...TERMS, id: 'one', countsFrom: TERMS.fromDay, used: 300, emptied: false },
}

const because = (terms: Partial<Terms>, known: readonly PointsRule[] = []) =>
  faultOf({ ...TERMS, ...terms }, known, TODAY)?.because.zh ?? null

describe('a rule of points', () => {
  test('says what is given to whom, and what is not given is left out', () => {
    expect(sayTerms({ ...TERMS, points: { ...TERMS.points, contact: 0 } })).toEqual({
      zh: '留信息 10 分、放款 100 分；客户、员工可得；每人每月最多 500 分；预算 5000 分',
      en: 'details left 10, loan confirmed 100; for clients, staff; at most 500 a referrer and month; budget 5000',
    })
  })

  test.each<[string, Partial<Terms>]>([
    ['as it is', {}],
    ['that began before', { fromDay: day('2026-01-01') }],
    ['of its last day', { fromDay: TODAY, untilDay: TODAY }],
    ['without a ceiling', { ceiling: null }],
    ['with a ceiling of one newcomer', { ceiling: 100 }],
    ['with a budget of the least it gives', { budget: 10 }],
    ['of one stage', { points: { details: 0, contact: 0, loan: 1 } }],
  ])('%s is right', (_which, terms) => {
    expect(because(terms)).toBeNull()
  })

  test.each<[Partial<Terms>, string]>([
    [{ untilDay: day('2026-12-31') }, '早于第一天'],
    [{ fromDay: day('2026-01-01'), untilDay: day('2026-11-22') }, '已经过去'],
    [{ points: { details: 0, contact: 0, loan: 0 } }, '没有一档有积分'],
    [{ earners: [] }, '没有人可得'],
    [{ ceiling: 99 }, '不够一次的 100 分'],
    [{ budget: 9 }, '不够一次的 10 分'],
  ])('%o is refused: %s', (terms, why) => {
    expect(because(terms)).toContain(why)
  })

  test.each<[string, Partial<Terms>, string | null]>([
    ['the same days change it', {}, null],
    ['its last day moves', { untilDay: day('2027-06-30') }, null],
    ['a budget of what is earned', { budget: 300 }, null],
    ['a budget of less', { budget: 299 }, '已经计出 300 分'],
    ['other days within it', { fromDay: day('2027-03-01') }, '同一天不能有两条'],
    ['days that end on its first', { fromDay: TODAY, untilDay: TERMS.fromDay }, '同一天不能有两条'],
    ['the days before it', { fromDay: TODAY, untilDay: day('2026-12-31') }, null],
    ['the days after it', { fromDay: day('2028-01-01'), untilDay: day('2028-12-31') }, null],
    ['a unit below for the same days', { unitPath: '/HQ/B1/' }, '同一天不能有两条'],
  ])('beside one in force, %s', (_which, terms, why) => {
    const said = because(terms, [IN_FORCE])
    expect(why === null ? said : (said ?? '').includes(why)).toBe(why === null ? null : true)
  })

  test('units beside each other may have one each', () => {
    const other = { ...IN_FORCE, unitPath: '/HQ/B1/' }
    expect(because({ unitPath: '/HQ/B2/' }, [other])).toBeNull()
    expect(because({ unitPath: '/HQ/B1/T1/' }, [other])).toContain('同一天不能有两条')
  })

  test('gives nothing for a loan of which the bank does not tell', () => {
    expect(tellsTooMuch(TERMS, false)?.because.en).toContain('loan 0')
    expect(tellsTooMuch(TERMS, true)).toBeNull()
    expect(
      tellsTooMuch({ ...TERMS, points: { details: 1, contact: 1, loan: 0 } }, false),
    ).toBeNull()
  })
})

describe('words of a rule', () => {
  test.each<[string, number | null]>([
    ['100', 100],
    ['100分', 100],
    ['1,000 points', 1000],
    ['5万', 50_000],
    ['一百', 100],
    ['0', 0],
    ['不给', 0],
    ['none', 0],
    ['-5', -5],
    ['负5', -5],
    ['1.5', null],
    ['很多', null],
    ['', null],
    ['10-20', null],
  ])('"%s" is %s points', (said, points) => {
    expect(pointsIn(said)).toBe(points)
  })

  test.each([
    ['客户', ['clients']],
    ['客户经理、客户', ['clients', 'managers']],
    ['经理和员工', ['staff', 'managers']],
    ['staff and clients', ['clients', 'staff']],
    ['全部', ['clients', 'staff', 'managers']],
    ['亲戚', null],
    ['客户、亲戚', null],
    ['', null],
  ])('"%s" are %j', (said, earners) => {
    expect(earnersIn(said)).toEqual(earners)
  })
})
