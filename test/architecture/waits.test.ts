import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** One patience for all: of itself it is a second long, which a machine that does more at once may take. */
const HOME = 'test/support/until.ts'
const OWN_PATIENCE = /\bvi\.waitFor\(|\bvi\.waitUntil\(|\.poll\([^)]*, \{/

test('what comes by itself is waited for by `until` or a poll, with no patience of its own', () => {
  const files = globSync('test/**/*.ts').filter((file) => file !== HOME)
  expect(files.length).toBeGreaterThan(300)
  expect(files.filter((file) => OWN_PATIENCE.test(readFileSync(file, 'utf8')))).toEqual([])
})
