import { expect, test } from 'vitest'
import { grouped } from '../../src/infra/group.ts'

/** Work that is finished by hand: each group that was begun, and how to end it. */
function byHand() {
  const begun: { items: readonly number[]; end(): void; fail(): void }[] = []
  const work = (items: readonly number[]) =>
    new Promise<number[]>((resolve, reject) => {
      const end = () => resolve(items.map((item) => item * 10))
      begun.push({ items, end, fail: () => reject(new Error('no')) })
    })
  return { begun, work }
}

test('what arrives in one moment is one group, and each gets its own result', async () => {
  const groups: number[] = []
  const ask = grouped<number, number>(
    async (items) => {
      groups.push(items.length)
      return items.map((item) => item * 10)
    },
    { waitMs: 1, most: 100, abreast: 1 },
  )
  expect(await Promise.all([1, 2, 3].map(ask))).toEqual([10, 20, 30])
  expect(groups).toEqual([3])
})

test('while one group is worked on the next gathers, and none is larger than it may be', async () => {
  const { begun, work } = byHand()
  const ask = grouped<number, number>(work, { waitMs: 0, most: 2, abreast: 1 })
  const answers = Promise.all([1, 2, 3, 4, 5].map(ask))
  expect(begun.map(({ items }) => items)).toEqual([[1, 2]])
  for (let next = 0; next < 3; next++) {
    await expect.poll(() => begun.length).toBe(next + 1)
    begun[next]?.end()
  }
  expect(await answers).toEqual([10, 20, 30, 40, 50])
  expect(begun.map(({ items }) => items)).toEqual([[1, 2], [3, 4], [5]])
})

test('a failure is that of its own group, and those after it go on', async () => {
  const { begun, work } = byHand()
  const ask = grouped<number, number>(work, { waitMs: 0, most: 1, abreast: 1 })
  const answers = Promise.allSettled([1, 2].map(ask))
  begun[0]?.fail()
  await expect.poll(() => begun.length).toBe(2)
  begun[1]?.end()
  expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
})
