import { describe, expect, test } from 'vitest'
import { readTime } from '../../../src/bot/grammar/scan/kinds/times.ts'
import { sayTime } from '../../../src/core/calendar/time.ts'

test.each([
  ['15:00', '15:00'],
  ['15：05', '15:05'],
  ['9:30', '09:30'],
  ['03:00', '03:00'],
  ['下午3点', '15:00'],
  ['下午三点半', '15:30'],
  ['下午3点20分', '15:20'],
  ['上午10点一刻', '10:15'],
  ['中午12点', '12:00'],
  ['中午1点', '13:00'],
  ['晚上8点', '20:00'],
  ['凌晨1点', '01:00'],
  ['10点', '10:00'],
  ['十点十五分', '10:15'],
  ['16点', '16:00'],
  ['3pm', '15:00'],
  ['3:30 p.m.', '15:30'],
  ['12 am', '00:00'],
  // When a bank's people meet, as in a line.
  ['3点', '15:00'],
  ['3:00', '15:00'],
  ['8点', '08:00'],
  ['晚上12点', '00:00'],
  ['3', null],
  ['15', null],
  ['25:00', null],
  ['10:75', null],
  ['下午', null],
  ['明天', null],
  ['晚上3点', null],
])('the hour "%s" is %s', (said, time) => {
  expect(readTime(said)).toBe(time)
})

describe('an hour as it is said', () => {
  test.each([
    ['15:00', '下午3点'],
    ['15:30', '下午3点半'],
    ['09:05', '上午9点5分'],
    ['12:00', '中午12点'],
    ['20:45', '晚上8点45分'],
    ['07:00', '早上7点'],
    ['00:30', '凌晨0点半'],
  ])('%s is %s, and 24 hours in English', (time, said) => {
    expect(sayTime(time, 'zh')).toBe(said)
    expect(sayTime(time, 'en')).toBe(time)
  })

  test('is read back as it was said', () => {
    for (let minutes = 6 * 60; minutes < 24 * 60; minutes += 5) {
      const [hour, minute] = [Math.floor(minutes / 60), minutes % 60]
      const time = [hour, minute].map((part) => String(part).padStart(2, '0')).join(':')
      expect(readTime(sayTime(time, 'zh')), time).toBe(time)
    }
  })
})
