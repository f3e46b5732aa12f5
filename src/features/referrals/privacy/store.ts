import type { Queries } from '../../../infra/database/index.ts'
import { redactChat } from './redact.ts'

/** Whether somebody has applied for anything: then their file has other reasons to be kept. */
export async function hasBusiness(tx: Queries, clientId: string): Promise<boolean> {
  const [found] = await tx.$queryRaw<unknown[]>`
    select 1 from outcome where client_id = ${clientId}::uuid and undone_at is null
      and kind in ('applied', 'granted')`
  return found !== undefined
}

/**
 * Whether a client's whole file came of a referral's consent and of nothing else. Only that is
 * deleted when the consent is taken back.
 */
export async function erasable(tx: Queries, clientId: string): Promise<boolean> {
  const [found] = await tx.$queryRaw<unknown[]>`
    select 1 from client where id = ${clientId}::uuid and kind = 'prospect'
      and source = 'referral'`
  return found !== undefined && !(await hasBusiness(tx, clientId))
}

/**
 * Deletes a person's file for good, with everything that hangs on it, what their entries hold of them
 * and what chat said of them; the entries themselves stay, nameless, so that figures stay true. Their
 * own links end.
 */
export async function erase(tx: Queries, clientId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    update referral_link set revoked_at = coalesce(revoked_at, ${now}::timestamptz)
    where client_id = ${clientId}::uuid`
  await tx.$executeRaw`
    update referral_entry set name = null, phone = null, business = null, need = null,
      device = null, network = null
    where client_id = ${clientId}::uuid`
  await redactChat(tx, clientId)
  await tx.$executeRaw`delete from client where id = ${clientId}::uuid`
}
