import { describe, expect, test } from 'vitest'
import { faultsOf } from '../../../src/features/playbook/faults-rules.ts'
import type { Playbook, PlaybookOutcome } from '../../../src/features/playbook/rules.ts'
import { playbookSchema } from '../../../src/features/playbook/schema.ts'
import { SHIPPED_PLAYBOOK } from '../../../src/features/playbook/shipped-playbook.ts'

const TIERS = Object.keys(SHIPPED_PLAYBOOK.care)
const { outcomes, needs, care, events, weights } = SHIPPED_PLAYBOOK

const kind = (code: string): PlaybookOutcome => {
  const found = outcomes[code]
  if (!found) throw new Error(code)
  return found
}

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
      changed({ outcomes: { ...outcomes, thinking: { ...kind('thinking'), next: soon } } }),
      'outcomes.thinking.next.after',
    ],
    [
      'calls without end on one day',
      changed({
        outcomes: { ...outcomes, 'no-answer': { ...kind('no-answer'), next: soon } },
      }),
      'outcomes.no-answer.next.after',
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
      'worth that nothing earns',
      changed({
        weights: { ...weights, worth: { most: 9, balance: null, deposits: null, income: null } },
      }),
      'weights.worth.most',
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

  test.each<[string, Partial<PlaybookOutcome>, string, string]>([
    ['leads nowhere', { next: null }, 'next.kind', '客户会被忘掉'],
    ['shares a word', { words: { zh: ['没人接'], en: [] } }, 'words.zh', '已经是"没接"的说法'],
    ['is called like another', { label: { zh: '没接', en: 'x y' } }, 'label.zh', '已经是"没接"'],
    [
      'has a letter for a word',
      { words: { zh: [], en: ['ok', '5'] } },
      'words.en',
      '"5"不能当说法',
    ],
    ['bars clients', { stage: 'barred', next: null }, 'stage', '只有 do-not-contact'],
    ['counts to nothing', { times: 2 }, 'later', '要么都写'],
  ])('a kind of outcome that %s', (_, part, path, says) => {
    const own = { ...kind('thinking'), label: { zh: '改天谈', en: 'another day' }, place: 14 }
    const words = { zh: ['下回谈'], en: ['some other time'] }
    const playbook = changed({ outcomes: { ...outcomes, later: { ...own, words, ...part } } })
    const found = faultsOf(playbook, TIERS)
    expect(found.map((each) => each.path.join('.'))).toContain(`outcomes.later.${path}`)
    expect(found[0]?.because.zh).toContain(says)
  })

  test.each(['care', 'need', 'unsure'])('a kind of outcome with the code %s', (code) => {
    const own = { ...kind('thinking'), label: { zh: '改天谈', en: 'another day' } }
    const playbook = changed({
      outcomes: { ...outcomes, [code]: { ...own, words: { zh: [], en: [] } } },
    })
    expect(faultsOf(playbook, TIERS)[0]?.because.zh).toContain('程序另有用处')
  })

  test('a kind that the program needs, left out or no longer in use', () => {
    const { declined, ...without } = outcomes
    expect(faultsOf(changed({ outcomes: without }), TIERS)).toMatchObject([
      { path: ['outcomes', 'declined'] },
    ])
    const off = { ...kind('declined'), active: false }
    expect(faultsOf(changed({ outcomes: { ...outcomes, declined: off } }), TIERS)).toMatchObject([
      { path: ['outcomes', 'declined', 'active'] },
    ])
  })
})

test('a version from before a weight was has it as shipped, and its own ones stay', () => {
  const { worth, ...former } = { ...weights, quiet: 3 }
  expect(playbookSchema.parse({ ...SHIPPED_PLAYBOOK, weights: former }).weights).toEqual({
    ...former,
    worth,
  })
  const { weights: _, ...without } = SHIPPED_PLAYBOOK
  expect(playbookSchema.parse(without)).toEqual(SHIPPED_PLAYBOOK)
})

test('a version from before the kinds were data has those shipped, with what followed them then', () => {
  const step = { kind: 'call', after: { days: 5 }, priority: 11 } as const
  const again = { ...step, priority: 12 }
  const former = {
    ...{ interested: step, thinking: step, declined: step, applied: step, 'wrong-number': step },
    'no-answer': { again, times: 2, later: step },
  }
  const { outcomes: read } = playbookSchema.parse({ ...SHIPPED_PLAYBOOK, outcomes: former })
  expect(read['interested']).toEqual({ ...kind('interested'), next: step })
  expect(read['no-answer']).toEqual({ ...kind('no-answer'), next: again, times: 2, later: step })
  expect(read['busy']).toEqual(kind('busy'))
  expect(Object.keys(read)).toEqual(Object.keys(outcomes))
})
