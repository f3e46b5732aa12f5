import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Clock, startClock } from '../../src/infra/clock.ts'
import { createLog } from '../../src/infra/log.ts'

let rings: string[]
let clock: Clock
beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-23T08:10:20Z') })
  rings = []
  clock = startClock(async () => {
    rings.push(new Date().toISOString().slice(11, 16))
  }, createLog('silent'))
})
afterEach(async () => {
  await clock.stop()
  vi.useRealTimers()
})

const minutes = (count: number) => vi.advanceTimersByTimeAsync(count * 60_000)

test('rings every minute', async () => {
  await minutes(5)
  expect(new Set(rings).size).toBeGreaterThanOrEqual(5)
})

test.each([
  ['set forward by an hour', '2026-11-23T09:10:40Z'],
  ['set back by an hour', '2026-11-23T07:10:40Z'],
  ['set back by a day', '2026-11-22T08:10:40Z'],
  ['set forward by six seconds', '2026-11-23T08:10:46Z'],
])('goes on ringing within two minutes when the clock is %s', async (_, time) => {
  vi.setSystemTime(new Date(time))
  await minutes(2)
  expect(rings.length).toBeGreaterThanOrEqual(1)
  await minutes(5)
  expect(rings.length).toBeGreaterThanOrEqual(6)
})
