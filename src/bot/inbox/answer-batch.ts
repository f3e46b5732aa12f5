import type { Channel } from '../../core/chat.ts'
import type { Database, Queries } from '../../infra/database/index.ts'
import type { createAnswerer } from '../conversation/interpret.ts'
import type { Moment } from '../moment.ts'
import { openTurns } from './begin-batch.ts'
import { Contended } from './claims.ts'
import { type Answered, closeTurns } from './commit-batch.ts'
import type { Waiting } from './event-queue.ts'

/**
 * What became of one of a group. `unknown`: the service is to be asked who it is. `behind`: an
 * earlier event of the conversation comes first. `takes-long`, `later`: not with this group.
 * `bringsFileOf`: the file that this member of staff sent is to be fetched first. `readsTable`: this
 * upload of theirs is to be read first.
 */
export type Fate =
  | 'answered'
  | 'unknown'
  | 'behind'
  | 'takes-long'
  | 'later'
  | { readonly bringsFileOf: string }
  | { readonly readsTable: string; readonly of: string }

/** A group whose changes took so long is ended, and those left go into the next. */
const ENOUGH_MS = 200

/**
 * One transaction: events answered together with everything that their answers changed, or none.
 * Those that only look, or say what they change, are answered side by side, as long as no two change
 * the same; the others one after the other.
 */
export async function answerGroup(
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
  const ways = {
    byCode: (name: string) => channelOf(name)?.senderIs === 'staff-code',
    whispers: (name: string) => channelOf(name)?.whispers ?? false,
  }
  const kept: ((tx: Queries) => Promise<void>)[] = []
  const answered = await database.transaction(async (tx) => {
    const fates = new Map<Waiting, Fate>()
    const answers: Answered[] = []
    const abreast: Change[] = []
    const alone: Change[] = []
    for (const turn of await openTurns(tx, group, ways, at.now, at.today)) {
      const { waiting, who, state, event } = turn
      if (state !== 'open') fates.set(waiting, state)
      else if (!who && !waiting.introduced && mayKnow(event.channel)) fates.set(waiting, 'unknown')
      else if (who && event.says.kind === 'file' && !waiting.taken && answerer.mayBring(who)) {
        fates.set(waiting, { bringsFileOf: who.id })
      } else {
        const meaning = await answerer.understand(tx, turn, at)
        if (meaning.kind === 'answered') answers.push(meaning.answered)
        else if (meaning.table && who && meaning.table !== waiting.table) {
          fates.set(waiting, { readsTable: meaning.table, of: who.id })
        } else if (meaning.command.concurrency === 'long' && !waiting.alone)
          fates.set(waiting, 'takes-long')
        else {
          const waits = meaning.command.concurrency === 'beside' ? abreast : alone
          waits.push({ waiting, run: () => meaning.run().catch(nullIfContended) })
        }
      }
    }
    const took = (waiting: Waiting, answered: Answered | null) => {
      if (answered) answers.push(answered)
      else fates.set(waiting, 'later')
    }
    const taken = await allOf(abreast.map(({ run }) => run()))
    abreast.forEach(({ waiting }, index) => {
      took(waiting, taken[index] ?? null)
    })
    const began = performance.now()
    for (const { waiting, run } of alone) {
      took(waiting, performance.now() - began > ENOUGH_MS ? null : await run())
    }
    await closeTurns(tx, answers, at.now)
    for (const { turn } of answers) fates.set(turn.waiting, 'answered')
    kept.push(...answers.flatMap((each) => each.kept))
    return fates
  })
  // What was answered stays so: nobody's fault of afterwards has it answered again.
  for (const run of kept) await run(database.prisma).catch(() => {})
  return answered
}

interface Change {
  readonly waiting: Waiting
  /** Null when it must wait for the next batch. */
  run(): Promise<Answered | null>
}

function nullIfContended(fault: unknown): null {
  if (fault instanceof Contended) return null
  throw fault
}

/**
 * Waits for every one of them also when one fails, as they share a transaction; and throws what failed
 * first, as the others only heard that the transaction is over.
 */
async function allOf<Result>(works: readonly Promise<Result>[]): Promise<Result[]> {
  const faults: unknown[] = []
  for (const work of works) work.catch((fault) => faults.push(fault))
  const settled = await Promise.allSettled(works)
  return settled.map((each) => {
    if (each.status === 'rejected') throw faults[0]
    return each.value
  })
}
