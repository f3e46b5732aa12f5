import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, type Day, day, monthEnd, weekday } from '../../../src/core/calendar/time.ts'
import {
  daysOfSeries,
  type Every,
  readEvery,
} from '../../../src/features/activities/series-rules.ts'

test.each<[string, ReturnType<typeof readEvery>]>([
  ['每周三', { every: { by: 'week', weekday: 3 }, year: null }],
  ['明年每个月第二个周三', { every: { by: 'month', weekday: 3, nth: 2 }, year: 'next' }],
  ['每月10日', { every: { by: 'month', day: 10 }, year: null }],
  ['今年每季度15号', { every: { by: 'quarter', day: 15 }, year: 'this' }],
  ['每星期天', { every: { by: 'week', weekday: 7 }, year: null }],
  [
    'next year every 2nd Wednesday of the month',
    { every: { by: 'month', weekday: 3, nth: 2 }, year: 'next' },
  ],
  ['every Fri', { every: { by: 'week', weekday: 5 }, year: null }],
  ['every quarter on the 5th', { every: { by: 'quarter', day: 5 }, year: null }],
  ['every month on the 31st', { every: { by: 'month', day: 31 }, year: null }],
  ['every Thurs', { every: { by: 'week', weekday: 4 }, year: null }],
  ['every month', null],
  ['每月32日', null],
  ['每个月', null],
  ['周三', null],
])('how often "%s" is', (said, read) => {
  expect(readEvery(said)).toEqual(read)
})

test('the days of a series are those that are said, in order, within the time, and none is left out', () => {
  const every: fc.Arbitrary<Every> = fc.oneof(
    fc.integer({ min: 1, max: 7 }).map((of) => ({ by: 'week', weekday: of }) as const),
    fc
      .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 5 }))
      .map(([of, nth]) => ({ by: 'month', weekday: of, nth }) as const),
    fc
      .tuple(fc.constantFrom('month', 'quarter'), fc.integer({ min: 1, max: 31 }))
      .map(([by, number]) => ({ by, day: number }) as const),
  )
  /** Said again for one day, without going through the months. */
  const isOne = (of: Every, on: Day): boolean => {
    if (of.by === 'week') return weekday(on) === of.weekday
    const number = Number(on.slice(8))
    if ('nth' in of) return weekday(on) === of.weekday && Math.ceil(number / 7) === of.nth
    const falls = number === of.day || (on === monthEnd(on) && of.day > number)
    return falls && (of.by === 'month' || Number(on.slice(5, 7)) % 3 === 1)
  }
  fc.assert(
    fc.property(every, fc.nat(700), fc.nat(400), (of, begins, long) => {
      const from = addDays(day('2026-11-01'), begins)
      const all = Array.from({ length: long + 1 }, (_, ahead) => addDays(from, ahead))
      expect(daysOfSeries(of, from, addDays(from, long))).toEqual(all.filter((on) => isOne(of, on)))
    }),
  )
})
