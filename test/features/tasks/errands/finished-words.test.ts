import { expect, test } from 'vitest'
import { isFinished } from '../../../../src/features/tasks/errands/finished-words.ts'

test.each([
  ['办好了', '送合同', true],
  ['都弄完了', '送合同', true],
  ['搞定', '送合同', true],
  ['已办', '', true],
  ['合同 办好了', '送合同', true],
  ['合同送到了', '送合同', true],
  ['送合同，办完了。', '送合同', true],
  ['已送', '送合同', true],
  ['取了', '取流水', true],
  ['done', 'bring the contract', true],
  ['contract done', 'bring the contract', true],
  ['all done', '送合同', true],
  // Of something else, or not yet.
  ['贷款办好了', '送合同', false],
  ['资料送到了', '送合同', false],
  ['没办好', '送合同', false],
  ['还没送', '送合同', false],
  ['合同还要送', '送合同', false],
  ['not done', 'bring the contract', false],
  ['report done', 'bring the contract', false],
  // What it is, and nothing of it.
  ['送合同', '送合同', false],
  ['合同', '送合同', false],
  ['了', '送合同', false],
  ['好', '送合同', false],
  ['', '送合同', false],
])('"%s" of "%s": %s', (said, errand, finished) => {
  expect(isFinished(said, errand)).toBe(finished)
})
