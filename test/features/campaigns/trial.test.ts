import { expect, test } from 'vitest'
import { type Arm, broughtBy, type Trial } from '../../../src/features/campaigns/trial/rules.ts'

const arm = (clients: number, applied: number): Arm => ({
  clients,
  reached: { applied, granted: 0 },
})

/** Numbers that look random and are the same at each run (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Of so many clients, how many come to something that each does with this chance. */
const drawn = (clients: number, chance: number, next: () => number): Arm =>
  arm(clients, Array.from({ length: clients }, next).filter((lot) => lot < chance).length)

test.each([
  { clients: 900, share: 0.1, alone: 0.05, effect: 0.04 },
  { clients: 400, share: 0.2, alone: 0.1, effect: 0 },
  { clients: 2000, share: 0.1, alone: 0.03, effect: 0.02 },
  { clients: 300, share: 0.5, alone: 0.2, effect: -0.05 },
])('of 200 campaigns with $effect the bounds hold the truth in 93 to 97 of 100', (campaign) => {
  const { clients, share, alone, effect } = campaign
  const next = random(clients)
  const held = Math.round(clients * share)
  let holds = 0
  for (let time = 0; time < 200; time++) {
    const trial: Trial = {
      approached: drawn(clients - held, alone + effect, next),
      heldOut: drawn(held, alone, next),
    }
    const brought = broughtBy(trial, 'applied')
    const truth = effect * (clients - held)
    if (brought && brought.from <= truth && truth <= brought.to) holds++
  }
  expect(holds / 200).toBeGreaterThanOrEqual(0.93)
  expect(holds / 200).toBeLessThanOrEqual(0.97)
})

test('what nobody came to on either side is bounded all the same, and an empty side tells nothing', () => {
  const none = broughtBy({ approached: arm(40, 0), heldOut: arm(10, 0) }, 'applied')
  expect(none?.value).toBe(0)
  expect(none?.from).toBeLessThan(-5)
  expect(none?.to).toBeGreaterThan(1)
  expect(broughtBy({ approached: arm(40, 3), heldOut: arm(0, 0) }, 'applied')).toBeNull()
})
