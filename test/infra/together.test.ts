import { expect, test } from 'vitest'
import type { Queries } from '../../src/infra/database/index.ts'
import { together } from '../../src/infra/database/together.ts'

const transaction = () => ({}) as Queries

/** A read that notes what it was asked for at one time, and answers ten times each. */
function noted() {
  const calls: number[][] = []
  const ask = together(async (_tx, asked: readonly number[]) => {
    calls.push([...asked])
    if (asked.includes(13)) throw new Error('no such number')
    return asked.map((each) => each * 10)
  })
  return { calls, ask }
}

test('what is asked for in one moment goes together, and each gets its own result', async () => {
  const { calls, ask } = noted()
  const tx = transaction()
  const later = Promise.resolve().then(() => ask(tx, 3))
  expect(await Promise.all([ask(tx, 1), ask(tx, 2), later, ask(tx, 1)])).toEqual([10, 20, 30, 10])
  expect(calls).toEqual([[1, 2, 1, 3]])
})

test('what is asked for once that was answered is read anew', async () => {
  const { calls, ask } = noted()
  const tx = transaction()
  await ask(tx, 1)
  await ask(tx, 1)
  expect(calls).toEqual([[1], [1]])
})

test('transactions are read apart from each other', async () => {
  const { calls, ask } = noted()
  await Promise.all([ask(transaction(), 1), ask(transaction(), 2)])
  expect(calls).toEqual([[1], [2]])
})

test('a read that fails fails for all who asked, and the next is tried', async () => {
  const { ask } = noted()
  const tx = transaction()
  const asked = await Promise.allSettled([ask(tx, 1), ask(tx, 13)])
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await ask(tx, 2)).toBe(20)
})
