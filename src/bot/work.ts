import { setTimeout as pause } from 'node:timers/promises'
import { describe, passing } from '../infra/database/fault.ts'
import type { Services } from './services.ts'

/** Work that takes minutes and goes on beside answers, a step at a time. */
export interface Work {
  readonly name: string
  /** Each service has its own. */
  begin(services: Services): {
    /** Does one piece in a transaction of its own; false: there is nothing to do now. */
    step(): Promise<boolean>
    /** Lets another instance go on. */
    end(): Promise<void>
  }
}

/** Between two steps, so that those who wait for the database come between. */
const BREATH_MS = 5
/** A step that failed is tried again after so long, and at the next ring. */
const AFTER_FAULT_MS = 2000
const MOST_FAULTS = 3

/** Goes on with all work whenever it is told that there is some. What a process leaves, another takes up. */
export class Working {
  readonly #works: readonly (ReturnType<Work['begin']> & { readonly name: string })[]
  readonly #services: Services
  readonly #running = new Map<string, Promise<void>>()
  readonly #again = new Set<string>()
  #stopped = false

  constructor(services: Services, works: readonly Work[]) {
    this.#services = services
    this.#works = works.map((work) => ({ name: work.name, ...work.begin(services) }))
  }

  /** There may be something to do. */
  wake(): void {
    for (const { name, step } of this.#works) {
      if (this.#stopped) return
      if (this.#running.has(name)) this.#again.add(name)
      else this.#begin(name, step)
    }
  }

  /** Resolves once there is nothing to do. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values())
  }

  /** Ends after the steps that are under way. */
  async stop(): Promise<void> {
    this.#stopped = true
    await Promise.all(this.#running.values())
    await Promise.all(this.#works.map(({ end }) => end()))
  }

  #begin(name: string, step: () => Promise<boolean>): void {
    const ended = this.#goOn(name, step).finally(() => {
      this.#running.delete(name)
      if (this.#again.delete(name) && !this.#stopped) this.#begin(name, step)
    })
    this.#running.set(name, ended)
  }

  async #goOn(name: string, step: () => Promise<boolean>): Promise<void> {
    const { log, wake } = this.#services
    let faults = 0
    while (!this.#stopped && faults < MOST_FAULTS) {
      try {
        if (!(await step())) return
        faults = 0
        wake()
        await pause(BREATH_MS)
      } catch (error) {
        faults++
        log[passing(error) ? 'warn' : 'error']({ work: name, error: describe(error) }, 'work')
        if (!this.#stopped && faults < MOST_FAULTS)
          await pause(AFTER_FAULT_MS, null, { ref: false })
      }
    }
  }
}
