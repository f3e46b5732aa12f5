import { secret as encrypted } from '../../../infra/database/encryption/secret.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { newFactorSecret, stepOfCode } from '../../../infra/one-time-code.ts'
import { endSessions, verifySession } from '../sessions/store.ts'
import { type Checked, LOCKED_MINUTES, MOST_WRONG } from './rules.ts'

/** Makes the secret of somebody who has no app yet, in place of one that was never used; null: they have one. */
export async function beginFactor(tx: Queries, staffId: string, now: Date): Promise<string | null> {
  const secret = newFactorSecret()
  const rows = await tx.$executeRaw`
    insert into second_factor (staff_id, secret, made_at)
    values (${staffId}::uuid, ${encrypted('totp', secret)}, ${now}::timestamptz)
    on conflict (staff_id) do update
      set secret = excluded.secret, made_at = excluded.made_at
      where second_factor.confirmed_at is null`
  return rows === 1 ? secret : null
}

interface Row {
  secret: string
  confirmedAt: Date | null
  lastStep: number | null
  wrong: number
  lockedUntil: Date | null
}

/**
 * Holds a code against somebody's app, within a transaction: a code is good once, and those of other browsers wait
 * for their turn. The right one opens the session; too many wrong ones end all that this person has. Null: there is
 * no app to hold it against.
 */
export async function checkFactor(
  tx: Queries,
  staffId: string,
  session: string,
  code: string,
  now: Date,
): Promise<Checked | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    select secret, confirmed_at as "confirmedAt", last_step as "lastStep", wrong,
      locked_until as "lockedUntil"
    from second_factor where staff_id = ${staffId}::uuid for update`
  if (!row) return null
  const { secret, confirmedAt, lastStep, lockedUntil } = row
  if (lockedUntil && lockedUntil > now) return { kind: 'locked', now: false }
  const step = stepOfCode(secret, code, now)
  const where = { staffId }
  if (step !== null && (lastStep === null || step > lastStep)) {
    const data = { confirmedAt: confirmedAt ?? now, lastStep: step, wrong: 0, lockedUntil: null }
    await tx.secondFactor.update({ where, data })
    await verifySession(tx, session, now)
    return { kind: 'right', first: confirmedAt === null }
  }
  const wrong = row.wrong + 1
  if (wrong < MOST_WRONG) {
    await tx.secondFactor.update({ where, data: { wrong } })
    return { kind: 'wrong', left: MOST_WRONG - wrong }
  }
  const until = new Date(now.getTime() + LOCKED_MINUTES * 60_000)
  await tx.secondFactor.update({ where, data: { wrong: 0, lockedUntil: until } })
  await endSessions(tx, [staffId], now)
  return { kind: 'locked', now: true }
}

/** Whether somebody has an app in use. */
export async function hasFactor(tx: Queries, staffId: string): Promise<boolean> {
  return (await tx.secondFactor.count({ where: { staffId, confirmedAt: { not: null } } })) > 0
}

/** Takes somebody's app away and logs them out; they begin with a new one. */
export async function dropFactor(tx: Queries, staffId: string, now: Date): Promise<void> {
  await tx.secondFactor.deleteMany({ where: { staffId } })
  await endSessions(tx, [staffId], now)
}
