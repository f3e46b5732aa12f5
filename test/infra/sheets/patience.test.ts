import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { streamInThread } from '../../../src/infra/sheets/reading/read.ts'

const table = (rows: number) =>
  Buffer.from(Array.from({ length: rows }, (_, n) => `客户${n},1380000${n},五金店`).join('\n'))

/** Rows of a table that are read in at most so much of a processor's time, each group taken after a while. */
async function read(rows: number, mayMs: number, takenAfterMs = 0): Promise<number> {
  let read = 0
  const taker = {
    sheet() {},
    async rows(group: readonly unknown[]) {
      await pause(takenAfterMs)
      read += group.length
    },
  }
  await streamInThread('客户.csv', table(rows), taker, mayMs)
  return read
}

test('a file that takes more of a processor than it may is given up', () =>
  expect(read(100_000, 1)).rejects.toThrow('too-heavy'))

test('what the thread waits, as others are slow to take what it read, does not count', async () => {
  const mayMs = 2500
  const began = performance.now()
  expect(await read(4000, mayMs, 500)).toBe(4000)
  expect(performance.now() - began).toBeGreaterThan(mayMs)
})
