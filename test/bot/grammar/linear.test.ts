/** @module-tag long */

import { expect, test } from 'vitest'
import { COMMANDS } from '../../../src/app-features.ts'
import { MOST_CHARACTERS } from '../../../src/bot/conversation/resume.ts'
import { amountAlone } from '../../../src/bot/grammar/amount.ts'
import { saidDay } from '../../../src/bot/grammar/day.ts'
import { normalise } from '../../../src/bot/grammar/normalise.ts'
import { noteLeft } from '../../../src/bot/grammar/note.ts'
import { parse } from '../../../src/bot/grammar/parse.ts'
import { takePhone } from '../../../src/bot/grammar/phone.ts'
import { readSpan } from '../../../src/bot/grammar/span.ts'
import { momentOf } from '../../support/moment.ts'

const at = momentOf('2026-11-23T01:00:00Z')
const { workdays } = at

const FILLS = [
  ...['周', '1-', '1', '一二三', '万', '年', '月', '号', '、', '，', '@', '\n', '  ', '。', '周一'],
  ...['1 ', '明天', '没接', '1、', '1万', '下', '下个', 'a ', '至', '到', '张', '(', '1.', '看看'],
  ...['刚', '刚才', '1 没接 ', '1 没接\n', '13800138000 ', '结算卡', '年1', 'x，', '12月', '0571-'],
  ...['8点别', '1 8点不要'],
]
const PREFIXES = [
  '',
  '1 ',
  '1 有意向 ',
  '打法 publish ',
  '标准 发布 ',
  '改期 ',
  '新客户 ',
  '走访 张三 ',
]

/**
 * Twice what anybody may send: what grows with the square stands out there, on a busy machine as
 * on a quiet one.
 */
const LONG = 2 * MOST_CHARACTERS
/** Times below this are noise. */
const FLOOR_MS = 80
/** As often a text of a quarter: what grows with the square takes four times as long as these. */
const QUARTERS = 4
/** The time of the quarters, and as much again for what is collected meanwhile. */
const MOST_TIMES = 2

/** Work of this thread: what else runs on the machine does not count. */
function msOf(run: () => unknown): number {
  const start = process.threadCpuUsage()
  run()
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / 1000
}

/** Linear, or too quick to tell; measured anew where rubbish was collected meanwhile. */
function expectLinear(run: (length: number) => unknown, what: string): void {
  let best = Number.POSITIVE_INFINITY
  // A system counts the time of a thread in ticks of some milliseconds: a short one alone would come out as none.
  let quarters = Number.POSITIVE_INFINITY
  for (let turn = 0; turn < 30; turn++) {
    best = Math.min(
      best,
      msOf(() => run(LONG)),
    )
    if (best <= FLOOR_MS) return
    quarters = Math.min(
      quarters,
      msOf(() => {
        for (let quarter = 0; quarter < QUARTERS; quarter++) run(LONG / QUARTERS)
      }),
    )
    if (best <= quarters * MOST_TIMES) return
  }
  expect(best, what).toBeLessThanOrEqual(quarters * MOST_TIMES)
}

const filled = (prefix: string, fill: string, length: number) =>
  `${prefix}${fill.repeat(length)}`.slice(0, length)

test.each(FILLS)('a line full of %j is read in a time that grows with its length', (fill) => {
  for (const prefix of PREFIXES) {
    for (const end of ['', 'x']) {
      const run = (length: number) => parse(`${filled(prefix, fill, length)}${end}`, COMMANDS, at)
      expectLinear(run, `${prefix}${fill}${end}`)
    }
  }
})

const READERS: readonly [string, (text: string) => unknown][] = [
  ['saidDay', (text) => saidDay(text, at)],
  ['amountAlone', amountAlone],
  ['takePhone', takePhone],
  ['readSpan', (text) => readSpan(text, at.today, workdays)],
  ['noteLeft', noteLeft],
  ['normalise', normalise],
]

test.each(READERS)('%s takes a time that grows with the length of a text', (name, read) => {
  for (const fill of FILLS) {
    expectLinear((length) => read(filled('', fill, length)), `${name} ${fill}`)
    expectLinear((length) => read(`${filled('', fill, length)}x`), `${name} ${fill}x`)
  }
})

/** The words of all commands, each with what a reader looks for most. */
test.each(['周', '1-1', '明天 '])('every command reads a line full of %j quickly', (fill) => {
  for (const { phrases } of COMMANDS) {
    const [word] = phrases?.words ?? []
    if (!word) continue
    expectLinear((length) => parse(filled(`${word} `, fill, length), COMMANDS, at), word)
  }
})

test('no text overflows the stack', () => {
  for (const fill of FILLS) {
    expect(() => saidDay(fill.repeat(20_000), at)).not.toThrow()
  }
})
