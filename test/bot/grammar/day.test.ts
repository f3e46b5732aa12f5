import fc from 'fast-check'
import { expect, test } from 'vitest'
import { saidDay } from '../../../src/bot/grammar/day.ts'
import { addDays, type Day, day, daysBetween, weekday } from '../../../src/core/calendar/time.ts'
import { chineseWorkdays } from '../../../src/core/calendar/workdays.ts'

const workdays = chineseWorkdays()
/** A Monday. */
const TODAY = day('2026-11-23')
const read = (text: string, today: Day = TODAY) => saidDay(text, { today, workdays })

test.each([
  ['今天', '2026-11-23'],
  ['明天', '2026-11-24'],
  ['明早', '2026-11-24'],
  ['后天', '2026-11-25'],
  ['大后天', '2026-11-26'],
  ['周五', '2026-11-27'],
  ['星期五', '2026-11-27'],
  ['礼拜天', '2026-11-29'],
  ['这周五', '2026-11-27'],
  ['下周二', '2026-12-01'],
  ['下个礼拜三', '2026-12-02'],
  ['下下周三', '2026-12-09'],
  ['三天后', '2026-11-26'],
  ['3天后', '2026-11-26'],
  ['十五天之后', '2026-12-08'],
  ['过3天', '2026-11-26'],
  ['三个工作日后', '2026-11-26'],
  ['两周后', '2026-12-07'],
  ['一个月后', '2026-12-23'],
  ['半个月后', '2026-12-08'],
  ['半年后', '2027-05-23'],
  ['一年后', '2027-11-23'],
  ['月底', '2026-11-30'],
  ['下月底', '2026-12-31'],
  ['12月底', '2026-12-31'],
  ['12月3日', '2026-12-03'],
  ['12月3号', '2026-12-03'],
  ['12月3', '2026-12-03'],
  ['十二月三号', '2026-12-03'],
  ['12/3', '2026-12-03'],
  ['12-3', '2026-12-03'],
  ['2026年12月3日', '2026-12-03'],
  ['2026-12-03', '2026-12-03'],
  ['2026/12/3', '2026-12-03'],
  ['1月5日', '2027-01-05'],
  ['30号', '2026-11-30'],
  ['5号', '2026-12-05'],
  ['下月5号', '2026-12-05'],
  ['tomorrow', '2026-11-24'],
  ['Friday', '2026-11-27'],
  ['next tuesday', '2026-12-01'],
  ['Dec 3', '2026-12-03'],
  ['3rd of December', '2026-12-03'],
  ['in 3 days', '2026-11-26'],
  ['in two weeks', '2026-12-07'],
  ['in a month', '2026-12-23'],
])('%s is %s', (text, expected) => {
  expect(read(text)).toMatchObject({ day: expected })
})

test.each([
  ['周一', 'unclear'],
  ['monday', 'unclear'],
  ['下周', 'unclear'],
  ['下个月', 'unclear'],
  ['周末', 'unclear'],
  ['next week', 'unclear'],
  ['月初', 'unclear'],
  ['春节后', 'unclear'],
  ['年后', 'unclear'],
  ['12月', 'unclear'],
  ['过两天', 'unclear'],
  ['0天后', 'unclear'],
  ['昨天', 'past'],
  ['上周五', 'past'],
  ['11月20日', 'past'],
  ['2026-11-22', 'past'],
  ['2月30日', 'not-on-calendar'],
  ['13/45', 'not-on-calendar'],
  ['31号', 'not-on-calendar'],
  ['2026年2月29日', 'not-on-calendar'],
])('%s is %s, so it is asked', (text, fault) => {
  expect(read(text)).toMatchObject({ fault })
})

test.each(['50万', '3-5万', '1.5百万', '13800138000', '3次', '利率4.5%', '没有', '1.2.3', ''])(
  '"%s" is no day',
  (text) => {
    expect(read(text)).toBeNull()
  },
)

test('what stands around a day is kept', () => {
  expect(read('有意向 周五下午3点 带材料')).toMatchObject({
    day: '2026-11-27',
    said: '周五',
    rest: '有意向 下午3点 带材料',
    times: [{ value: { minutes: 15 * 60 } }],
  })
})

test('a weekday that has gone by this week is the coming one, unless this week was said', () => {
  const friday = day('2026-11-27')
  expect(read('周三', friday)).toMatchObject({ day: '2026-12-02' })
  expect(read('本周三', friday)).toMatchObject({ fault: 'past' })
  expect(read('周五', friday)).toMatchObject({ fault: 'unclear' })
  expect(read('下周五', friday)).toMatchObject({ day: '2026-12-04' })
})

test('workdays are counted over holidays', () => {
  expect(read('两个工作日后', day('2026-09-30'))).toMatchObject({ day: '2026-10-09' })
})

test('every day of the coming half year reads back, however it is written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 180 }), (days) => {
      const date = addDays(TODAY, days)
      const [year, month, number] = date.split('-').map(Number)
      for (const text of [
        date,
        `${month}月${number}日`,
        `${month}/${number}`,
        `${year}年${month}月${number}日`,
      ]) {
        expect(read(text), text).toMatchObject({ day: date })
      }
    }),
  )
})

test.each([
  ['20261203', '2026-12-03', ''],
  ['明天周二', '2026-11-24', ''],
  ['12月3日周四', '2026-12-03', ''],
  ['周四 12/3', '2026-12-03', ''],
  ['Thu Dec 3', '2026-12-03', ''],
  ['12月3日10点', '2026-12-03', '10点'],
  ['周五 2-4点', '2026-11-27', '2-4点'],
  ['本周一', '2026-11-23', ''],
  ['下周一', '2026-11-30', ''],
  ['明年1月5日', '2027-01-05', ''],
  ['2027年2月28日', '2027-02-28', ''],
  ['on the 5th', '2026-12-05', ''],
  ['tmr', '2026-11-24', ''],
  ['FRIDAY', '2026-11-27', ''],
  ['5 working days', null, null],
  ['in 5 working days', '2026-11-30', ''],
])('"%s" is %s with "%s" beside it', (text, expected, rest) => {
  const taken = read(text)
  expect(taken && 'day' in taken ? [taken.day, taken.rest] : [taken, null]).toEqual([
    expected,
    rest,
  ])
})

test.each([
  ['周四或周五', 'several', '周四、周五'],
  ['周四、周五都行', 'several', '周四、周五'],
  ['12月3日或5日', 'several', '12月3日、5日'],
  ['明天周三', 'several', '明天、周三'],
  ['12月3日周五', 'several', '12月3日、周五'],
  ['Friday or Saturday', 'several', 'Friday、Saturday'],
  ['过几天', 'unclear', '过几天'],
  ['几天后', 'unclear', '几天后'],
  ['星期一', 'unclear', '星期一'],
  ['礼拜一', 'unclear', '礼拜一'],
  ['Sun', 'unclear', 'Sun'],
  ['20261131', 'not-on-calendar', '20261131'],
  ['20251203', 'past', '20251203'],
  ['4月31日', 'not-on-calendar', '4月31日'],
  ['Feb 30', 'not-on-calendar', 'Feb 30'],
])('%s is %s: "%s" is asked about', (text, fault, said) => {
  expect(read(text)).toMatchObject({ fault, said })
})

test.each(['20261203元', '3号楼', '第3号', '60天内到期', '3年期', '12.5万', '31/2', '周转'])(
  'no day is made up from "%s"',
  (text) => {
    const taken = read(text)
    expect(taken && 'day' in taken ? taken.day : null).toBeNull()
  },
)

test('a day that has gone by is kept out, and the rest of the line is kept', () => {
  expect(read('有意向 11月20日 带材料')).toMatchObject({
    fault: 'past',
    said: '11月20日',
    rest: '有意向 带材料',
  })
})

const WEEKDAYS = '一二三四五六日'

test('on every day of a year its own bare weekday is asked, and every other is within a week', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 365 }),
      fc.integer({ min: 1, max: 7 }),
      (days, wanted) => {
        const today = addDays(TODAY, days)
        const taken = read(`周${WEEKDAYS[wanted - 1]}`, today)
        if (wanted === weekday(today)) {
          expect(taken).toMatchObject({ fault: 'unclear' })
          return
        }
        const found = taken && 'day' in taken ? taken.day : today
        expect(weekday(found)).toBe(wanted)
        expect(daysBetween(today, found)).toBeGreaterThan(0)
        expect(daysBetween(today, found)).toBeLessThan(7)
      },
    ),
  )
})

test('every day of the coming half year reads back from any day of a year', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 365 }),
      fc.integer({ min: 0, max: 180 }),
      (start, days) => {
        const today = addDays(TODAY, start)
        const date = addDays(today, days)
        const [, month, number] = date.split('-').map(Number)
        const own = `周${WEEKDAYS[weekday(date) - 1]}`
        for (const text of [date, date.replaceAll('-', ''), `${month}月${number}日`]) {
          expect(read(text, today), text).toMatchObject({ day: date })
        }
        expect(read(`${month}月${number}日 ${own}`, today)).toMatchObject({ day: date })
      },
    ),
  )
})

test('a day that has gone by this year is never moved to the next unless that is near', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 180 }), (days) => {
      expect(read(addDays(TODAY, -days))).toMatchObject({ fault: 'past' })
      const [year, month, number] = addDays(TODAY, -days).split('-').map(Number)
      expect(read(`${month}月${number}日`), `${year}`).toMatchObject({ fault: 'past' })
    }),
  )
})
