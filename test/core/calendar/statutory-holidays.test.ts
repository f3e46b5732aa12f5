import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { statutoryHolidays } from '../../../src/core/calendar/statutory-holidays.ts'
import { addDays, type Day, day, weekday } from '../../../src/core/calendar/time.ts'
import { chineseWorkdays } from '../../../src/core/calendar/workdays.ts'

const workdays = chineseWorkdays()

const OF_2027 = [
  ...['01-01', '02-05', '02-06', '02-07', '02-08', '04-05', '05-01', '05-02', '06-09', '09-15'],
  ...['10-01', '10-02', '10-03'],
].map((date) => day(`2027-${date}`))

const daysOf = (year: number): Day[] => {
  const days: Day[] = []
  for (let date = day(`${year}-01-01`); date <= `${year}-12-31`; date = addDays(date, 1)) {
    days.push(date)
  }
  return days
}
/** Monday to Friday, and no workday. */
const weekdaysOff = (year: number) =>
  daysOf(year).filter((date) => weekday(date) <= 5 && !workdays.isWorkday(date))

test('the thirteen public holidays of 2027, none of which is a workday', () => {
  expect(statutoryHolidays(2027)).toEqual(OF_2027)
  expect(OF_2027.filter((date) => workdays.isWorkday(date))).toEqual([])
})

test('in 2027 what falls on a Saturday or Sunday is made up on the next workdays', () => {
  const made = weekdaysOff(2027).filter((date) => !OF_2027.includes(date))
  expect(made).toEqual([
    // 6 and 7 February, 1 and 2 May, 2 and 3 October.
    ...['2027-02-09', '2027-02-10', '2027-05-03', '2027-05-04', '2027-10-04', '2027-10-05'],
  ])
})

test.each([
  ['2027-01-04', true],
  ['2027-02-04', true],
  ['2027-02-11', true],
  ['2027-04-02', true],
  ['2027-04-06', true],
  ['2027-05-05', true],
  ['2027-06-08', true],
  ['2027-09-14', true],
  ['2027-10-06', true],
  ['2027-12-31', true],
  ['2027-02-13', false],
  ['2027-10-10', false],
])('the neighbour %s is a workday: %s', (date, expected) => {
  expect(workdays.isWorkday(day(date))).toBe(expected)
})

test.each([
  ['2027-02-06', 'Intl says 7 February 2027'],
  ['2028-01-26', 'before a leap month'],
  ['2029-02-13', ''],
  ['2030-02-03', 'Intl says 4 February 2030'],
  ['2033-01-31', 'of a year with a leap eleventh month'],
  ['2034-02-19', 'after that leap month'],
])('lunar new year is on %s %s', (date) => {
  const newYear = day(date)
  const holidays = statutoryHolidays(Number(date.slice(0, 4)))
  for (const days of [-1, 0, 1, 2]) expect(holidays).toContain(addDays(newYear, days))
  for (const days of [-2, 3]) expect(holidays).not.toContain(addDays(newYear, days))
})

test('each year has thirteen weekdays off for its thirteen holidays, and no workday at a weekend', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2027, max: 2099 }), (year) => {
      const holidays = statutoryHolidays(year)
      expect(holidays).toHaveLength(13)
      expect(holidays.filter((date) => workdays.isWorkday(date))).toEqual([])
      expect(weekdaysOff(year)).toHaveLength(13)
      const working = daysOf(year).filter((date) => weekday(date) > 5 && workdays.isWorkday(date))
      expect(working).toEqual([])
    }),
  )
})

test('holidays on one day count as two: Mid-Autumn in 2028 and 2031', () => {
  // 3 October 2028 is a Tuesday; 1 October 2031 is a Wednesday, and 4 and 5 October a weekend.
  expect(weekdaysOff(2028).filter((date) => date > '2028-09')).toEqual(
    ['2028-10-02', '2028-10-03', '2028-10-04', '2028-10-05'].map(day),
  )
  expect(weekdaysOff(2031).filter((date) => date > '2031-09')).toEqual(
    ['2031-10-01', '2031-10-02', '2031-10-03', '2031-10-06'].map(day),
  )
})

test.each(['Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'])(
  'whatever zone the process is in, %s',
  (zone) => {
    const module = new URL('../../../src/core/calendar/statutory-holidays.ts', import.meta.url)
    const script = `import { statutoryHolidays } from ${JSON.stringify(module.href)}
    console.log(JSON.stringify(Array.from({ length: 9 }, (_, i) => statutoryHolidays(2027 + i))))`
    const args = ['--input-type=module-typescript', '--eval', script]
    const said = execFileSync(process.execPath, args, { env: { ...process.env, TZ: zone } })
    const expected = Array.from({ length: 9 }, (_, index) => statutoryHolidays(2027 + index))
    expect(JSON.parse(said.toString())).toEqual(expected)
  },
)

test('the official schedule holds where there is one: the make-up workdays of 2026', () => {
  const made = daysOf(2026).filter((date) => weekday(date) > 5 && workdays.isWorkday(date))
  expect(made).toEqual(
    ['01-04', '02-14', '02-28', '05-09', '09-20', '10-10'].map((date) => day(`2026-${date}`)),
  )
})
