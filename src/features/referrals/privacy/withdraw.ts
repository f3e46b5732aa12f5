import type { Services } from '../../../bot/services.ts'
import { speaker } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { keepErased } from '../../risk/erased-store.ts'
import { erasable, erase } from './store.ts'

interface Withdrawn {
  readonly clientId: string | null
  readonly ownerId: string | null
  readonly clientName: string | null
}

/**
 * A visitor takes their consent back. What they wrote is deleted, with the file that was made of it;
 * of somebody the bank knew before or has worked with since, only the entry. While a complaint is open
 * the file stays for it; the night after it is settled the file goes too. The manager is told.
 */
export async function withdraw(services: Services, entryId: string): Promise<void> {
  await services.database.transaction(async (tx) => {
    const { now } = services.moment()
    const before = await withdrawEntry(tx, entryId, now)
    if (!before?.clientId || !before.ownerId) return
    const { clientId, ownerId, clientName } = before
    const owed = await erasable(tx, clientId)
    if (owed) await keepErased(tx, services.bank.keyedHash, clientId, now)
    const erased = owed && (await erase(tx, clientId, now))
    if (!erased) await cancelTask(tx, clientId, now)
    await services.tell(tx, ownerId, (language) => {
      const say = speaker(language)
      const text = erased
        ? say(
            `转介来的 **${clientName}** 撤回了同意，资料已经删除，请不要再联系。`,
            `**${clientName}**, who came by a referral, withdrew consent. The file is deleted; please do not call.`,
          )
        : owed
          ? say(
              `转介来的 **${clientName}** 撤回了同意。有未结的投诉，档案保留到投诉办结，随后删除；相应任务已取消，除投诉外请不要再联系。`,
              `**${clientName}**, who came by a referral, withdrew consent. A complaint is open, so the file stays until it is settled and is deleted then; its task is cancelled. Please do not call but for the complaint.`,
            )
          : say(
              `**${clientName}** 撤回了转介页上的留言，相应任务已取消；档案保留，原有往来不受影响。`,
              `**${clientName}** withdrew what they left on the referral page, and its task is cancelled. The file stays, for what you do with them otherwise.`,
            )
      return { blocks: [{ kind: 'text', text }] }
    })
  })
  services.wake()
  services.wakeWork()
}

/** Null when it was withdrawn already. */
async function withdrawEntry(tx: Queries, id: string, now: Date): Promise<Withdrawn | null> {
  const [before] = await tx.$queryRaw<Withdrawn[]>`
    select client_id as "clientId", owner_id as "ownerId", client.name as "clientName"
    from referral_entry as entry left join client on client.id = client_id
    where entry.id = ${id}::uuid and status <> 'withdrawn' for update of entry`
  if (!before) return null
  await tx.$executeRaw`
    update referral_entry set status = 'withdrawn', withdrawn_at = ${now}::timestamptz, name = null,
      phone = null, business = null, need = null, device = null, network = null
    where id = ${id}::uuid or (client_id = ${before.clientId}::uuid and status = 'repeated')`
  return before
}

const cancelTask = (tx: Queries, clientId: string, now: Date): Promise<number> =>
  tx.$executeRaw`
    update task set status = 'cancelled', closed_at = ${now}::timestamptz, no_next = 'consent-withdrawn'
    where client_id = ${clientId}::uuid and kind = 'referral' and status = 'open'`
