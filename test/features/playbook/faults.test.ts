import { describe, expect, test } from 'vitest'
import { faultsOf } from '../../../src/features/playbook/faults-rules.ts'
import type { Playbook } from '../../../src/features/playbook/rules.ts'
import { playbookSchema } from '../../../src/features/playbook/schema.ts'
import { SHIPPED_PLAYBOOK } from '../../../src/features/playbook/shipped-playbook.ts'

const TIERS = Object.keys(SHIPPED_PLAYBOOK.care)
const { outcomes, needs, care, events, weights } = SHIPPED_PLAYBOOK

const changed = (part: Partial<Playbook>): Playbook => ({ ...SHIPPED_PLAYBOOK, ...part })

test('nothing is wrong with what is shipped', () => {
  expect(playbookSchema.parse(SHIPPED_PLAYBOOK)).toEqual(SHIPPED_PLAYBOOK)
  expect(faultsOf(SHIPPED_PLAYBOOK, TIERS)).toEqual([])
})

const quiet = { kind: 'call', days: 3, priority: 40 } as const
const soon = { kind: 'call', after: { workdays: 0 }, priority: 50 } as const

describe('a playbook that works against itself is refused, with the place', () => {
  test.each<[string, Playbook, string]>([
    [
      'an outcome that is followed on the same day',
      changed({ outcomes: { ...outcomes, thinking: soon } }),
      'outcomes.thinking.after',
    ],
    [
      'calls without end on one day',
      changed({
        outcomes: { ...outcomes, 'no-answer': { ...outcomes['no-answer'], again: soon } },
      }),
      'outcomes.no-answer.again.after',
    ],
    [
      'quiet clients found again every third day',
      changed({ events: { ...events, quiet } }),
      'events.quiet.days',
    ],
    [
      'a credit line called unused every day',
      changed({ events: { ...events, unused: { ...quiet, days: 0 } } }),
      'events.unused.days',
    ],
    [
      'complaints made by a need',
      changed({ needs: { ...needs, soon: { ...soon, kind: 'complaint' } } }),
      'needs.soon.kind',
    ],
    [
      'a rhythm that the ceiling does not allow',
      changed({ ceiling: { touches: 2, days: 30 } }),
      'care.A.call',
    ],
    [
      'a rhythm for the exit tier',
      changed({ care: { ...care, F: { call: null, visit: 90 } } }),
      'care.F.visit',
    ],
    [
      'a rhythm that never has its turn',
      changed({ care: { ...care, D: { call: 120, visit: null } } }),
      'care.D.call',
    ],
    [
      'a tier that the standards do not have',
      changed({ care: { ...care, G: { call: 60, visit: null } } }),
      'care.G',
    ],
    [
      'a key tier that the standards do not have',
      changed({ weights: { ...weights, keyTiers: ['S'] } }),
      'weights.keyTiers',
    ],
    [
      'a lead who hears before the person',
      changed({ escalation: { again: 5, lead: 3, reassign: 7 } }),
      'escalation.lead',
    ],
    [
      'somebody else who hears with the lead',
      changed({ escalation: { again: 3, lead: 5, reassign: 5 } }),
      'escalation.reassign',
    ],
    [
      'a bound below one day of it',
      changed({ weights: { ...weights, overdue: { perDay: 9, most: 4 } } }),
      'weights.overdue.most',
    ],
    [
      'quiet hours of no length',
      changed({ quietHours: [{ from: '12:00', until: '12:00' }] }),
      'quietHours',
    ],
  ])('%s', (_, playbook, path) => {
    expect(playbookSchema.safeParse(playbook).success).toBe(true)
    expect(faultsOf(playbook, TIERS).map((fault) => fault.path.join('.'))).toContain(path)
  })

  test('a tier without care', () => {
    const { D: _, ...without } = care
    expect(faultsOf(changed({ care: without }), TIERS)).toMatchObject([{ path: ['care', 'D'] }])
  })

  test('a missing outcome', () => {
    const { thinking: _, ...without } = outcomes
    const read = playbookSchema.safeParse({ ...SHIPPED_PLAYBOOK, outcomes: without })
    expect(read.error?.issues[0]?.path).toEqual(['outcomes', 'thinking'])
  })
})
