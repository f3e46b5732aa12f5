import { describe, expect, test } from 'vitest'
import { ASSIGN_PHRASES } from '../../../../src/features/tasks/move/assign-words.ts'
import { HAND_PHRASES } from '../../../../src/features/tasks/move/hand-words.ts'
import { POSTPONE_PHRASES } from '../../../../src/features/tasks/move/postpone-words.ts'
import { momentOf } from '../../../support/moment.ts'
import { lineReaderOf, readerOf } from '../../../support/said.ts'

const AT = momentOf('2026-11-23T09:00:00+08:00')
const NAMES = ['张三', '李四', '王大力', 'John Smith']
const postponed = readerOf(POSTPONE_PHRASES, AT, NAMES)
const handed = readerOf(HAND_PHRASES, AT, NAMES)
const assigned = readerOf(ASSIGN_PHRASES, AT, NAMES)
const postponedLine = lineReaderOf(POSTPONE_PHRASES, AT, NAMES)

describe('putting off', () => {
  test.each<[string, number[], string | null, string | null]>([
    ['3 下周二', [3], '2026-12-01', null],
    ['3', [3], null, null],
    ['3到周五', [3], '2026-11-27', null],
    ['第3件 12/3', [3], '2026-12-03', null],
    ['第三个 下周二', [3], '2026-12-01', null],
    ['1、2 后天', [1, 2], '2026-11-25', null],
    ['1和2 周四', [1, 2], '2026-11-26', null],
    ['3 明天再联系', [3], '2026-11-24', null],
    ['3 下周二 客户出差', [3], '2026-12-01', '客户出差'],
    ['3 to Friday', [3], '2026-11-27', null],
    ['3 改期 下周二', [3], '2026-12-01', null],
    ['3改到周五', [3], '2026-11-27', null],
  ])('%s', (said, tasks, dueOn, note) => {
    expect(postponed(said)).toEqual({ kind: 'understood', input: { tasks, dueOn, note } })
  })

  test.each<[string, object]>([
    ['3改到周五', { tasks: [3], dueOn: '2026-11-27' }],
    ['3 改期 周五', { tasks: [3], dueOn: '2026-11-27' }],
    ['3 晚点', { tasks: [3], dueOn: null, note: null }],
    ['4 5 6 都改到明天', { tasks: [4, 5, 6], dueOn: '2026-11-24' }],
    ['5 推迟一周', { tasks: [5], dueOn: '2026-11-30', note: null }],
    ['5 延后两天 客户出差', { tasks: [5], dueOn: '2026-11-25', note: '客户出差' }],
    ['把3改到下周三', { tasks: [3], dueOn: '2026-12-02' }],
    ['张三改到下周一', { named: ['张三'], dueOn: '2026-11-30' }],
    ['张三和李四都改到下周一', { named: ['张三', '李四'], dueOn: '2026-11-30' }],
    [
      '把张三改到下周三下午3点',
      { named: ['张三'], dueOn: '2026-12-02', dueTime: '15:00', note: null },
    ],
    ['3 改到下午4点', { tasks: [3], dueOn: '2026-11-23', dueTime: '16:00' }],
  ])('with the word behind: %s', (said, input) => {
    expect(postponedLine(said)).toMatchObject({ kind: 'understood', input })
  })

  test.each<[string, object]>([
    ['张三 下周二', { named: ['张三'], dueOn: '2026-12-01' }],
    ['张三 周五', { named: ['张三'], dueOn: '2026-11-27' }],
    ['John Smith to Friday', { named: ['John Smith'], dueOn: '2026-11-27' }],
    ['周敏 下周二', { named: ['周敏'], dueOn: '2026-12-01' }],
  ])('by name: %s', (said, input) => {
    expect(postponed(said)).toMatchObject({ kind: 'understood', input })
  })

  test.each([
    ...['3 下周', '3 昨天', '3 2月30日', '3 等他回来', '3 过两天', '3 改天', '3 月底前'],
    ...['3 周三或周四', '3 人民路8号', '3 5号楼', '3 上午9点', '3 明天，1 没接'],
  ])('%s is asked', (said) => {
    const reading = postponed(said)
    expect(reading).toMatchObject({ kind: 'asks', doubts: [{ slots: ['dueOn'], expects: 'day' }] })
  })

  test.each(['', '王经理说', '下周二开会'])('"%s" names no task', (said) => {
    expect(postponed(said).kind).toBe('no')
  })

  test.each(['下周二', '两天', '到下周二吧'])('"%s" alone asks which task', (said) => {
    expect(postponed(said)).toMatchObject({ kind: 'asks', doubts: [{ slots: ['tasks.0'] }] })
  })

  test.each(['3 晚点再打 没接', '3 没接 改期', '3 有意向 周五', '1 改成有意向', '晨会改到周五'])(
    'is not meant by %s',
    (line) => {
      expect(postponedLine(line).kind).toBe('no')
    },
  )
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
    expect(handed(said)).toEqual({ kind: 'understood', input: { tasks, to, note } })
  })

  test.each(['王五', '3', ''])('"%s" is not enough', (said) => {
    expect(handed(said).kind).toBe('no')
  })

  test.each([
    ['3 转给王五', true],
    ['把3转给王五', true],
    ['3 hand to Lee', true],
    ['3 转介来的 有意向', false],
  ])('a line that begins with a number: %s is %s', (line, meant) => {
    expect(lineReaderOf(HAND_PHRASES, AT)(line).kind !== 'no').toBe(meant)
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
    [
      '王五走访李四 周五下午3点',
      {
        to: '王五',
        named: '李四',
        kind: 'visit',
        dueOn: '2026-11-27',
        dueTime: '15:00',
        note: null,
      },
    ],
    ['M005 李四 送合同', { to: 'M005', named: '李四', kind: 'other', dueOn: null, note: '送合同' }],
    [
      '王五、周敏 联系李四 明天',
      { to: ['王五', '周敏'], named: '李四', kind: 'call', dueOn: '2026-11-24', note: null },
    ],
    [
      'Lee call Tom Friday about renewal',
      { to: 'Lee', named: 'Tom', kind: 'call', dueOn: '2026-11-27', note: 'about renewal' },
    ],
  ])('%s', (said, input) => {
    expect(assigned(said)).toEqual({ kind: 'understood', input })
  })

  test.each<[string, string]>([
    ['王五 联系李四 下周', 'dueOn'],
    ['王五 李四', 'note'],
    ['王五 明天', 'named'],
    ['王五 联系李四 明后天', 'dueOn'],
  ])('%s asks for %s', (said, slot) => {
    const reading = assigned(said)
    expect(reading.kind === 'asks' && reading.doubts[0].slots).toEqual([slot])
  })

  test.each<[string, object | null]>([
    ['让王五明天联系一下李四', { to: '王五', named: '李四', kind: 'call', dueOn: '2026-11-24' }],
    ['安排王五周五去拜访李四', { to: '王五', named: '李四', kind: 'visit', dueOn: '2026-11-27' }],
    ['让他考虑考虑', null],
    ['让明天打', null],
  ])('is said with the word of letting: %s', (line, input) => {
    const reading = lineReaderOf(ASSIGN_PHRASES, AT, NAMES)(line)
    if (input) expect(reading).toMatchObject({ kind: 'understood', input })
    else expect(reading.kind).toBe('no')
  })
})
