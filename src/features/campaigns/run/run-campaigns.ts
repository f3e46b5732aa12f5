import type { Job } from '../../../bot/feature.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Services } from '../../../bot/services.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { noticeCard } from '../cards.ts'
import { type Campaign, noticeOn } from '../rules.ts'
import { campaignsIn, setStatus } from '../store.ts'
import { broadcast, type InBatch, start } from './broadcast.ts'
import { sendReports } from './report.ts'

/** Each day after the morning lists: starts, reminds and closes the campaigns whose day it is. */
export const runCampaigns: Job = {
  name: 'run-campaigns',
  at: () => '08:41',
  catchUpHours: 10,
  run: (services, moment) => runDay(services, moment),
}

/** What falls due on a day; a second run of it says nothing twice. */
export async function runDay(services: Services, at: Moment): Promise<void> {
  const inBatch: InBatch = (work) => services.database.transaction(work)
  const live = await inBatch((tx) => campaignsIn(tx, ['approved', 'running', 'paused']))
  for (const campaign of live) {
    if (campaign.endsOn < at.today) {
      await sendReports(inBatch, campaign, at)
      await inBatch((tx) => setStatus(tx, campaign.id, 'ended'))
    } else if (campaign.status === 'approved' && campaign.startsOn <= at.today) {
      const queued = await start(inBatch, campaign, at)
      services.log.info({ campaign: campaign.id, queued }, 'campaign started')
    } else if (campaign.status === 'running') {
      await remind(inBatch, campaign, at)
    }
  }
  services.wake()
}

async function remind(inBatch: InBatch, campaign: Campaign, at: Moment): Promise<void> {
  const notice = noticeOn(campaign, at.today, at.workdays.of(campaign.publisherPath))
  if (!notice) return
  await broadcast(
    inBatch,
    campaign,
    notice,
    async (members, tx) => {
      const own = await ownCounts(
        tx,
        campaign.id,
        members.map(({ staffId }) => staffId),
      )
      return (member, language) => {
        const { reached, interested } = own.get(member.staffId) ?? { reached: 0, interested: 0 }
        const counts = { reached, interested, left: member.fitting }
        return noticeCard(campaign, counts, at.today, language)
      }
    },
    at,
  )
}

async function ownCounts(tx: Queries, campaignId: string, staffIds: readonly string[]) {
  const rows = await tx.$queryRaw<{ staffId: string; reached: number; interested: number }[]>`
    select key as "staffId", sum(reached)::int as reached, sum(interested)::int as interested
    from campaign_figure
    where campaign_id = ${campaignId}::uuid and dimension = 'manager' and key = any(${staffIds}::text[])
    group by key`
  return new Map(rows.map((row) => [row.staffId, row]))
}
