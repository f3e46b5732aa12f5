import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalise } from '../../../src/bot/grammar/normalise.ts'
import { addDays, type Day, day } from '../../../src/core/calendar/time.ts'
import { readQuestion } from '../../../src/features/questions/read-question.ts'
import { momentOf } from '../../support/moment.ts'

/** A Monday. */
const TODAY = day('2026-11-23')
const AT = momentOf('2026-11-23T08:10:00+08:00')
const read = (line: string) => readQuestion(normalise(line), AT)

/** The days that a line asks about. */
function daysAsked(line: string): unknown {
  const reading = read(line)
  if (reading.kind !== 'understood') return reading.kind
  const { when, where } = reading.input
  return when ?? where?.flatMap((each) => ('in' in each ? [each.in] : []))[0]
}

describe('a question names days by their dates', () => {
  test.each<[string, string, string?]>([
    ['11/20走访了几个', '2026-11-20'],
    ['11月20日登记了几个', '2026-11-20'],
    ['11月20号我走访了几个', '2026-11-20'],
    ['2025年11月20日走访了几个', '2025-11-20'],
    ['2025-11-20走访了几个', '2025-11-20'],
    // Without its year it is the last that has gone by; of what is to come the nearest.
    ['12月20日走访了几个', '2025-12-20'],
    ['12月20日到期的授信', '2026-12-20'],
    ['1/5的任务', '2027-01-05'],
    ['11/20的任务', '2026-11-20'],
    ['11月1日到11月5日走访了几个', '2026-11-01', '2026-11-05'],
    ['从11月1日到5日走访了几个', '2026-11-01', '2026-11-05'],
    ['11.1-11.5走访了几个', '2026-11-01', '2026-11-05'],
    ['11/1~11/5我的走访有几个', '2026-11-01', '2026-11-05'],
    ['12/28-1/3走访了几个', '2025-12-28', '2026-01-03'],
    ['12/28-1/3的任务', '2026-12-28', '2027-01-03'],
    ['11月1日以后走访了几个', '2026-11-01', '2026-11-23'],
    ['11月1日以来走访了几个', '2026-11-01', '2026-11-23'],
    ['11月1日到今天新增了几个客户', '2026-11-01', '2026-11-23'],
    ['12月1日到12月15日到期的授信', '2026-12-01', '2026-12-15'],
    ['how many visits from 11/1 to 11/5', '2026-11-01', '2026-11-05'],
    ['how many visits from Nov 1 to November 5th', '2026-11-01', '2026-11-05'],
    ['how many visits since Nov 1', '2026-11-01', '2026-11-23'],
  ])('%s', (line, from, until = from) => {
    expect(daysAsked(line)).toEqual({ from, until })
  })
})

describe('and by their weekdays', () => {
  test.each<[string, string, string?]>([
    ['上周五走访了几个', '2026-11-20'],
    ['上周五谁没登记', '2026-11-20'],
    ['周五走访了几个', '2026-11-20'],
    ['周一走访了几个', '2026-11-23'],
    ['星期天走访了几个', '2026-11-22'],
    ['下周三的任务', '2026-12-02'],
    ['周三的任务有哪些', '2026-11-25'],
    ['上周一到周三走访了几个', '2026-11-16', '2026-11-18'],
    ['上周一到上周三走访了几个', '2026-11-16', '2026-11-18'],
    ['上周五到今天走访了几个', '2026-11-20', '2026-11-23'],
    ['how many visits last friday', '2026-11-20'],
    ['how many visits on Friday', '2026-11-20'],
  ])('%s', (line, from, until = from) => {
    expect(daysAsked(line)).toEqual({ from, until })
  })
})

describe('what is no day, or could be something else, is none', () => {
  test.each([
    '2月30日走访了几个',
    '13/1走访了几个',
    '11月5日到11月1日以前走访了几个',
    '11.5走访了几个',
    '11月20日以后的任务',
    '12月1日起到期的授信',
    '1-5走访了几个',
    '11月5个客户',
    '上周五到上周一走访了几个',
    'how many visits mark 5',
  ])('%s', (line) => {
    expect(daysAsked(line)).toBe('no')
  })
  test('周一 begins a name where more of it follows', () => {
    expect(read('周一鸣走访了几个')).toMatchObject({ input: { names: ['周一鸣'] } })
  })
})

test('a span of the last year is the same in every writing', () => {
  const back = fc.integer({ min: 0, max: 360 })
  fc.assert(
    fc.property(back, back, (a, b) => {
      const from = addDays(TODAY, -Math.max(a, b))
      const until = addDays(TODAY, -Math.min(a, b))
      const written = (write: (year: string, month: number, date: number) => string) =>
        [from, until].map((each: Day) => {
          const [year = '', month, date] = each.split('-')
          return write(year, Number(month), Number(date))
        })
      for (const days of [
        written((_, month, date) => `${month}月${date}日`),
        written((_, month, date) => `${month}/${date}`),
        written((_, month, date) => `${month}.${date}`),
        written((year, month, date) => `${year}年${month}月${date}日`),
        written((year, month, date) => `${year}/${month}/${date}`),
      ]) {
        for (const to of ['到', '至', '-', ' ~ ']) {
          expect(daysAsked(`${days.join(to)}走访了几个`)).toEqual({ from, until })
        }
      }
    }),
    { numRuns: 60 },
  )
})
