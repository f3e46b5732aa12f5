import { defineConfig } from 'vitest/config'
import { SlowFirst } from './test/support/slow-first.ts'

export default defineConfig(({ mode }) => ({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/databases.ts'],
    setupFiles: ['test/support/seed.ts'],
    // A hang is told from a slow machine that does more, and what waits says first what it waited for: twice as long as
    // it waits. Those that are long have longer.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    // What comes by itself is waited for as long as by `until`.
    expect: { poll: { timeout: 60_000, interval: 20 } },
    // On two cores too: a third of the time a worker waits, for processes, pauses and polls.
    maxWorkers: 3,
    // What is loaded and opened once serves all files of a worker: half of the whole time.
    isolate: false,
    // Node itself reads the files, as the service does: nothing is transformed, and nothing slowed.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    tags: [
      {
        name: 'slow',
        description:
          'opens a browser, waits now and then, or plays every case through: not for the loop of work',
      },
      {
        name: 'long',
        description:
          'starts or kills processes, waits as long as the product, or tries cases by the hundred: for `npm run test:all`',
        timeout: 480_000,
      },
    ],
    sequence: { sequencer: SlowFirst },
    ...(mode === 'usual' && { tagsFilter: ['!long'] }),
    ...(mode === 'quick' && { tagsFilter: ['!slow', '!long'], env: { TEST_QUICK: 'yes' } }),
  },
}))
