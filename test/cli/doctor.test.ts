import { expect, test } from 'vitest'
import { buffersFinding } from '../../src/cli/doctor.ts'

const MB = 2 ** 20

test.each([
  ['as it is shipped, with a large book', 128 * MB, 3000 * MB, true],
  ['as it is shipped, with a small book', 128 * MB, 200 * MB, false],
  ['set to a quarter of the memory, with a large book', 6000 * MB, 3000 * MB, false],
])('doctor on a PostgreSQL %s', (_, held, stored, advises) => {
  const finding = buffersFinding(held, stored)
  expect(finding?.text ?? '').toMatch(advises ? /128 MB.*3000 MB.*quarter/ : /^$/)
})
