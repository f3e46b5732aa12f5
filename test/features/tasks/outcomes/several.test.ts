import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalise } from '../../../../src/bot/grammar/normalise.ts'
import { POSTPONE_PHRASES } from '../../../../src/features/tasks/move/postpone-words.ts'
import { readOutcomes } from '../../../../src/features/tasks/phrases.ts'
import { momentOf } from '../../../support/moment.ts'
import { readerOf } from '../../../support/said.ts'

const MONDAY = momentOf('2026-11-23T09:00:00+08:00')
const readPostponed = readerOf(POSTPONE_PHRASES, MONDAY)

/** Every task with its outcome, `?` where that is asked; a note that is left follows in brackets. */
const read = (typed: string): string => {
  const reading = readOutcomes(typed, MONDAY)
  if (reading.kind === 'no') return 'no'
  return reading.input.items
    .map(({ task, outcome, note }) => `${task} ${outcome ?? '?'}${note ? ` (${note})` : ''}`)
    .join(', ')
}

test.each([
  ['1、没人接 2、拒绝 3、再看看吧', '1 no-answer, 2 declined, 3 thinking'],
  ['1、没人接 2、拒绝 3、说了半天', '1 no-answer, 2 declined, 3 ? (说了半天)'],
  ['1：没人接 2：拒绝 3：利率高', '1 no-answer, 2 declined, 3 ? (利率高)'],
  ['4跟5 都说再考虑', '4 thinking, 5 thinking'],
  ['4及5没接', '4 no-answer, 5 no-answer'],
  ['4与5没接', '4 no-answer, 5 no-answer'],
  ['4还有5没接', '4 no-answer, 5 no-answer'],
  ['4、5还有6都没接', '4 no-answer, 5 no-answer, 6 no-answer'],
  ['4以及5没接', '4 no-answer, 5 no-answer'],
  ['4 & 5 no answer', '4 no-answer, 5 no-answer'],
  ['4 and 5 no answer', '4 no-answer, 5 no-answer'],
  ['1没接，2也没接，3说考虑一下', '1 no-answer, 2 no-answer, 3 thinking'],
  ['1没接，2还是没接', '1 no-answer, 2 no-answer'],
  ['1没接，2又没接', '1 no-answer, 2 no-answer'],
  ['1没接，2同样没接', '1 no-answer, 2 no-answer'],
  ['1没接2同上', '1 no-answer, 2 no-answer'],
  ['1没接，2同上，3一样', '1 no-answer, 2 no-answer, 3 no-answer'],
  ['1有意向 50万 2同上', '1 interested, 2 ? (同上)'],
  ['1——3没接', '1 no-answer, 2 no-answer, 3 no-answer'],
  ['1—3没接', '1 no-answer, 2 no-answer, 3 no-answer'],
  ['1~3没接', '1 no-answer, 2 no-answer, 3 no-answer'],
  ['1-30没接', 'no'],
  ['3-1没接', 'no'],
  ['1)没接 2)有意向 50万', '1 no-answer, 2 interested'],
  ['1）没接 2）有意向 50万', '1 no-answer, 2 interested'],
  ['1没打通，2打通了有意向', '1 no-answer, 2 interested (打通了有意向)'],
  ['1(张三)没接 2(李四)有意向', '1 no-answer ((张三)), 2 interested ((李四))'],
  ['1 没接，2 李四说拒绝', '1 no-answer, 2 declined (李四说拒绝)'],
  // Numbers within a note count something else.
  ['1 有意向 打了3遍没接', '1 ?'],
  ['1 没接 打了3遍', '1 no-answer (打了3遍)'],
  ['1 有意向，2个店都在城东', '1 interested (2个店都在城东)'],
  ['1 有意向 3号店 5台设备', '1 interested (3号店 5台设备)'],
  ['1 有意向 2、3年的贷款', '1 interested (2、3年的贷款)'],
  ['1 有意向 20万 3年', '1 interested (3年)'],
])('%s', (typed, expected) => {
  const said = read(typed)
  if (expected === '1 ?') expect(said).toMatch(/^1 \?/)
  else expect(said).toBe(expected)
})

const OUTCOME = fc.constantFrom(
  '没接',
  '没人接',
  '拒绝',
  '不需要',
  '再看看吧',
  '考虑一下',
  '有意向',
  '空号',
  '已放款',
  '也没接',
  '还是没接',
  'no answer',
  'declined',
)
const AFTER_NUMBER = fc.constantFrom('', ' ', '、', '，', '：', ')', '）', '. ', '号 ', '件 ', '. ')
const BETWEEN = fc.constantFrom(' ', '\n', '，', ', ', '；', '。', '、', '\n\n', '  ')

test('every number that is said comes to a record or to a question', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 6 }),
      fc.infiniteStream(OUTCOME),
      fc.infiniteStream(BETWEEN),
      AFTER_NUMBER,
      (numbers, outcomes, between, after) => {
        const typed = numbers
          .map((number) => `${number}${after}${outcomes.next().value}`)
          .reduce((line, each) => `${line}${between.next().value}${each}`)
        const reading = readOutcomes(typed, MONDAY)
        if (reading.kind === 'no') return
        const { items } = reading.input
        expect(items.map(({ task }) => task).sort(), typed).toEqual([...numbers].sort())
        for (const { note } of items) expect(note ?? '', typed).not.toMatch(/\d/)
      },
    ),
    { numRuns: 500 },
  )
})

const WORD = fc.constantFrom(
  '、',
  '，',
  ', ',
  '和',
  '跟',
  '及',
  '与',
  '还有',
  '以及',
  ' ',
  ' and ',
  '&',
)

test('every number of a list of numbers is one of those that have it', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 6 }),
      fc.infiniteStream(WORD),
      fc.constantFrom('没接', '都没接', ' 都说再考虑', ' 拒绝'),
      (numbers, word, outcome) => {
        const listed = numbers
          .map(String)
          .reduce((all, each) => `${all}${word.next().value}${each}`)
        const read = readOutcomes(normalise(`${listed}${outcome}`), MONDAY)
        const tasks = read.kind === 'no' ? [] : read.input.items.map(({ task }) => task)
        expect(tasks, listed).toEqual(numbers)
        const postponed = readPostponed(`${listed} 明天`)
        expect(postponed, listed).toMatchObject({
          kind: 'understood',
          input: { tasks: numbers, dueOn: '2026-11-24', note: null },
        })
      },
    ),
  )
})

test.each<[string, number[], string | null]>([
  ['15 16 17 明天', [15, 16, 17], '2026-11-24'],
  ['15 16 17 改期 明天', [15, 16, 17], '2026-11-24'],
  ['1-3 明天', [1, 2, 3], '2026-11-24'],
  ['1——3 明天', [1, 2, 3], '2026-11-24'],
  ['3 5号', [3], '2026-12-05'],
  ['3 12/3', [3], '2026-12-03'],
  ['3 12-3', [3], '2026-12-03'],
  ['3 12月3日', [3], '2026-12-03'],
  ['3 2天后', [3], '2026-11-25'],
  ['3 2周后', [3], '2026-12-07'],
])('putting off %s', (said, tasks, dueOn) => {
  expect(readPostponed(said)).toMatchObject({
    kind: 'understood',
    input: { tasks, dueOn },
  })
})

test.each(['3 10', '1 2 3'])('putting off %s asks the day', (said) => {
  const reading = readPostponed(said)
  expect(reading).toMatchObject({ kind: 'asks', doubts: [{ slots: ['dueOn'] }] })
})
