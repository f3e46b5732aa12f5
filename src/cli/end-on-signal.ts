export interface Ending {
  /** Says what is to stop before the process ends; until then nothing is. */
  by(stop: () => Promise<unknown>): void
  /** Whether a signal came: what fails from then on fails because of it. */
  readonly called: boolean
}

/**
 * Ends the process, with code 0, at the first SIGINT or SIGTERM, once what was said last has stopped. Called
 * before anything is opened: the first process of a container ignores signals that nobody listens to.
 */
export function endOnSignal(): Ending {
  let stop: () => Promise<unknown> = async () => {}
  let called = false
  const end = () => {
    called = true
    void stop().finally(() => process.exit(0))
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end)
  return {
    by(said) {
      stop = said
    },
    get called() {
      return called
    },
  }
}
