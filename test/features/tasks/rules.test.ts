import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, day } from '../../../src/core/calendar/time.ts'
import { chineseWorkdays } from '../../../src/core/calendar/workdays.ts'
import { OUTCOMES, type OutcomeKind } from '../../../src/features/playbook/rules.ts'
import { playbookSchema } from '../../../src/features/playbook/schema.ts'
import { SHIPPED_PLAYBOOK } from '../../../src/features/playbook/shipped-playbook.ts'
import { dueDay, nextAfter, numbered, plannedFor } from '../../../src/features/tasks/rules.ts'

const workdays = chineseWorkdays()
const MONDAY = day('2026-11-23')
const next = (outcome: OutcomeKind, facts: Partial<Parameters<typeof nextAfter>[2]> = {}) =>
  nextAfter(
    SHIPPED_PLAYBOOK,
    outcome,
    { agreedOn: null, attempt: 0, tier: 'D', noMarketing: null, contacts: [], ...facts },
    MONDAY,
    workdays,
  )

test('the shipped playbook is what the schema asks of one', () => {
  expect(playbookSchema.parse(SHIPPED_PLAYBOOK)).toEqual(SHIPPED_PLAYBOOK)
})

describe('after an outcome', () => {
  test.each<[OutcomeKind, string, string]>([
    ['no-answer', '2026-11-24', 'the next workday'],
    ['thinking', '2026-11-30', 'in a week'],
    // 90 days are Sunday 21 February; the Monday after it.
    ['declined', '2027-02-22', 'in 90 days'],
    ['applied', '2026-11-25', 'documents in two workdays'],
    ['interested', '2026-11-26', 'in three workdays when no day was agreed'],
    ['wrong-number', '2026-11-24', 'to fix the file'],
    // 60 days are Friday 22 January.
    ['granted', '2027-01-22', 'the rhythm of tier D'],
  ])('%s is followed on %s: %s', (outcome, dueOn) => {
    expect(next(outcome)).toMatchObject({ task: { dueOn } })
  })

  test('the agreed day counts, moved to a workday where it is a day off', () => {
    expect(next('interested', { agreedOn: day('2026-11-27') })).toMatchObject({
      task: { dueOn: '2026-11-27' },
    })
    expect(next('interested', { agreedOn: day('2026-11-28') })).toMatchObject({
      task: { dueOn: '2026-11-30' },
    })
  })

  test('nobody answers three times in a row, then in two weeks and counting anew', () => {
    const attempts = [0, 1, 2, 3].map((attempt) => next('no-answer', { attempt }))
    expect(attempts).toMatchObject([
      { task: { dueOn: '2026-11-24', attempt: 1 } },
      { task: { dueOn: '2026-11-24', attempt: 2 } },
      { task: { dueOn: '2026-11-24', attempt: 3 } },
      { task: { dueOn: '2026-12-07', attempt: 0 } },
    ])
  })

  test('do not contact is followed by nothing, ever', () => {
    expect(next('do-not-contact', { agreedOn: MONDAY })).toEqual({ none: 'do-not-contact' })
  })

  test('granted in a tier without a rhythm says so', () => {
    expect(next('granted', { tier: 'none' })).toEqual({ none: 'no-rhythm' })
  })

  test('every outcome has a next task on a workday or a reason why there is none', () => {
    const anyFacts = fc.record({
      agreedOn: fc.option(fc.integer({ min: 0, max: 400 }).map((days) => addDays(MONDAY, days))),
      attempt: fc.nat(5),
      tier: fc.option(fc.constantFrom('A', 'B', 'F', 'premium', 'none', 'of-their-own')),
      noMarketing: fc.option(fc.constantFrom('exit-tier' as const, 'negative-list' as const)),
    })
    fc.assert(
      fc.property(fc.constantFrom(...OUTCOMES), anyFacts, (outcome, facts) => {
        const result = next(outcome, facts)
        if ('none' in result) return
        expect(facts.noMarketing).toBeNull()
        expect(workdays.isWorkday(result.task.dueOn)).toBe(true)
        expect(result.task.dueOn >= MONDAY).toBe(true)
        expect(result.task.priority).toBeGreaterThanOrEqual(0)
        expect(result.task.priority).toBeLessThanOrEqual(100)
      }),
    )
  })
})

test('an urgent need is due today, on a day off the next workday', () => {
  const event = { reason: 'need', urgency: 'urgent' } as const
  const on = (today: string) => plannedFor(SHIPPED_PLAYBOOK, event, 'A', day(today), workdays).dueOn
  expect(on('2026-11-23')).toBe('2026-11-23')
  expect(on('2026-10-03')).toBe('2026-10-08')
})

test('workdays are counted over holidays and with make-up days', () => {
  const step = { kind: 'call', after: { workdays: 2 }, priority: 1 } as const
  // 30 September, then a week off, then Thursday 8 and Friday 9.
  expect(dueDay(step, day('2026-09-30'), workdays)).toBe('2026-10-09')
  expect(dueDay(step, day('2026-10-08'), workdays)).toBe('2026-10-10')
})

test('numbers that were given stay, and what is new follows', () => {
  expect(numbered(['a', 'b'], ['c', 'b', 'd'])).toEqual(['a', 'b', 'c', 'd'])
})
