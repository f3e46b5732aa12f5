import { expect, test } from 'vitest'
import { hindrances } from '../../../src/bot/operations/readiness.ts'

const away = (channel: string) => ({ channel, of: 'start' as const, since: new Date(0), why: 'x' })
const lane = (channel: string, oldestS: number) => ({ channel, waiting: 3, oldestS, failed: 0 })
const calm = { lanes: [lane('slack', 30)], unanswered: { count: 1, oldestS: 3 }, setAside: 0 }

test.each([
  ['a calm service', calm, [], []],
  ['the only channel away', calm, [away('slack')], ['channel']],
  [
    'nobody answered for minutes',
    { ...calm, unanswered: { count: 2, oldestS: 121 } },
    [],
    ['inbox'],
  ],
  [
    'a message due for a quarter of an hour',
    { ...calm, lanes: [lane('slack', 901)] },
    [],
    ['outbox'],
  ],
  // Named by its channel alone.
  [
    'messages due for a channel that is away',
    { ...calm, lanes: [lane('slack', 901)] },
    [away('slack')],
    ['channel'],
  ],
  [
    'what failed and waits for an operator',
    { ...calm, lanes: [{ ...lane('slack', 0), failed: 9 }] },
    [],
    [],
  ],
] as const)('%s', (_what, vitals, outages, found) => {
  expect(hindrances(vitals, outages, ['slack']).map(({ what }) => what)).toEqual(found)
})

test('one channel of two that is away keeps nobody from the other', () => {
  expect(hindrances(calm, [away('slack')], ['slack', 'wecom-app'])).toEqual([])
})

test('a service without channels is ready: it serves pages', () => {
  expect(hindrances(calm, [], [])).toEqual([])
})
