import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Moment } from '../../../src/bot/moment.ts'
import { addDays, day } from '../../../src/core/calendar/time.ts'
import type { Playbook } from '../../../src/features/playbook/rules.ts'
import { playbookSchema } from '../../../src/features/playbook/schema.ts'
import { SHIPPED_PLAYBOOK } from '../../../src/features/playbook/shipped-playbook.ts'
import { dueDay, nextAfter, numbered, plannedFor } from '../../../src/features/tasks/rules.ts'
import { momentOf } from '../../support/moment.ts'

const AT = momentOf('2026-11-23T10:05:00+08:00')
const { workdays, today: MONDAY } = AT
const NOTHING = {
  ...{ agreedOn: null, agreedAt: null, attempt: 0, tier: 'D', noMarketing: null, contacts: [] },
  quietHours: null,
}
const next = (
  outcome: string,
  facts: Partial<Parameters<typeof nextAfter>[2]> = {},
  at: Moment = AT,
) => nextAfter(SHIPPED_PLAYBOOK, outcome, { ...NOTHING, ...facts }, at)

test('the shipped playbook is what the schema asks of one', () => {
  expect(playbookSchema.parse(SHIPPED_PLAYBOOK)).toEqual(SHIPPED_PLAYBOOK)
})

const QUIET = SHIPPED_PLAYBOOK.quietHours

describe('after an outcome', () => {
  test.each<[string, string, string]>([
    ['no-answer', '2026-11-24', 'the next workday'],
    ['thinking', '2026-11-30', 'in a week'],
    // 90 days are Sunday 21 February; the Monday after it.
    ['declined', '2027-02-22', 'in 90 days'],
    ['applied', '2026-11-25', 'documents in two workdays'],
    ['interested', '2026-11-26', 'in three workdays when no day was agreed'],
    ['wrong-number', '2026-11-24', 'to fix the file'],
    // 60 days are Friday 22 January.
    ['granted', '2027-01-22', 'the rhythm of tier D'],
    ['busy', '2026-11-23', 'the same day'],
    ['appointment', '2026-11-24', 'the next workday when no day was agreed'],
    ['documents', '2026-11-24', 'to hand them in'],
    ['in-approval', '2026-11-26', 'to ask how far it is'],
    ['approved', '2026-11-24', 'to sign'],
    ['signed', '2026-11-25', 'to see to the disbursement'],
  ])('%s is followed on %s: %s', (outcome, dueOn) => {
    expect(next(outcome)).toMatchObject({ task: { dueOn } })
  })

  test.each<
    [string, string, string | null, string, string | null, Playbook['quietHours'], string?]
  >([
    ['in two hours, on the quarter', '10:05', null, '2026-11-23', '12:15', []],
    ['after the quiet hours of everybody', '10:20', null, '2026-11-23', '14:00', QUIET],
    ['after those of the client', '15:00', '16:30-17:20', '2026-11-23', '17:20', QUIET],
    ['on the next workday, too late for today', '18:40', null, '2026-11-24', null, QUIET],
    ['on the next workday, on a day off', '10:00', null, '2026-11-23', null, QUIET, '2026-11-22'],
    ['on the next workday, at night', '23:10', null, '2026-11-24', null, []],
  ])(
    'who is busy is called again %s',
    (_, time, quietHours, dueOn, dueTime, quiet, on = '2026-11-23') => {
      const at = momentOf(`${on}T${time}:00+08:00`)
      const playbook = { ...SHIPPED_PLAYBOOK, quietHours: quiet }
      const after = nextAfter(playbook, 'busy', { ...NOTHING, quietHours }, at)
      expect(after).toMatchObject({ task: { dueOn, dueTime, asked: true } })
    },
  )

  test('the agreed hour is kept with its day', () => {
    const agreed = { agreedOn: day('2026-11-28'), agreedAt: '15:00' }
    const friday = { dueOn: '2026-11-30', dueTime: '15:00' }
    expect(next('appointment', agreed)).toMatchObject({ task: { ...friday, kind: 'visit' } })
    expect(next('granted', agreed)).toMatchObject({ task: friday })
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
      fc.property(
        fc.constantFrom(...Object.keys(SHIPPED_PLAYBOOK.outcomes)),
        anyFacts,
        (outcome, facts) => {
          const result = next(outcome, facts)
          if ('none' in result) return
          expect(facts.noMarketing).toBeNull()
          expect(workdays.isWorkday(result.task.dueOn)).toBe(true)
          expect(result.task.dueOn >= MONDAY).toBe(true)
          expect(result.task.priority).toBeGreaterThanOrEqual(0)
          expect(result.task.priority).toBeLessThanOrEqual(100)
        },
      ),
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
