import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, day } from '../../../src/core/calendar/time.ts'
import { chineseWorkdays, saySetDay } from '../../../src/core/calendar/workdays.ts'

const workdays = chineseWorkdays()

test.each([
  ['2026-01-01', false, 'New Year'],
  ['2026-01-04', true, 'a Sunday made up for New Year'],
  ['2026-02-14', true, 'a Saturday made up for the Spring Festival'],
  ['2026-02-17', false, 'the Spring Festival'],
  ['2026-02-28', true, 'a Saturday made up for the Spring Festival'],
  ['2026-05-09', true, 'a Saturday made up for Labour Day'],
  ['2026-06-19', false, 'the Dragon Boat Festival'],
  ['2026-09-25', false, 'the Mid-Autumn Festival'],
  ['2026-10-07', false, 'the National Day holiday'],
  ['2026-11-23', true, 'a Monday'],
  ['2026-11-28', false, 'a Saturday'],
  ['2026-11-29', false, 'a Sunday'],
])('%s is a workday: %s, %s', (date, expected) => {
  expect(workdays.isWorkday(day(date))).toBe(expected)
})

test.each([
  ['2026-11-23', 0, '2026-11-23'],
  ['2026-11-28', 0, '2026-11-30'],
  ['2026-11-27', 1, '2026-11-30'],
  ['2026-11-28', 1, '2026-11-30'],
  ['2026-11-23', 5, '2026-11-30'],
  ['2026-02-13', 1, '2026-02-14'],
  ['2026-02-14', 1, '2026-02-24'],
  ['2026-09-30', 1, '2026-10-08'],
])('from %s %i workdays on it is %s', (from, count, expected) => {
  expect(workdays.add(day(from), count)).toBe(expected)
})

test('the next workday is after the day itself, the one on or after may be it', () => {
  expect(workdays.next(day('2026-11-23'))).toBe('2026-11-24')
  expect(workdays.onOrAfter(day('2026-11-23'))).toBe('2026-11-23')
  expect(workdays.next(day('2026-11-27'))).toBe('2026-11-30')
  expect(workdays.onOrAfter(day('2026-11-28'))).toBe('2026-11-30')
})

test('this year is covered, and every year that is said to be', () => {
  expect(workdays.covers(2026)).toBe(true)
  expect(workdays.years.every((year) => workdays.covers(year))).toBe(true)
  expect(workdays.covers(1999)).toBe(false)
})

const anyDay = fc.integer({ min: 0, max: 3 * 365 }).map((days) => addDays(day('2025-01-01'), days))

test('so many workdays later there are exactly so many workdays in between', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 40 }), (from, count) => {
      const end = workdays.add(from, count)
      expect(workdays.isWorkday(end)).toBe(true)
      let passed = 0
      for (let date = addDays(from, 1); date <= end; date = addDays(date, 1)) {
        if (workdays.isWorkday(date)) passed++
      }
      expect(passed).toBe(count)
    }),
  )
})

test.each([
  ['2026-12-31', '2027-01-04', '下周一(1/4)（放假安排未公布，暂定）'],
  ['2026-11-27', '2027-01-04', '2027年1月4日（放假安排未公布，暂定）'],
  ['2026-11-27', '2026-12-31', '12月31日'],
])('a day that was set, said on %s: %s', (today, date, said) => {
  const at = { today: day(today), workdays }
  expect(saySetDay(day(date), at, 'zh')).toBe(said)
  expect(saySetDay(day(date), at, 'en').includes('provisional')).toBe(said.includes('暂定'))
})
