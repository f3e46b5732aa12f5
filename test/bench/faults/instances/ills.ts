import { setTimeout as pause } from 'node:timers/promises'
import type { Played } from './played.ts'

/** What befalls the instance that is in the midst of something. */
export interface Ill {
  /** As the end of a sentence: `… while the one at it is killed`. */
  readonly name: string
  /** At first, while the instance waits for a lock; resolves once that may be let go. */
  inflict(played: Played, instance: number): Promise<void>
  /** Some time after that. */
  heal?(played: Played, instance: number): Promise<void>
}

/** Longer than whoever is at a job may be silent, so that another one takes it up beside. */
const SILENT_MS = 100_000

export const ILLS: readonly Ill[] = [
  {
    name: 'the instance at it is killed',
    async inflict({ instances }, at) {
      instances[at]?.process.kill('SIGKILL')
    },
  },
  {
    name: 'the instance at it stands still for 100 s and wakes up',
    async inflict({ instances }, at) {
      instances[at]?.process.kill('SIGSTOP')
    },
    async heal({ instances }, at) {
      await pause(SILENT_MS)
      instances[at]?.process.kill('SIGCONT')
    },
  },
  {
    name: 'the network between the instance at it and the database is lost for 100 s',
    async inflict({ instances }, at) {
      instances[at]?.way.part()
    },
    async heal({ instances }, at) {
      await pause(SILENT_MS)
      instances[at]?.way.mend()
    },
  },
  {
    name: 'the database crashes and its standby takes over',
    inflict: (played) => played.failOver(),
  },
]
