import type { Channel } from '../../core/chat.ts'
import type { Database } from '../../infra/database/index.ts'
import type { createAnswerer } from '../answer.ts'
import type { Moment } from '../moment.ts'
import { type Answered, closeTurns } from './close.ts'
import type { Waiting } from './line.ts'
import { openTurns } from './open.ts'

/**
 * What became of one of a group. `unknown`: the service is to be asked who it is. `behind`: an
 * earlier event of the conversation comes first. `takes-long`, `later`: not with this group.
 */
export type Fate = 'answered' | 'unknown' | 'behind' | 'takes-long' | 'later'

/** A group whose changes took so long is ended, and those left go into the next. */
const ENOUGH_MS = 200

/**
 * One transaction: events answered together with everything that their answers changed, or none.
 * Those that only look are answered side by side, those that change something one after the other.
 */
export function answerGroup(
  database: Database,
  answerer: ReturnType<typeof createAnswerer>,
  group: readonly Waiting[],
  channelOf: (name: string) => Channel | undefined,
  at: Moment,
): Promise<Map<Waiting, Fate>> {
  const mayKnow = (name: string) => {
    const channel = channelOf(name)
    return Boolean(channel?.emailOf ?? channel?.twin)
  }
  const byCode = (name: string) => channelOf(name)?.senderIs === 'staff-code'
  return database.transaction(async (tx) => {
    const fates = new Map<Waiting, Fate>()
    const answers: Answered[] = []
    const looks: (() => Promise<Answered>)[] = []
    const changes: { waiting: Waiting; run: () => Promise<Answered> }[] = []
    for (const turn of await openTurns(tx, group, byCode, at.now, at.today)) {
      const { waiting, who, state, event } = turn
      if (state !== 'open') fates.set(waiting, state)
      else if (!who && !waiting.introduced && mayKnow(event.channel)) fates.set(waiting, 'unknown')
      else {
        const meaning = await answerer.understand(tx, turn, at)
        if (meaning.kind === 'answered') answers.push(meaning.answered)
        else if (meaning.command.takesLong && !waiting.alone) fates.set(waiting, 'takes-long')
        else {
          const { command, run } = meaning
          if (command.changes) changes.push({ waiting, run })
          else looks.push(run)
        }
      }
    }
    answers.push(...(await allOf(looks)))
    const began = performance.now()
    for (const { waiting, run } of changes) {
      if (performance.now() - began > ENOUGH_MS) fates.set(waiting, 'later')
      else answers.push(await run())
    }
    await closeTurns(tx, answers, at.now)
    for (const { turn } of answers) fates.set(turn.waiting, 'answered')
    return fates
  })
}

/** All at once; waits for every one of them also when one fails, as they share a transaction. */
async function allOf<Result>(works: readonly (() => Promise<Result>)[]): Promise<Result[]> {
  const settled = await Promise.allSettled(works.map((work) => work()))
  return settled.map((each) => {
    if (each.status === 'rejected') throw each.reason
    return each.value
  })
}
