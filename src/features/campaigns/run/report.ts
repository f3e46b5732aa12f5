import type { Moment } from '../../../bot/moment.ts'
import { addressesOf, enqueue } from '../../../bot/outbox/enqueue.ts'
import { askerOf, scopeOf } from '../../../bot/policy.ts'
import type { Actor } from '../../../core/staff.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { seeClients } from '../../staff/policy.ts'
import { drawnCard } from '../figures/show-figures.ts'
import { linkCounts, needsFound, totalsOf } from '../figures/store.ts'
import type { Campaign } from '../rules.ts'
import { trialOf } from '../trial/store.ts'
import type { InBatch } from './broadcast.ts'

/** The publisher, and the leads and heads whose people were in the audience. */
async function readersOf(tx: Queries, campaign: Campaign): Promise<Actor[]> {
  return tx.$queryRaw<Actor[]>`
    select staff.id, staff.code, staff.name, staff.role, staff.unit_id as "unitId",
      unit.path as "unitPath", staff.language, '{}'::uuid[] as "standsInFor"
    from staff join unit on unit.id = staff.unit_id
    where staff.active and (staff.id = ${campaign.publisherId}::uuid
      or (staff.role in ('lead', 'head') and exists (
        select from unnest(${campaign.audiencePaths}::text[]) as path
        where starts_with(unit.path, path) or starts_with(path, unit.path))))
    order by staff.code`
}

/** The closing report, once to each of those, with the figures that they may see. */
export async function sendReports(inBatch: InBatch, campaign: Campaign, at: Moment): Promise<void> {
  const readers = await inBatch((tx) => readersOf(tx, campaign))
  for (const reader of readers) {
    await inBatch(async (tx) => {
      const [address] = await addressesOf(tx, [reader.id])
      if (!address) return
      const scope = scopeOf(askerOf(seeClients, reader))
      const figures = {
        campaign,
        totals: await totalsOf(tx, campaign.id, scope),
        needs: await needsFound(tx, campaign.id, scope),
        links: await linkCounts(tx, campaign.id, scope),
        trial: await trialOf(tx, campaign, scope, at.today),
        by: null,
        lines: [],
        own: scope.kind === 'own',
        idle: [],
        mayRemind: false,
      }
      const drawn = await drawnCard(figures, at.catalogue, reader.language)
      const title =
        reader.language === 'zh' ? `活动结束：${campaign.name}` : `Ended: ${campaign.name}`
      const letter = {
        ...{ channel: address.channel, conversation: address.conversation },
        ...{ card: { ...drawn, title }, replaces: null, notBefore: at.now },
        onceKey: `campaign:${campaign.id}:report:${campaign.endsOn}:${reader.id}`,
      }
      await enqueue(tx, [letter], at.now)
    })
  }
}
