import { expect, test } from 'vitest'
import {
  afterFault,
  isExhausted,
  NO_RETRIES,
  pauseOf,
} from '../../../src/bot/inbox/retry/retry-pause.ts'
import type { Passing } from '../../../src/infra/database/fault.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

/** After failures of these kinds at these times. */
const after = (...failures: readonly (readonly [Passing, number])[]) =>
  failures.reduce((patience, [kind, at]) => afterFault(patience, kind, at), NO_RETRIES)

test('it is tried again after 1, 5, 30, 30 … seconds', () => {
  let patience = NO_RETRIES
  const pauses = Array.from({ length: 5 }, () => {
    patience = afterFault(patience, 'away', 0)
    return pauseOf(patience)
  })
  expect(pauses).toEqual([1, 5, 30, 30, 30].map((seconds) => seconds * SECOND))
})

const every = (kind: Passing, times: number, ms: number) =>
  Array.from({ length: times }, (_, time) => [kind, time * ms] as const)

test.each([
  ['a database away for hours', every('away', 500, MINUTE), 499 * MINUTE, false],
  ['held up six times within a minute', every('held-up', 6, 10 * SECOND), MINUTE, false],
  ['held up six times over six minutes', every('held-up', 6, MINUTE), 5 * MINUTE, true],
  ['held up five times over an hour', every('held-up', 5, 12 * MINUTE), 48 * MINUTE, false],
  [
    'held up once, the database away for hours after that',
    [['held-up', 0] as const, ...every('away', 50, MINUTE)],
    50 * MINUTE,
    false,
  ],
])('%s, while others pass: an apology is due %s', (_what, failures, now, due) => {
  const patience = after(...failures)
  expect(isExhausted(patience, now, now - 1)).toBe(due)
  // While nobody passes there is none.
  expect(isExhausted(patience, now, null)).toBe(false)
  expect(isExhausted(patience, now, -1)).toBe(false)
})
