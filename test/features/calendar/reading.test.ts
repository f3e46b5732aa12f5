import { describe, expect, test } from 'vitest'
import { day } from '../../../src/core/calendar/time.ts'
import { readIcs } from '../../../src/features/calendar/ics-read.ts'
import { readLine } from '../../../src/features/calendar/phrases.ts'
import { sheetRows } from '../../../src/features/calendar/sheet-rows.ts'
import { momentOf } from '../../support/moment.ts'

const at = momentOf('2026-11-28T09:00:00+08:00')

describe('a line about the calendar', () => {
  const off = { unit: null, action: 'off', name: null }
  test.each([
    [
      '2027-02-05至2027-02-11 春节',
      { ...off, from: '2027-02-05', until: '2027-02-11', name: '春节' },
    ],
    [
      '2027-02-05到2027-02-11春节',
      { ...off, from: '2027-02-05', until: '2027-02-11', name: '春节' },
    ],
    ['2027年2月5日 春节', { ...off, from: '2027-02-05', until: '2027-02-05', name: '春节' }],
    ['放假 12/1-12/3', { ...off, from: '2026-12-01', until: '2026-12-03' }],
    ['调休上班 2027-02-13', { ...off, action: 'work', from: '2027-02-13', until: '2027-02-13' }],
    ['上班2027-02-13', { ...off, action: 'work', from: '2027-02-13', until: '2027-02-13' }],
    ['取消 2027-02-05', { ...off, action: 'cancel', from: '2027-02-05', until: '2027-02-05' }],
    [
      '城东支行 2027-03-01 门面装修',
      { ...off, unit: '城东支行', from: '2027-03-01', until: '2027-03-01', name: '门面装修' },
    ],
    [
      '取消 B1 2027-03-01',
      { ...off, action: 'cancel', unit: 'B1', from: '2027-03-01', until: '2027-03-01' },
    ],
    [
      'B1 work 2027-02-13 to 2027-02-14 stocktaking',
      { unit: 'B1', action: 'work', from: '2027-02-13', until: '2027-02-14', name: 'stocktaking' },
    ],
  ])('%s', (said, line) => {
    expect(readLine(said, at)).toEqual(line)
  })

  test.each(['春节', '2027-02-30', '2026-01-01 元旦', '取消', '2027-02-11至2027-02-05'])(
    'says no days to come: %s',
    (said) => {
      expect(readLine(said, at)).toBeNull()
    },
  )
})

const ics = (...events: readonly (readonly string[])[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
    '',
  ].join('\r\n')

describe('a calendar file', () => {
  const days = (text: string) =>
    readIcs(text)?.days.map((each) => `${each.day} ${each.works ? 'worked' : 'off'} ${each.name}`)

  test.each([
    [
      'the end is the day after the last',
      ['DTSTART;VALUE=DATE:20270205', 'DTEND;VALUE=DATE:20270207'],
      2,
    ],
    ['without an end it is one day', ['DTSTART;VALUE=DATE:20270205'], 1],
    ['a duration of days', ['DTSTART:20270205', 'DURATION:P3D'], 3],
    ['a duration of weeks', ['DTSTART:20270205', 'DURATION:P1W'], 7],
    ['with an hour', ['DTSTART;TZID=Asia/Shanghai:20270205T090000'], 0],
    ['repeated', ['DTSTART;VALUE=DATE:20270205', 'RRULE:FREQ=YEARLY'], 0],
    ['cancelled', ['DTSTART;VALUE=DATE:20270205', 'STATUS:CANCELLED'], 0],
    ['half a year', ['DTSTART;VALUE=DATE:20270101', 'DTEND;VALUE=DATE:20270701'], 0],
    ['no day', ['DTSTART;VALUE=DATE:20270230'], 0],
    ['it ends before it begins', ['DTSTART;VALUE=DATE:20270205', 'DTEND;VALUE=DATE:20270201'], 0],
  ])('%s', (_title, lines, count) => {
    const read = readIcs(ics([...lines, 'SUMMARY:春节']))
    expect(read?.days).toHaveLength(count)
    expect(read?.left).toBe(count === 0 ? 1 : 0)
  })

  test('says which days are off and which are worked, and leaves what says neither', () => {
    const text = ics(
      ['DTSTART;VALUE=DATE:20270205', 'SUMMARY:春节（休）'],
      ['DTSTART;VALUE=DATE:20270213', 'SUMMARY:春节 班'],
      ['DTSTART;VALUE=DATE:20270204', 'SUMMARY:立春'],
      ['DTSTART;VALUE=DATE:20270101', 'SUMMARY:元旦 假期 第1天/共1天'],
      ['DTSTART;VALUE=DATE:20271009', 'SUMMARY:国庆节 补班 第1天/共1天'],
      ['DTSTART;VALUE=DATE:20270501', 'X-APPLE-SPECIAL-DAY:WORK-HOLIDAY', 'SUMMARY:劳动节'],
      ['DTSTART;VALUE=DATE:20270508', 'X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY', 'SUMMARY:劳动节'],
    )
    expect(days(text)).toEqual([
      ...['2027-02-05 off 春节', '2027-02-13 worked 春节', '2027-01-01 off 元旦'],
      ...['2027-10-09 worked 国庆节', '2027-05-01 off 劳动节', '2027-05-08 worked 劳动节'],
    ])
    expect(readIcs(text)?.left).toBe(1)
  })

  test('folded lines, escapes and alarms are read as the standard has them', () => {
    const alarm = ['BEGIN:VALARM', 'DTSTART:20300101', 'SUMMARY:提醒', 'END:VALARM']
    const text = ics(['DTSTART;VALUE=DATE', ' :20270205', ...alarm, 'SUMMARY:春节\\, 放', ' 假'])
    expect(days(text)).toEqual(['2027-02-05 off 春节,'])
  })

  test.each([
    ['no calendar', '<html>'],
    ['too many events', ics(...Array.from({ length: 3001 }, () => ['DTSTART:20270205']))],
  ])('is refused where it is %s', (_what, text) => {
    expect(readIcs(text)).toBeNull()
  })
})

describe('a workbook of the calendar', () => {
  const sheet = (...rows: readonly (readonly (string | number | null)[])[]) => ({
    marker: null,
    sheets: [
      {
        name: '2027',
        hidden: false,
        rows: [['开始', '结束', '安排', '名称'], ...rows].map((cells, index) => {
          return { number: index + 1, hidden: false, cells, faults: new Map() }
        }),
      },
    ],
  })

  test('has days off and days worked, row by row', () => {
    const read = sheetRows(
      sheet(['2027-02-05', '2027-02-06', '放假', '春节'], ['20270213', null, '上班', null]),
      day('2026-11-28'),
    )
    expect(read?.faults).toEqual([])
    expect(read?.days).toEqual([
      { day: '2027-02-05', works: false, name: '春节' },
      { day: '2027-02-06', works: false, name: '春节' },
      { day: '2027-02-13', works: true, name: null },
    ])
  })

  test.each([
    [['春节', null, '放假'], '开始不是日期'],
    [['2027-02-05', '2月', '放假'], '结束不是日期'],
    [['2027-02-05', '2027-02-01', '放假'], '结束早于开始'],
    [['2027-02-05', null, '半天'], '安排"半天"没看懂'],
    [['2027-02-05', '9999-12-31', '放假'], '一行超过'],
    [['2027-02-05', null, '放假', 'x'.repeat(41)], '名称超过'],
  ])('names what is wrong: %j', (row, why) => {
    const read = sheetRows(sheet(row), day('2026-11-28'))
    expect(read?.days).toEqual([])
    expect(read?.faults).toMatchObject([{ number: 2, why: { zh: expect.stringContaining(why) } }])
  })
})
