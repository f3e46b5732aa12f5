import fc from 'fast-check'
import { expect, test } from 'vitest'
import { saidDay } from '../../../src/bot/grammar/day.ts'
import {
  addDays,
  addMonths,
  day,
  dayIn,
  daysBetween,
  instantOf,
  isDay,
  monthEnd,
  monthsBetween,
  sayDate,
  sayDay,
  weekday,
  yearsBetween,
} from '../../../src/core/calendar/time.ts'
import { chineseWorkdays } from '../../../src/core/calendar/workdays.ts'
import { sayYuan } from '../../../src/core/money.ts'

const workdays = chineseWorkdays()

test('a day is one of the calendar', () => {
  expect(['2026-02-28', '2024-02-29'].every(isDay)).toBe(true)
  expect(['2026-02-29', '2026-13-01', '2026-1-1', 'today', ''].some(isDay)).toBe(false)
  expect(() => day('2026-02-30')).toThrow(RangeError)
})

test('the day is the bank’s, not the machine’s', () => {
  const late = new Date('2026-11-22T16:30:00Z')
  expect(dayIn(late, 'Asia/Shanghai')).toBe('2026-11-23')
  expect(dayIn(late, 'UTC')).toBe('2026-11-22')
  expect(instantOf(day('2026-11-23'), '08:07', 'Asia/Shanghai').toISOString()).toBe(
    '2026-11-23T00:07:00.000Z',
  )
})

test('months and years are whole ones', () => {
  expect(monthsBetween(day('2025-11-24'), day('2026-11-23'))).toBe(11)
  expect(monthsBetween(day('2025-11-23'), day('2026-11-23'))).toBe(12)
  expect(yearsBetween(day('2001-11-24'), day('2026-11-23'))).toBe(24)
  expect(addMonths(day('2026-01-31'), 1)).toBe('2026-02-28')
})

test.each([
  ['2026-11-22', '昨天', 'yesterday'],
  ['2026-11-24', '明天', 'tomorrow'],
  ['2026-11-27', '周五(11/27)', 'Fri 27 Nov'],
  ['2026-12-01', '下周二(12/1)', 'Tue 1 Dec'],
  ['2026-12-15', '12月15日', '15 Dec'],
  ['2027-01-05', '2027年1月5日', '5 Jan 2027'],
])('on Monday 23 November %s is called %s, %s', (date, zh, en) => {
  expect([
    sayDay(day(date), day('2026-11-23'), 'zh'),
    sayDay(day(date), day('2026-11-23'), 'en'),
  ]).toEqual([zh, en])
})

test.each([
  ['2026-10-01', false],
  ['2026-10-10', true],
  ['2026-11-21', false],
  ['2026-11-23', true],
])('%s is a workday: %s', (date, expected) => {
  expect(workdays.isWorkday(day(date))).toBe(expected)
})

test('a year that is not covered says so, and beside its public holidays counts Monday to Friday', () => {
  const year = (workdays.years.at(-1) ?? 0) + 1
  expect(workdays.covers(year)).toBe(false)
  expect(workdays.isWorkday(day(`${year}-07-01`))).toBe(
    new Date(`${year}-07-01`).getUTCDay() % 6 !== 0,
  )
})

test.each([
  [500_000, '50万', 'CNY 500,000'],
  [505_000, '50.5万', 'CNY 505,000'],
  [120_000_000, '1.2亿', 'CNY 120,000,000'],
  [800, '800元', 'CNY 800'],
  [123_456, '123,456元', 'CNY 123,456'],
])('%i yuan is said %s, %s', (yuan, zh, en) => {
  expect([sayYuan(yuan, 'zh'), sayYuan(yuan, 'en')]).toEqual([zh, en])
})

test.each([
  ['2026-11-23', 1],
  ['2026-11-28', 6],
  ['2026-11-29', 7],
])('%s is weekday %i, counted from Monday', (date, expected) => {
  expect(weekday(day(date))).toBe(expected)
})

test.each([
  ['2026-11-23', '2026-11-30'],
  ['2026-02-01', '2026-02-28'],
  ['2028-02-29', '2028-02-29'],
  ['2026-12-31', '2026-12-31'],
])('the month of %s ends on %s', (date, end) => {
  expect(monthEnd(day(date))).toBe(end)
})

test.each([
  ['2026-11-23', '今天', 'today', '11月23日 周一', 'Mon 23 Nov'],
  ['2026-11-29', '周日(11/29)', 'Sun 29 Nov', '11月29日 周日', 'Sun 29 Nov'],
  ['2026-11-30', '下周一(11/30)', 'Mon 30 Nov', '11月30日 周一', 'Mon 30 Nov'],
  ['2026-12-06', '下周日(12/6)', 'Sun 6 Dec', '12月6日 周日', 'Sun 6 Dec'],
  ['2026-12-07', '12月7日', '7 Dec', '12月7日 周一', 'Mon 7 Dec'],
  ['2026-11-20', '11月20日', '20 Nov', '11月20日 周五', 'Fri 20 Nov'],
])('%s is called %s, %s, and in full %s, %s', (date, zh, en, fullZh, fullEn) => {
  const today = day('2026-11-23')
  expect([sayDay(day(date), today, 'zh'), sayDay(day(date), today, 'en')]).toEqual([zh, en])
  expect([sayDate(day(date), 'zh'), sayDate(day(date), 'en')]).toEqual([fullZh, fullEn])
})

const anyDay = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays(day('1990-01-01'), days))

test('so many days later are so many days between, and days compare as strings', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 2000 }), (date, days) => {
      const later = addDays(date, days)
      expect(isDay(later)).toBe(true)
      expect(daysBetween(date, later)).toBe(days)
      expect(addDays(later, -days)).toBe(date)
      expect(later > date).toBe(true)
    }),
  )
})

test('some months later is in that month, and never past its end', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 60 }), (date, months) => {
      const later = addMonths(date, months)
      const index = (value: string) => Number(value.slice(0, 4)) * 12 + Number(value.slice(5, 7))
      expect(index(later) - index(date)).toBe(months)
      expect(later <= monthEnd(later)).toBe(true)
      if (date.slice(8) <= '28') expect(later.slice(8)).toBe(date.slice(8))
    }),
  )
})

test('what the bot calls a day is read as that day when it is typed back', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 180 }), (today, days) => {
      const date = addDays(today, days)
      expect(saidDay(sayDay(date, today, 'zh'), { today, workdays })).toMatchObject({ day: date })
    }),
  )
})
