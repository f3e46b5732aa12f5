/**
 * Ends the process, with code 0, at the first SIGINT or SIGTERM, once what was said last has stopped. Called
 * before anything is opened: the first process of a container ignores signals that nobody listens to.
 * Returns how to say what is to stop.
 */
export function endOnSignal(): (stop: () => Promise<unknown>) => void {
  let stop: () => Promise<unknown> = async () => {}
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().finally(() => process.exit(0)))
  }
  return (said) => {
    stop = said
  }
}
