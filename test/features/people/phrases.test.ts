import { describe, expect, test } from 'vitest'
import { normalise } from '../../../src/bot/grammar/normalise.ts'
import { scan } from '../../../src/bot/grammar/scan/scan.ts'
import { ABSENCE_PHRASES } from '../../../src/features/people/absence/phrases.ts'
import {
  readMorning,
  readMute,
  readSetting,
} from '../../../src/features/people/settings/phrases.ts'
import { momentOf } from '../../support/moment.ts'

const AT = momentOf('2026-11-23T09:00:00+08:00')

const readAbsence = (said: string) => {
  const scanned = scan(said, { at: AT, names: ['张三'] })
  const word = ABSENCE_PHRASES.words.find((each) => scanned.text.startsWith(`${each} `)) ?? ''
  const from = word === '' ? 0 : word.length + 1
  return ABSENCE_PHRASES.scans?.(scanned, from).reading
}

describe('absences', () => {
  test.each<[string, string, string, string]>([
    ['请假 12/1-12/5 代班 王五', '2026-12-01', '2026-12-05', '王五'],
    ['请假 12/1到12/5 代班王五', '2026-12-01', '2026-12-05', '王五'],
    ['请假 12月1日至12月5日，代班：王五', '2026-12-01', '2026-12-05', '王五'],
    ['请假 12月1-5日 代班 王五', '2026-12-01', '2026-12-05', '王五'],
    ['请假 12/1-5 代班 王五', '2026-12-01', '2026-12-05', '王五'],
    ['请假 25-28号 代班 王五', '2026-11-25', '2026-11-28', '王五'],
    ['请假 明天到周五 王五代班', '2026-11-24', '2026-11-27', '王五'],
    ['请假 明天-周五 王五代班', '2026-11-24', '2026-11-27', '王五'],
    ['请假 12.1-12.5 代班 王五', '2026-12-01', '2026-12-05', '王五'],
    ['请假 明天 由王五代班', '2026-11-24', '2026-11-24', '王五'],
    ['请假 代班 王五 明天', '2026-11-24', '2026-11-24', '王五'],
    ['请假 下周一到周三 代班 M005', '2026-11-30', '2026-12-02', 'M005'],
    ['请假 三天 从周三开始 代班 王五', '2026-11-25', '2026-11-27', '王五'],
    ['请假 一周 从下周一开始 代班 王五', '2026-11-30', '2026-12-06', '王五'],
    ['下周一请假，王五帮我顶', '2026-11-30', '2026-11-30', '王五'],
    ['明天到周五我请假，王五代班', '2026-11-24', '2026-11-27', '王五'],
    ['away 12/1 to 12/5 stand-in Lee', '2026-12-01', '2026-12-05', 'Lee'],
    ['away tomorrow, cover by Mary Lee', '2026-11-24', '2026-11-24', 'Mary Lee'],
  ])('%s', (said, from, until, standIn) => {
    expect(readAbsence(said)).toEqual({ kind: 'understood', input: { from, until, standIn } })
  })

  test.each<[string, string]>([
    ['请假 周龙 12/1-12/3 代班 王五', '周龙'],
    ['请假 M005 12/1-12/3 代班 王五', 'M005'],
    ['请假 M005 12/1-12/3 王五代班', 'M005'],
    ['away M005 12/1-12/3 stand-in 王五', 'M005'],
  ])('%s is about somebody else', (said, person) => {
    const input = { person, from: '2026-12-01', until: '2026-12-03', standIn: '王五' }
    expect(readAbsence(said)).toEqual({ kind: 'understood', input })
  })

  test.each<[string, string]>([
    ['请假 明天去医院 代班 王五', '去医院'],
    ['请假 家里有事 明天 代班 王五', '家里有事'],
    ['明天请假，去医院，王五代班', '去医院'],
    ['请假 明天 代班 王五 参加培训', '参加培训'],
  ])('%s: what is said beside the days and the person is heard apart', (said, why) => {
    const input = { from: '2026-11-24', until: '2026-11-24', standIn: '王五', why }
    expect(readAbsence(said)).toEqual({ kind: 'understood', input })
  })

  test.each<[string, string]>([
    ['请假 12/1-12/5', 'standIn'],
    ['请假 代班 王五', 'from'],
    ['请假 3天 代班 王五', 'from'],
    ['请假 下周 代班 王五', 'from'],
    ['请假 1-5号 代班 王五', 'from'],
    ['请假 明天 12/3 代班 王五', 'from'],
    ['请假 12/5-12/1 代班 王五', 'until'],
    ['请假 明天 半天 代班 王五', 'until'],
    ['请假 周五起三天 代班 王五', 'until'],
    ['请假 明天到周五 三天 代班 王五', 'until'],
    ['请假 周龙 12/1-12/3', 'standIn'],
    ['请假 周龙 代班 王五', 'from'],
    ['away Monday to Wednesday', 'standIn'],
  ])('%s asks for %s', (said, slot) => {
    const reading = readAbsence(said)
    expect(reading?.kind === 'asks' && reading.doubts[0].slots).toEqual([slot])
  })

  test.each(['张三请假', '他明天请假', '客户下周出差', '我请假那天谁代班'])(
    '%s says nothing of mine',
    (said) => {
      expect(readAbsence(said)?.kind).toBe('no')
    },
  )
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
