import { expect, test, vi } from 'vitest'
import { endOnSignal } from '../../src/cli/end-on-signal.ts'
import { until } from '../support/until.ts'

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the process at once where nothing is to stop yet, and later when it has stopped',
  async (signal) => {
    const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never)
    const listen = vi.spyOn(process, 'once').mockReturnThis()
    const ending = endOnSignal()
    const comes = listen.mock.calls.find(([heard]) => heard === signal)?.[1]
    listen.mockRestore()

    expect(ending.called).toBe(false)
    comes?.()
    expect(ending.called).toBe(true)
    await until(() => expect(exit).toHaveBeenCalledExactlyOnceWith(0))

    const stopped = Promise.withResolvers<void>()
    ending.by(() => stopped.promise)
    comes?.()
    await new Promise(setImmediate)
    expect(exit).toHaveBeenCalledOnce()
    stopped.resolve()
    await until(() => expect(exit).toHaveBeenCalledTimes(2))
    exit.mockRestore()
  },
)
