import { describe, expect, test } from 'vitest'
import { batch, batchPerTransaction } from '../../src/infra/batch.ts'
import type { Queries } from '../../src/infra/database/index.ts'

/** Calls that are ended by hand: each that was begun, and how to end it. */
function byHand() {
  const begun: { items: readonly number[]; end(): void; fail(): void }[] = []
  const call = (items: readonly number[]) =>
    new Promise<number[]>((resolve, reject) => {
      const end = () => resolve(items.map((item) => item * 10))
      begun.push({ items, end, fail: () => reject(new Error('no')) })
    })
  return { begun, call }
}

/** A call that notes what it was asked for at one time, and answers ten times each but for 13. */
function noted() {
  const calls: number[][] = []
  const call = async (items: readonly number[]) => {
    calls.push([...items])
    if (items.includes(13)) throw new Error('no such number')
    return items.map((item) => item * 10)
  }
  return { calls, call }
}

const statuses = (settled: readonly PromiseSettledResult<number>[]) =>
  settled.map(({ status }) => status)

describe('a batch', () => {
  test('is what is asked for within the wait, and each gets its own result', async () => {
    const { calls, call } = noted()
    const ask = batch(call, { waitMs: 1, size: 100, concurrency: 1 })
    expect(await Promise.all([1, 2, 3].map(ask))).toEqual([10, 20, 30])
    expect(calls).toEqual([[1, 2, 3]])
  })

  test('without a wait is what is asked for in one turn of the event loop', async () => {
    const { calls, call } = noted()
    const ask = batch(call)
    const later = Promise.resolve().then(() => ask(3))
    expect(await Promise.all([ask(1), ask(2), later, ask(1)])).toEqual([10, 20, 30, 10])
    expect(calls).toEqual([[1, 2, 1, 3]])
  })

  test('while one is worked on the next fills, and none is larger than it may be', async () => {
    const { begun, call } = byHand()
    const ask = batch(call, { waitMs: 0, size: 2, concurrency: 1 })
    const answers = Promise.all([1, 2, 3, 4, 5].map(ask))
    expect(begun.map(({ items }) => items)).toEqual([[1, 2]])
    for (let next = 0; next < 3; next++) {
      await expect.poll(() => begun.length).toBe(next + 1)
      begun[next]?.end()
    }
    expect(await answers).toEqual([10, 20, 30, 40, 50])
    expect(begun.map(({ items }) => items)).toEqual([[1, 2], [3, 4], [5]])
  })

  test('that waited while another was worked on takes what comes until it begins', async () => {
    const { begun, call } = byHand()
    const ask = batch(call, { concurrency: 1 })
    const first = ask(1)
    await expect.poll(() => begun.length).toBe(1)
    const second = ask(2)
    await new Promise((resolve) => setTimeout(resolve, 5))
    const third = ask(3)
    begun[0]?.end()
    await expect.poll(() => begun.length).toBe(2)
    begun[1]?.end()
    expect(await Promise.all([first, second, third])).toEqual([10, 20, 30])
    expect(begun.map(({ items }) => items)).toEqual([[1], [2, 3]])
  })

  test('that fails fails for all of its own, and those after it go on', async () => {
    const { begun, call } = byHand()
    const ask = batch(call, { waitMs: 0, size: 2, concurrency: 1 })
    const answers = Promise.allSettled([1, 2, 3, 4].map(ask))
    begun[0]?.fail()
    await expect.poll(() => begun.length).toBe(2)
    begun[1]?.end()
    expect(statuses(await answers)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled'])
  })

  test('that fails is tried one by one where that was asked for', async () => {
    const { calls, call } = noted()
    const ask = batch(call, { retryEach: true })
    const answers = await Promise.allSettled([1, 13, 2].map(ask))
    expect(statuses(answers)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(calls).toEqual([[1, 13, 2], [1], [13], [2]])
    await expect(ask(13)).rejects.toThrow('no such number')
    expect(calls.slice(4)).toEqual([[13]])
  })
})

describe('a batch in a transaction', () => {
  const transaction = () => ({}) as Queries
  const { calls, call } = noted()
  const ask = batchPerTransaction((_tx, items: readonly number[]) => call(items))

  test('is apart from those of others, and what was answered is asked anew', async () => {
    const [one, other] = [transaction(), transaction()]
    expect(await Promise.all([ask(one, 1), ask(other, 2), ask(one, 3)])).toEqual([10, 20, 30])
    expect(calls).toEqual([[1, 3], [2]])
    await ask(one, 1)
    expect(calls.at(-1)).toEqual([1])
  })

  test('fails for all who asked, and the next is tried', async () => {
    const tx = transaction()
    const asked = await Promise.allSettled([ask(tx, 1), ask(tx, 13)])
    expect(statuses(asked)).toEqual(['rejected', 'rejected'])
    expect(await ask(tx, 2)).toBe(20)
  })
})
