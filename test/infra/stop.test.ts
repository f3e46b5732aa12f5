import { expect, onTestFinished, test, vi } from 'vitest'
import { createLog, type Log } from '../../src/infra/log.ts'
import { endInTurn } from '../../src/infra/stop.ts'

const never = () => new Promise<void>(() => {})

test('parts end one after the other, and what hangs or fails is left, named and logged', async () => {
  const ended: string[] = []
  const logged: object[] = []
  const log: Log = { ...createLog('silent'), warn: (fields) => void logged.push(fields) }
  const part = (name: string, stop: () => Promise<unknown> = async () => {}) => ({
    name,
    stop: () => {
      ended.push(name)
      return stop()
    },
  })
  const fails = () => {
    throw new Error('at once')
  }
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const began = performance.now()
  const ending = endInTurn(
    [
      part('web'),
      part('queue', never),
      part('slack', async () => fails()),
      part('wecom', fails),
      part('delivery', never),
      part('late', never),
      part('database'),
    ],
    log,
    { part: 300, all: 500 },
  )
  await vi.advanceTimersToNextTimerAsync()
  while (vi.getTimerCount() > 0) await vi.advanceTimersToNextTimerAsync()
  const left = await ending
  // A part, what is left of all of it, and the least that each is given.
  expect(performance.now() - began).toBe(300 + 200 + 100)
  expect(ended).toEqual(['web', 'queue', 'slack', 'wecom', 'delivery', 'late', 'database'])
  expect(left).toEqual(['queue', 'slack', 'wecom', 'delivery', 'late'])
  expect(logged).toEqual([
    { part: 'queue', why: 'hangs' },
    { part: 'slack', why: 'failed' },
    { part: 'wecom', why: 'failed' },
    { part: 'delivery', why: 'hangs' },
    { part: 'late', why: 'hangs' },
  ])
})
