import type { Day } from '../../../core/calendar/time.ts'
import { Choice, type Refusal, refuse } from '../../../core/decision.ts'
import type { Actor } from '../../../core/staff.ts'
import { batchPerTransaction } from '../../../infra/batch.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { idsOf } from '../../../infra/database/raw-statements.ts'
import { LATEST, rowsPerClient } from '../../clients/per-client.ts'
import { inAudience } from '../policy.ts'
import type { Campaign } from '../rules.ts'
import { campaignById, campaignsIn } from '../store.ts'

/** What runs on a day. */
const runningOn = batchPerTransaction(async (tx, days: readonly Day[]) => {
  const running = await campaignsIn(tx, ['running'])
  return days.map((day) => running.filter((each) => each.startsOn <= day && day <= each.endsOn))
})

/** The campaigns that run for somebody today. */
export async function runningFor(tx: Queries, who: Actor, today: Day): Promise<Campaign[]> {
  return (await runningOn(tx, today)).filter((each) => inAudience(each, who))
}

/**
 * The campaign that a line begins with, and the rest of the line. A line that names none means the
 * only one that runs for this person; of several they pick one.
 */
export async function campaignOf(
  tx: Queries,
  who: Actor,
  input: { readonly campaignId?: string | undefined; readonly words?: string | undefined },
  today: Day,
): Promise<{ campaign: Campaign; rest: string | null } | Refusal | Choice> {
  const { campaignId, words = null } = input
  if (campaignId) {
    const campaign = await campaignById(tx, campaignId)
    if (campaign) return { campaign, rest: words }
  }
  const known = await campaignsIn(tx, ['running', 'paused', 'approved', 'ended'])
  const named = known
    .filter(({ name }) => words?.toLowerCase().startsWith(name.toLowerCase()))
    .sort((a, b) => b.name.length - a.name.length)[0]
  if (named && words) return { campaign: named, rest: words.slice(named.name.length).trim() }
  const running = await runningFor(tx, who, today)
  const [only, ...others] = running
  if (!only) return refuse('现在没有发给您的营销活动。', 'No campaign for you is running now.')
  if (others.length === 0) return { campaign: only, rest: words }
  return new Choice(
    { zh: '打标到哪个活动？', en: 'Which campaign is it for?' },
    running.slice(0, 9).map(({ id, name }) => ({
      label: name,
      intent: { command: 'tag', input: { ...input, campaignId: id } },
    })),
  )
}

/** How a client responded in one campaign. */
interface ClientResponse {
  readonly clientId: string
  readonly campaign: string
  readonly latest: string
  readonly firstOn: Day
  readonly result: 'applied' | 'granted' | null
}

/** A client's responses by campaign, the latest first. */
export const responsesOf = rowsPerClient(
  (tx, clientIds) => tx.$queryRaw<ClientResponse[]>`
    select asked.id::text as "clientId", met.*
    from (select distinct unnest(${idsOf(clientIds)}) as id) as asked
    cross join lateral (
      select campaign.name as campaign, latest, first_on::text as "firstOn",
        case when granted then 'granted' when applied then 'applied' end as result
      from campaign_response join campaign on campaign.id = campaign_id
      where client_id = asked.id
      order by latest_on desc limit ${LATEST}
    ) as met`,
)
