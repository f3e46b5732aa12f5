import { describe, expect, test } from 'vitest'
import { normalise } from '../../../src/bot/grammar/normalise.ts'
import { day } from '../../../src/core/calendar/time.ts'
import { chineseWorkdays } from '../../../src/core/calendar/workdays.ts'
import { readAbsence } from '../../../src/features/people/absence/phrases.ts'
import {
  readMorning,
  readMute,
  readSetting,
} from '../../../src/features/people/settings/phrases.ts'
import { momentOf } from '../../support/moment.ts'

const workdays = chineseWorkdays()
const MONDAY = day('2026-11-23')

describe('absences', () => {
  test.each<[string, string, string, string]>([
    ['12/1-12/5 代班 王五', '2026-12-01', '2026-12-05', '王五'],
    ['12/1到12/5 代班王五', '2026-12-01', '2026-12-05', '王五'],
    ['12月1日至12月5日，代班：王五', '2026-12-01', '2026-12-05', '王五'],
    ['明天到周五 王五代班', '2026-11-24', '2026-11-27', '王五'],
    ['明天-周五 王五代班', '2026-11-24', '2026-11-27', '王五'],
    ['12.1-12.5 代班 王五', '2026-12-01', '2026-12-05', '王五'],
    ['明天 由王五代班', '2026-11-24', '2026-11-24', '王五'],
    ['下周一到周三 代班 M005', '2026-11-30', '2026-12-02', 'M005'],
    ['12/1 to 12/5 stand-in Lee', '2026-12-01', '2026-12-05', 'Lee'],
    ['Monday to Wednesday', '', '', ''],
  ])('%s', (said, from, until, standIn) => {
    const reading = readAbsence(normalise(said), MONDAY, workdays)
    if (from) expect(reading).toEqual({ kind: 'understood', input: { from, until, standIn } })
    else expect(reading.kind).toBe('asks')
  })

  test.each<[string, string]>([
    ['12/1-12/5', 'standIn'],
    ['代班 王五', 'from'],
    ['3天 代班 王五', 'from'],
    ['下周 代班 王五', 'from'],
  ])('%s asks for %s', (said, slot) => {
    const reading = readAbsence(normalise(said), MONDAY, workdays)
    expect(reading.kind === 'asks' && reading.doubts[0].slots).toEqual([slot])
  })
})

describe('settings', () => {
  test.each<[string, string | null]>([
    ['8:30', '08:30'],
    ['8点半', '08:30'],
    ['八点', '08:00'],
    ['早上8点', '08:00'],
    ['08：15', '08:15'],
    ['8点一刻', '08:15'],
    ['25:00', null],
    ['8:75', null],
    ['早点', null],
  ])('the time %s is %s', (said, time) => {
    expect(readMorning(normalise(said))).toBe(time)
  })

  test.each<[string, object]>([
    ['晨会 8:30', { morningAt: '08:30' }],
    ['晨会8点半', { morningAt: '08:30' }],
    ['晨会 默认', { morningAt: null }],
    ['语言 英文', { language: 'en' }],
    ['英文', { language: 'en' }],
    ['language Chinese', { language: 'zh' }],
    ['', {}],
  ])('"%s"', (said, input) => {
    expect(readSetting(normalise(said))).toEqual({ kind: 'understood', input })
  })

  test.each<[string, string | null]>([
    ['至周五', '2026-11-27'],
    ['到12/3', '2026-12-03'],
    ['3天', '2026-11-25'],
    ['until Friday', '2026-11-27'],
    ['', '2026-11-23'],
    ['至下周', null],
  ])('muted %s: %s', (said, until) => {
    const reading = readMute(normalise(said), momentOf('2026-11-23T09:00:00+08:00'))
    expect(reading).toMatchObject({ kind: until ? 'understood' : 'asks', input: { until } })
  })
})
