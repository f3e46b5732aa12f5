import { expect, test } from 'vitest'
import { hoursSaid } from '../../../../src/features/tasks/contact/quiet-hours.ts'

test.each<[string, string | null]>([
  ['12:00-14:00', '12:00-14:00'],
  ['12点到2点', '12:00-14:00'],
  ['中午十二点到两点', '12:00-14:00'],
  ['12点半-14点', '12:30-14:00'],
  ['12-14', '12:00-14:00'],
  ['9点到下午3点', '09:00-15:00'],
  ['22:00-8:00', '22:00-08:00'],
  ['8:30~9:15', '08:30-09:15'],
  ['中午', null],
  ['25点到26点', null],
  ['12:70-13:00', null],
])('the hours %s are %s', (said, hours) => {
  expect(hoursSaid(said)).toBe(hours)
})
