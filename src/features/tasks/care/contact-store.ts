import { formerOf, keepFormer } from '../../../bot/undoing.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { cancelBarred } from './store.ts'

/** Why nobody contacts a client, and by which act. */
interface Silence {
  readonly why: string
  readonly by: string | null
}

/** A client may be contacted again. */
export async function liftSilence(tx: Queries, clientId: string, actId: string): Promise<void> {
  const [was] = await tx.$queryRaw<Silence[]>`
    select do_not_contact as why, silenced_by as by from client where id = ${clientId}::uuid`
  await keepFormer(tx, actId, 'do-not-contact', clientId, was)
  await tx.$executeRaw`
    update client set do_not_contact = null, silenced_by = null where id = ${clientId}::uuid`
}

/** Sets when a client is not to be called; null: whenever the playbook allows. */
export async function setQuietHours(
  tx: Queries,
  clientId: string,
  hours: string | null,
  actId: string,
): Promise<void> {
  const [was] = await tx.$queryRaw<{ hours: string | null }[]>`
    select quiet_hours as hours from client where id = ${clientId}::uuid`
  await keepFormer(tx, actId, 'quiet-hours', clientId, was)
  await tx.$executeRaw`update client set quiet_hours = ${hours} where id = ${clientId}::uuid`
}

/** Takes back what an act said of contact: its silence, the lifting of one, and hours. */
export async function contactBack(tx: Queries, actId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    update client set do_not_contact = null, silenced_by = null where silenced_by = ${actId}::uuid`
  const silenced = await formerOf<Silence>(tx, actId, 'do-not-contact')
  for (const { clientId, before } of silenced) {
    await tx.$executeRaw`
      update client set do_not_contact = ${before.why}, silenced_by = ${before.by}::uuid
      where id = ${clientId}::uuid`
  }
  // What others planned for them meanwhile.
  const barred = silenced.map(({ clientId }) => clientId)
  if (barred.length > 0) await cancelBarred(tx, now, { clients: barred })
  for (const { clientId, before } of await formerOf<{ hours: string | null }>(
    tx,
    actId,
    'quiet-hours',
  )) {
    await tx.$executeRaw`
      update client set quiet_hours = ${before.hours} where id = ${clientId}::uuid`
  }
}
