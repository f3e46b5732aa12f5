import { describe, expect, test } from 'vitest'
import { normalise } from '../../../../src/bot/grammar/normalise.ts'
import { day } from '../../../../src/core/calendar/time.ts'
import { chineseWorkdays } from '../../../../src/core/calendar/workdays.ts'
import { SHIPPED_KINDS } from '../../../../src/features/playbook/shipped-outcomes.ts'
import {
  HAND_SHAPE,
  POSTPONE_SHAPE,
  readAssigned,
  readHanded,
  readPostponed,
} from '../../../../src/features/tasks/move/phrases.ts'

const workdays = chineseWorkdays()
const MONDAY = day('2026-11-23')

describe('putting off', () => {
  test.each<[string, number[], string | null, string | null]>([
    ['3 下周二', [3], '2026-12-01', null],
    ['3', [3], null, null],
    ['3到周五', [3], '2026-11-27', null],
    ['第3件 12/3', [3], '2026-12-03', null],
    ['1、2 后天', [1, 2], '2026-11-25', null],
    ['1和2 周四', [1, 2], '2026-11-26', null],
    ['3 明天再联系', [3], '2026-11-24', null],
    ['3 下周二 客户出差', [3], '2026-12-01', '客户出差'],
    ['3 to Friday', [3], '2026-11-27', null],
    ['3 改期 下周二', [3], '2026-12-01', null],
    ['3改到周五', [3], '2026-11-27', null],
    ['3 晚点', [3], null, null],
  ])('%s', (said, tasks, dueOn, note) => {
    expect(readPostponed(normalise(said), MONDAY, workdays, SHIPPED_KINDS)).toEqual({
      kind: 'understood',
      input: { tasks, dueOn, note },
    })
  })

  test.each(['3 下周', '3 昨天', '3 2月30日', '3 等他回来', '3 过两天'])('%s is asked', (said) => {
    const reading = readPostponed(normalise(said), MONDAY, workdays, SHIPPED_KINDS)
    expect(reading).toMatchObject({ kind: 'asks', doubts: [{ slots: ['dueOn'], expects: 'day' }] })
  })

  test.each(['下周二', '张三 周五', ''])('"%s" names no task', (said) => {
    expect(readPostponed(said, MONDAY, workdays, SHIPPED_KINDS).kind).toBe('no')
  })

  test.each([
    ['3 改期 周五', true],
    ['3改到周五', true],
    ['3 晚点', true],
    ['3 晚点再打 没接', false],
    ['3 没接 改期', false],
    ['3 有意向 周五', false],
  ])('a line that begins with a number: %s is %s', (line, meant) => {
    expect(POSTPONE_SHAPE.test(line)).toBe(meant)
  })
})

describe('handing over', () => {
  test.each<[string, number[], string, string | null]>([
    ['3 王五', [3], '王五', null],
    ['3王五', [3], '王五', null],
    ['3 给王五', [3], '王五', null],
    ['第3件 王五', [3], '王五', null],
    ['王五 3', [3], '王五', null],
    ['3 M005', [3], 'M005', null],
    ['M005 3', [3], 'M005', null],
    ['1、2 王五 他更熟', [1, 2], '王五', '他更熟'],
    ['3 转给 王五', [3], '王五', null],
    ['3 to Lee', [3], 'Lee', null],
  ])('%s', (said, tasks, to, note) => {
    expect(readHanded(normalise(said))).toEqual({ kind: 'understood', input: { tasks, to, note } })
  })

  test.each(['王五', '3', ''])('"%s" is not enough', (said) => {
    expect(readHanded(said).kind).toBe('no')
  })

  test.each([
    ['3 转给王五', true],
    ['3 hand to Lee', true],
    ['3 转介来的 有意向', false],
  ])('a line that begins with a number: %s is %s', (line, meant) => {
    expect(HAND_SHAPE.test(line)).toBe(meant)
  })
})

describe('assigning', () => {
  test.each<[string, object]>([
    [
      '王五 联系李四 明天 问续贷',
      { to: '王五', named: '李四', kind: 'call', dueOn: '2026-11-24', note: '问续贷' },
    ],
    [
      '王五 联系 李四 明天',
      { to: '王五', named: '李四', kind: 'call', dueOn: '2026-11-24', note: null },
    ],
    [
      '王五 明天 走访李四',
      { to: '王五', named: '李四', kind: 'visit', dueOn: '2026-11-24', note: null },
    ],
    ['M005 李四 送合同', { to: 'M005', named: '李四', kind: 'other', dueOn: null, note: '送合同' }],
    [
      'Lee call Tom Friday about renewal',
      { to: 'Lee', named: 'Tom', kind: 'call', dueOn: '2026-11-27', note: 'about renewal' },
    ],
  ])('%s', (said, input) => {
    expect(readAssigned(normalise(said), MONDAY, workdays)).toEqual({ kind: 'understood', input })
  })

  test.each<[string, string]>([
    ['王五 联系李四 下周', 'dueOn'],
    ['王五 李四', 'note'],
    ['王五 明天', 'named'],
  ])('%s asks for %s', (said, slot) => {
    const reading = readAssigned(normalise(said), MONDAY, workdays)
    expect(reading.kind === 'asks' && reading.doubts[0].slots).toEqual([slot])
  })
})
