import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quietAt } from '../../../src/features/playbook/contact-rules.ts'
import { SHIPPED_PLAYBOOK } from '../../../src/features/playbook/shipped-playbook.ts'
import { givenAt, hoursToRemind, remindAt, timeOf } from '../../../src/features/reminders/rules.ts'

const QUIET = SHIPPED_PLAYBOOK.quietHours

describe('when somebody is reminded', () => {
  test.each([
    ['15:00', 15, '14:45', 'so long before'],
    ['10:00', 30, '09:30', 'longer before a visit'],
    ['14:10', 15, '14:00', 'after quiet hours that end before the hour'],
    ['14:00', 15, '11:59', 'before quiet hours that end with it'],
    ['21:00', 0, '20:29', 'before the evening’s'],
    ['08:45', 30, '08:30', 'once the night’s are over'],
    ['08:30', 15, '08:30', 'at the hour, where the night’s end with it'],
    ['08:00', 15, null, 'not at all, where the night’s end after it'],
    ['00:10', 15, null, 'never on the day before'],
  ] as const)('of %s, %i minutes before: %s, %s', (time, minutes, at, _why) => {
    expect(remindAt(time, minutes, QUIET)).toBe(at)
  })

  const times = fc.integer({ min: 0, max: 24 * 60 - 1 }).map(timeOf)

  test('never in quiet hours, never after the hour', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 240 }), (time, minutes) => {
        const at = remindAt(time, minutes, QUIET)
        return at === null || (quietAt(QUIET, at) === null && at <= time)
      }),
    )
  })

  test.each([
    ['07:00', '08:30'],
    ['15:00', '15:00'],
    ['21:00', '20:29'],
  ])('one of one’s own for %s is given at %s', (time, at) => {
    expect(givenAt(time, QUIET)).toBe(at)
  })

  test('looked for minute by minute, each hour of the day is found once at most', () => {
    const found = Array.from({ length: 24 * 60 - 1 }, (_, minute) =>
      hoursToRemind({ after: timeOf(minute), until: timeOf(minute + 1) }, 15, QUIET),
    ).flat()
    expect(new Set(found).size).toBe(found.length)
    expect(found).toContain('15:00')
  })
})
