import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ringDue, ringPast } from '../../src/bot/due-jobs.ts'
import type { Job } from '../../src/bot/feature.ts'
import { momentOf } from '../support/moment.ts'

const run = async () => {}
const night: Job = { name: 'night', at: () => '02:20', catchUpHours: 6, run }
const lists: Job = {
  ...{ name: 'lists', at: () => '06:02', catchUpHours: 18, run },
  again: { minutes: 5, until: '23:57' },
}
const due = (job: Job, time: string, zone = 'Asia/Shanghai') =>
  ringDue(job, momentOf(time, zone))?.key ?? null

test.each([
  ['2026-11-23T02:19:59+08:00', null, 'before'],
  ['2026-11-23T02:20:00+08:00', '2026-11-23', 'at its minute'],
  ['2026-11-23T02:21:40+08:00', '2026-11-23', 'after a minute that was missed'],
  ['2026-11-23T08:20:00+08:00', '2026-11-23', 'at the end of its catch-up time'],
  ['2026-11-23T08:20:01+08:00', null, 'after it'],
  ['2026-11-24T01:00:00+08:00', null, 'on the next day'],
])('a daily job at %s: %s, %s', (time, key, _when) => {
  expect(due(night, time)).toBe(key)
})

test.each([
  ['2026-11-23T06:01:59+08:00', null],
  ['2026-11-23T06:02:00+08:00', '2026-11-23 06:02'],
  ['2026-11-23T06:06:59+08:00', '2026-11-23 06:02'],
  ['2026-11-23T06:07:30+08:00', '2026-11-23 06:07'],
  ['2026-11-23T12:59:00+08:00', '2026-11-23 12:57'],
  ['2026-11-23T13:01:00+08:00', '2026-11-23 12:57'],
  ['2026-11-23T23:57:59+08:00', '2026-11-23 23:57'],
  ['2026-11-23T23:58:00+08:00', null],
])('a job that rings again at %s: %s', (time, key) => {
  expect(due(lists, time)).toBe(key)
})

describe('over a change of the clocks in New York', () => {
  const zone = 'America/New_York'
  test.each([
    ['2027-03-14T06:59:00Z', null, '01:59 before the hour that is left out'],
    ['2027-03-14T07:19:00Z', null, '03:19'],
    ['2027-03-14T07:20:00Z', '2027-03-14', '03:20: 02:20 does not exist'],
    ['2027-11-07T06:20:00Z', null, '01:20 for the second time'],
    ['2027-11-07T07:20:00Z', '2027-11-07', '02:20'],
  ])('%s: %s, %s', (time, key, _when) => {
    expect(due(night, time, zone)).toBe(key)
  })
})

test('however a day is looked at, a daily job has one key, and is found by any look within its time', () => {
  const look = fc.integer({ min: 0, max: 24 * 60 - 1 })
  fc.assert(
    fc.property(look, fc.constantFrom('Asia/Shanghai', 'America/New_York'), (minutes, zone) => {
      const start = zone === 'Asia/Shanghai' ? '2027-03-14T00:00+08:00' : '2027-03-14T00:00-05:00'
      const now = new Date(Date.parse(start) + minutes * 60_000)
      const moment = momentOf(now.toISOString(), zone)
      const ring = ringDue(night, moment)
      const past = ringPast(night, moment)
      if (moment.today !== '2027-03-14') return
      expect(Boolean(ring)).toBe(minutes >= 140 && minutes <= 500)
      expect(Boolean(past)).toBe(minutes > 500)
      expect(ring?.key ?? past?.key ?? '2027-03-14').toBe('2027-03-14')
    }),
  )
})
