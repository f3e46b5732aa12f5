import { newId } from '../../../core/ids.ts'
import type { Queries } from '../../../infra/database/index.ts'

/** So many wrong codes are heard from one sender, and in the whole bank, within an hour. */
const MAX_GUESSES = { sender: 5, bank: 50 }
const WINDOW_MS = 60 * 60_000

/**
 * How many minutes no code is heard from a sender; 0: one is. The rows are in the database, so that
 * instances count together, and one claim at a time is looked at.
 */
export async function minutesBarred(tx: Queries, sender: string, now: Date): Promise<number> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended('enrolment', 0))::text`
  const guesses = await tx.$queryRaw<{ own: boolean; at: Date }[]>`
    select sender = ${sender} as own, at from enrolment_guess
    where at > ${new Date(now.getTime() - WINDOW_MS)}::timestamptz order by at desc`
  const own = guesses.filter((guess) => guess.own)
  const decisive = [own[MAX_GUESSES.sender - 1], guesses[MAX_GUESSES.bank - 1]]
  const until = Math.max(
    0,
    ...decisive.map((guess) => (guess ? guess.at.getTime() + WINDOW_MS : 0)),
  )
  return Math.max(0, Math.ceil((until - now.getTime()) / 60_000))
}

/** Counts a wrong code, and forgets those that count no more. */
export async function noteGuess(tx: Queries, sender: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    delete from enrolment_guess where at <= ${new Date(now.getTime() - WINDOW_MS)}::timestamptz`
  await tx.$executeRaw`
    insert into enrolment_guess (id, sender, at)
    values (${newId()}::uuid, ${sender}, ${now}::timestamptz)`
}
