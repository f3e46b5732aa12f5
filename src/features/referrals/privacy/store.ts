import type { Queries } from '../../../infra/database/index.ts'
import { redactChat } from './redact.ts'

/** Whether somebody has applied for anything: then their file has other reasons to be kept. */
export async function hasBusiness(tx: Queries, clientId: string): Promise<boolean> {
  const [found] = await tx.$queryRaw<unknown[]>`
    select 1 from outcome where client_id = ${clientId}::uuid and undone_at is null
      and stage in ('applied', 'approved', 'signed', 'granted')
    union all select 1 from facility where client_id = ${clientId}::uuid`
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
 * own links end. Resolves to false, with nothing deleted, while a complaint is open: it needs the file.
 * The file is locked before, so that none comes meanwhile; what is settled stays, nameless.
 */
export async function erase(tx: Queries, clientId: string, now: Date): Promise<boolean> {
  await tx.$queryRaw`select id from client where id = ${clientId}::uuid for update`
  const [open] = await tx.$queryRaw<unknown[]>`
    select 1 from complaint where client_id = ${clientId}::uuid and status = 'open' limit 1`
  if (open) return false
  await tx.$executeRaw`
    update referral_link set revoked_at = coalesce(revoked_at, ${now}::timestamptz)
    where client_id = ${clientId}::uuid`
  await tx.$executeRaw`
    update referral_entry set name = null, phone = null, business = null, need = null,
      device = null, network = null
    where client_id = ${clientId}::uuid`
  await redactChat(tx, clientId)
  await tx.$executeRaw`
    delete from upload where id in (
      select upload_id from client_document where client_id = ${clientId}::uuid
      union all select photo_id from visit where client_id = ${clientId}::uuid)`
  await tx.$executeRaw`delete from client where id = ${clientId}::uuid`
  return true
}
