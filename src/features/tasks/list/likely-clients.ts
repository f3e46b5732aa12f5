import type { Moment } from '../../../bot/moment.ts'
import { askerOf } from '../../../bot/policy.ts'
import type { LikelyClient } from '../../../bot/services.ts'
import type { Actor } from '../../../core/staff.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { findVisible } from '../../clients/store.ts'
import { seeClients } from '../../staff/policy.ts'
import { lastLookedAt, listOf, whoseTasks } from './store.ts'

/** Whom somebody most likely means: of today's list, in its order, then those whom they looked at last. */
export async function likelyClients(
  tx: Queries,
  who: Actor,
  { today }: Moment,
  most: number,
): Promise<readonly LikelyClient[]> {
  const list = await listOf(tx, { staffId: who.id, today, until: today })
  const listed = list ? await whoseTasks(tx, list.ids) : []
  const more = listed.length < most ? await lastLookedAt(tx, who.id, most) : []
  const ids = [...new Set([...listed, ...more])].slice(0, most)
  const asker = askerOf(seeClients, who)
  // What they looked at may be somebody else's by now.
  const found = await Promise.all(ids.map((id) => findVisible(tx, asker, id)))
  const clients = found.flatMap((client) => client ?? [])
  return clients.map(({ name, businessName }) => {
    const alone = clients.filter((each) => each.name === name).length === 1
    return {
      label: [name, businessName].filter(Boolean).join(' · '),
      value: alone ? name : `${businessName ?? ''}${name}`,
    }
  })
}
