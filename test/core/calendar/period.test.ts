import { describe, expect, test } from 'vitest'
import { daysOf, type Period, sayPeriod } from '../../../src/core/calendar/period.ts'
import { day } from '../../../src/core/calendar/time.ts'

describe('a period means, on Monday 23 November 2026', () => {
  const today = day('2026-11-23')
  test.each<[Period, string | null, string, string, string]>([
    ['gone-by', null, '2026-11-22', '今天以前', 'before today'],
    ['yesterday', '2026-11-22', '2026-11-22', '昨天', 'yesterday'],
    ['today', '2026-11-23', '2026-11-23', '今天', 'today'],
    ['last-week', '2026-11-16', '2026-11-22', '上周', 'last week'],
    ['this-week', '2026-11-23', '2026-11-29', '本周', 'this week'],
    ['next-week', '2026-11-30', '2026-12-06', '下周', 'next week'],
    ['last-month', '2026-10-01', '2026-10-31', '上月', 'last month'],
    ['this-month', '2026-11-01', '2026-11-30', '本月', 'this month'],
    ['next-month', '2026-12-01', '2026-12-31', '下月', 'next month'],
    ['last-quarter', '2026-07-01', '2026-09-30', '上季度', 'last quarter'],
    ['this-quarter', '2026-10-01', '2026-12-31', '本季度', 'this quarter'],
    ['next-quarter', '2027-01-01', '2027-03-31', '下季度', 'next quarter'],
    ['last-year', '2025-01-01', '2025-12-31', '去年', 'last year'],
    ['this-year', '2026-01-01', '2026-12-31', '今年', 'this year'],
    [{ ahead: 30 }, '2026-11-23', '2026-12-23', '30 天内', 'within 30 days'],
    [{ back: 7 }, '2026-11-17', '2026-11-23', '最近 7 天', 'in the last 7 days'],
  ])('%j', (period, from, until, zh, en) => {
    expect(daysOf(period, today)).toEqual({ from, until })
    expect(sayPeriod(period, today, 'zh')).toBe(zh)
    expect(sayPeriod(period, today, 'en')).toBe(en)
  })

  test('a week of Sunday is the one that ends with it, and a month may begin with today', () => {
    expect(daysOf('this-week', day('2026-11-29')).from).toBe('2026-11-23')
    expect(daysOf('last-month', day('2026-03-31'))).toEqual({
      from: '2026-02-01',
      until: '2026-02-28',
    })
  })
})
