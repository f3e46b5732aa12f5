import { expect, test } from 'vitest'
import { fuzz } from './fuzz.ts'

test('no input ends a parser or holds the event loop: a small share of npm run fuzz', async () => {
  const results = await fuzz(4000, 20)
  expect(results.filter(({ faults }) => faults.length > 0)).toEqual([])
  expect(results.map(({ name }) => name)).toContain('workbooks')
})
