import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EnteredDay } from '../../../src/core/calendar/schedule.ts'
import { addDays, type Day, day } from '../../../src/core/calendar/time.ts'
import { bankWorkdays } from '../../../src/core/calendar/workdays.ts'
import {
  type Change,
  changed,
  newlyOff,
  newsIn,
  spanOf,
  stretchesOf,
} from '../../../src/features/calendar/rules.ts'

const off = (from: string, until = from, below = '/'): EnteredDay[] =>
  spanOf(day(from), day(until)).map((date) => ({ day: date, works: false, name: '春节', below }))
const worked = (date: string, below = '/'): EnteredDay[] => [
  { day: day(date), works: true, name: null, below },
]
/** As the notice of 2027 may come to say it. */
const NOTICE_2027 = [
  ...off('2027-01-01', '2027-01-03'),
  ...off('2027-02-05', '2027-02-11'),
  ...worked('2027-02-13'),
  ...off('2027-04-03', '2027-04-05'),
  ...off('2027-05-01', '2027-05-05'),
  ...worked('2027-05-08'),
  ...off('2027-06-09'),
  ...off('2027-09-15'),
  ...off('2027-10-01', '2027-10-07'),
  ...worked('2027-10-09'),
]

describe('the working days of a bank', () => {
  test.each([
    ['2027-02-11', false, 'a day that was entered'],
    ['2027-02-13', true, 'a Saturday that was entered as worked'],
    ['2027-10-09', true, 'the same in October'],
    ['2027-05-04', false, 'off by the order and by the notice'],
    ['2027-02-12', true, 'a Friday'],
  ])('%s is a workday: %s, %s', (date, expected) => {
    expect(bankWorkdays(NOTICE_2027).isWorkday(day(date))).toBe(expected)
  })

  test('a year is covered once every public holiday of it is entered for the whole bank', () => {
    expect(bankWorkdays(NOTICE_2027).covers(2027)).toBe(true)
    expect(bankWorkdays(NOTICE_2027).years).toContain(2027)
    const withoutMidAutumn = NOTICE_2027.filter((each) => each.day !== '2027-09-15')
    expect(bankWorkdays(withoutMidAutumn).covers(2027)).toBe(false)
    expect(bankWorkdays(withoutMidAutumn).unannounced(2027)).toEqual(['2027-09-15'])
    const ofBranch = NOTICE_2027.map((each) => ({ ...each, below: '/HQ/B1/' }))
    expect(bankWorkdays(ofBranch).of('/HQ/B1/').covers(2027)).toBe(false)
  })

  test('nothing is made up by the order for a holiday whose schedule was entered', () => {
    const entered = off('2027-05-01', '2027-05-02')
    expect(bankWorkdays([]).isWorkday(day('2027-05-03'))).toBe(false)
    expect(bankWorkdays(entered).isWorkday(day('2027-05-03'))).toBe(true)
    expect(bankWorkdays(entered).isWorkday(day('2027-10-04'))).toBe(false)
    // A unit that is closed on a holiday has no notice of its own.
    const closed = off('2027-05-01', '2027-05-01', '/HQ/B1/')
    expect(bankWorkdays(closed).of('/HQ/B1/').isWorkday(day('2027-05-03'))).toBe(false)
  })

  test('a unit has its own days besides those of the bank, and those below it too', () => {
    const workdays = bankWorkdays([
      ...off('2026-12-01'),
      ...off('2026-12-02', undefined, '/HQ/B1/'),
    ])
    const on = (path: string) =>
      ['2026-12-01', '2026-12-02'].map((date) => workdays.of(path).isWorkday(day(date)))
    expect(on('/HQ/B1/')).toEqual([false, false])
    expect(on('/HQ/B1/T1/')).toEqual([false, false])
    expect(on('/HQ/B2/')).toEqual([false, true])
    expect(on('/')).toEqual([false, true])
    expect(workdays.of('/HQ/B1/').of('/HQ/B2/')).toBe(workdays)
  })

  test.each([
    ['the unit', [...worked('2026-12-05'), ...off('2026-12-05', undefined, '/HQ/B1/')], false],
    ['the bank', [...off('2026-12-05', undefined, '/HQ/B1/'), ...worked('2026-12-05')], true],
  ])('of two entries of a day the newer one holds: that of %s', (_whose, entered, works) => {
    expect(bankWorkdays(entered).of('/HQ/B1/').isWorkday(day('2026-12-05'))).toBe(works)
  })
})

const anyDay = fc.integer({ min: 0, max: 400 }).map((days) => addDays(day('2026-11-23'), days))
const anyEntry = fc.record({
  day: anyDay,
  works: fc.boolean(),
  name: fc.constant(null),
  below: fc.constantFrom('/', '/HQ/B1/', '/HQ/B1/T1/', '/HQ/B2/'),
})
const anyChange: fc.Arbitrary<Change> = fc
  .tuple(anyDay, fc.integer({ min: 0, max: 9 }), fc.constantFrom('off', 'work', 'cancel'))
  .map(([from, more, what]) => {
    const days = spanOf(from, addDays(from, more))
    return what === 'cancel'
      ? { kind: 'cancel', days }
      : {
          kind: 'enter',
          days: days.map((each) => ({ day: each, works: what === 'work', name: null })),
        }
  })

test('after a change every task of today or later stands on a workday of its unit', () => {
  const today = day('2026-11-23')
  fc.assert(
    fc.property(
      fc.array(anyEntry, { maxLength: 12 }),
      anyChange,
      fc.constantFrom('/', '/HQ/B1/', '/HQ/B1/T1/', '/HQ/B2/'),
      anyDay,
      (entered, change, below, wanted) => {
        const after = bankWorkdays(changed(entered, change, below))
        const moves = newlyOff(entered, change, below, today)
        for (const unit of ['/HQ/D/', '/HQ/B1/', '/HQ/B1/T1/', '/HQ/B1/T2/', '/HQ/B2/T3/']) {
          const due = bankWorkdays(entered).of(unit).onOrAfter(wanted)
          const meant = moves.filter(
            (move) =>
              move.day === due &&
              unit.startsWith(move.below) &&
              !move.except.some((path) => unit.startsWith(path)),
          )
          expect(meant.length).toBeLessThanOrEqual(1)
          const moved: Day = meant[0]?.nextWorkday ?? due
          expect(after.of(unit).isWorkday(moved)).toBe(true)
          const [before] = meant.flatMap(({ workdayBefore }) => workdayBefore ?? [])
          if (before) expect(before >= today && after.of(unit).isWorkday(before)).toBe(true)
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('a file says nothing new where a notice says the same, but of a year by the order it does', () => {
  const days = [...off('2026-10-01'), ...off('2026-10-09'), ...off('2027-10-01')]
  expect(newsIn(days, bankWorkdays([])).map((each) => each.day)).toEqual([
    '2026-10-09',
    '2027-10-01',
  ])
})

test('days in a row with one name are one stretch', () => {
  expect(stretchesOf([...off('2027-02-05', '2027-02-07'), ...worked('2027-02-08')])).toEqual([
    { from: '2027-02-05', until: '2027-02-07', works: false, name: '春节' },
    { from: '2027-02-08', until: '2027-02-08', works: true, name: null },
  ])
})
