/** @module-tag slow */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { daysBetween } from '../../../../src/core/calendar/time.ts'
import { isMarketing } from '../../../../src/features/playbook/contact-rules.ts'
import { faultsOf } from '../../../../src/features/playbook/faults-rules.ts'
import type { Playbook, PlaybookOutcome } from '../../../../src/features/playbook/rules.ts'
import { SHIPPED_PLAYBOOK } from '../../../../src/features/playbook/shipped-playbook.ts'
import { anyLife, barOf, futureOf, type Life, live, type State, workdays } from './lives.ts'

const kind = (code: string): PlaybookOutcome => {
  const found = SHIPPED_PLAYBOOK.outcomes[code]
  if (!found) throw new Error(code)
  return found
}
const TIERS = Object.keys(SHIPPED_PLAYBOOK.care)

/** What holds in every life, whenever one looks. */
function holds(playbook: Playbook, state: State, atNight: boolean): void {
  const { today, open, facts, unasked } = state
  for (const task of open) {
    if (!workdays.isWorkday(task.dueOn)) throw new Error(`due on a day off: ${task.dueOn}`)
    if (barOf(state) && isMarketing(task.kind)) throw new Error(`marketing while ${barOf(state)}`)
  }
  if (new Set(open.map(({ kind }) => kind)).size < open.length) throw new Error('two of a kind')
  const last = unasked.at(-1)
  if (last === today) {
    const { days, touches } = playbook.ceiling
    const within = facts.contacts.filter((on) => daysBetween(on, today) < days).length
    if (within > touches) throw new Error(`${within} touches in ${days} days`)
  }
  if (atNight && futureOf(state, playbook) === null) throw new Error('no future')
}

/** A playbook that its checks let pass. */
const anyPlaybook = fc
  .record({
    call: fc.integer({ min: 7, max: 80 }),
    visit: fc.integer({ min: 20, max: 300 }),
    quiet: fc.integer({ min: 30, max: 200 }),
    touches: fc.integer({ min: 1, max: 8 }),
    days: fc.integer({ min: 7, max: 60 }),
    thinking: fc.integer({ min: 1, max: 20 }),
    times: fc.nat(5),
    ahead: fc.nat(10),
  })
  .map(({ call, visit, quiet, touches, days, thinking, times, ahead }): Playbook => {
    const { outcomes, events, sizes } = SHIPPED_PLAYBOOK
    const rhythm = { call, visit }
    const none = { call: null, visit: null }
    return {
      ...SHIPPED_PLAYBOOK,
      care: Object.fromEntries(TIERS.map((tier) => [tier, tier === 'F' ? none : rhythm])),
      outcomes: {
        ...outcomes,
        thinking: {
          ...kind('thinking'),
          next: { kind: 'call', after: { workdays: thinking }, priority: 50 },
        },
        'no-answer': { ...kind('no-answer'), times },
      },
      events: { ...events, quiet: { kind: 'call', days: quiet, priority: 45 } },
      ceiling: { touches, days },
      sizes: { ...sizes, ahead },
    }
  })
  .filter((playbook) => faultsOf(playbook, TIERS).length === 0)

describe('every life', () => {
  test('has a future and keeps the rules by the shipped playbook', () => {
    let worked = 0
    fc.assert(
      fc.property(anyLife, (life: Life) => {
        live(SHIPPED_PLAYBOOK, life, (state, atNight) => {
          holds(SHIPPED_PLAYBOOK, state, atNight)
          worked += state.unasked.length > 0 ? 1 : 0
        })
      }),
      { numRuns: 600 },
    )
    expect(worked).toBeGreaterThan(600)
  })

  test('has a future and keeps the rules by any playbook that passes the checks', () => {
    fc.assert(
      fc.property(anyPlaybook, anyLife, (playbook, life) => {
        live(playbook, life, (state, atNight) => holds(playbook, state, atNight))
      }),
      { numRuns: 400 },
    )
  })

  test('would be seen to break them: without the hold-back a client is contacted too often', () => {
    const strict = { ...SHIPPED_PLAYBOOK, ceiling: { touches: 1, days: 60 } }
    const lived = (playbook: Playbook) =>
      fc.check(
        fc.property(anyLife, (each) => {
          live(playbook, each, (state, atNight) => holds(strict, state, atNight))
        }),
        { numRuns: 200, seed: 1 },
      )
    expect(String(lived(SHIPPED_PLAYBOOK).errorInstance)).toContain('touches in 60 days')
    expect(lived(strict).failed).toBe(false)
  })
})
