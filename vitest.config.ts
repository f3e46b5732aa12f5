import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/databases.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // By default one core of two would stand idle: the runner itself needs little.
    maxWorkers: 2,
    // What is loaded and opened once serves all files of a worker: half of the whole time.
    isolate: false,
  },
})
