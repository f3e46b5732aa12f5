import { expect, test } from 'vitest'
import { memoryFinding } from '../../src/cli/doctor.ts'

const MB = 2 ** 20
const NOTHING = /^$/

test.each([
  ['as it is shipped, with a large book', 128, 3000, 80, /128 MB.*3000 MB.*quarter/],
  ['as it is shipped, with a small book', 128, 200, 80, NOTHING],
  ['set to a quarter of the memory, in huge pages', 6000, 3000, null, NOTHING],
  [
    'set to a quarter of the memory, without huge pages',
    6000,
    3000,
    3100,
    /6000 MB.*nr_hugepages=3100/,
  ],
  ['of a few hundred megabytes, without huge pages', 512, 300, 280, NOTHING],
])('doctor on a PostgreSQL %s', (_, buffers, stored, pagesMissing, says) => {
  const finding = memoryFinding({ buffers: buffers * MB, stored: stored * MB, pagesMissing })
  expect(finding?.text ?? '').toMatch(says)
})
