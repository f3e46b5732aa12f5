import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { asking } from '../../bot/grammar/commands/lacking.ts'
import { Choice, Refusal } from '../../core/decision.ts'
import { audienceLabels, fittingLeft, type Member, reachOf } from './audience/store.ts'
import { campaignCard, campaignsCard, leftCard } from './cards.ts'
import { readMove } from './phrases.ts'
import * as policy from './policy.ts'
import type { Campaign } from './rules.ts'
import { type CampaignRef, resolveCampaign, visibleCampaigns } from './store.ts'

type Facts =
  | { readonly all: readonly Campaign[] }
  | {
      readonly campaign: Campaign
      readonly audienceLabels: readonly string[]
      readonly reach: Awaited<ReturnType<typeof reachOf>> | null
    }

const ref = z.object({
  campaignId: z.uuid().optional(),
  named: z.string().trim().max(40).optional(),
})

const ASKS_WHICH = /^(?:现在|最近|目前)?(?:都?有)(?:什么|哪些|啥)(?:营销)?活动[吗呢啊\s?？。]*$/

/** `活动` alone: those there are. `活动 五一活动`: what it is about, and what one can do with it. */
export const showCampaign = query<CampaignRef, Facts>({
  name: 'campaign',
  may: policy.showCampaign,
  help: {
    usage: { zh: '活动 · 活动 五一活动', en: 'campaigns · campaign May Day' },
    purpose: { zh: '正在进行的营销活动和话术', en: 'campaigns and what to say in them' },
  },
  phrases: {
    words: ['营销活动', '活动', 'campaigns', 'campaign'],
    shape: ASKS_WHICH,
    // 活动 暂停 五一活动 names no campaign.
    read: (rest) =>
      readMove(rest).kind === 'no'
        ? { kind: 'understood', input: rest && !ASKS_WHICH.test(rest) ? { named: rest } : {} }
        : { kind: 'no' },
  },
  input: ref,
  async load(tx, input, { who, at }) {
    if (!input.campaignId && !input.named) return { all: await visibleCampaigns(tx, who, at.today) }
    const again = { command: 'campaign', input, today: at.today }
    const campaign = await resolveCampaign(tx, who, input, again)
    if (campaign instanceof Refusal || campaign instanceof Choice) return campaign
    const plans = who.role in policy.planCampaigns.reach
    return {
      campaign,
      audienceLabels: await audienceLabels(tx, campaign),
      reach: plans ? await reachOf(tx, campaign, at) : null,
    }
  },
  reply(facts, _input, { who, at }) {
    if ('all' in facts) {
      const mayPlan = who.role in policy.planCampaigns.reach
      return campaignsCard(facts.all, mayPlan, at, who.language)
    }
    return campaignCard({ ...facts, moves: policy.movesOf(who, facts.campaign) }, at, who)
  },
})

/** My fitting clients that nobody has tagged yet. */
export const campaignClients = query<
  CampaignRef,
  {
    campaign: Campaign
    member: Pick<Member, 'fitting' | 'first'>
  }
>({
  name: 'campaign-clients',
  may: policy.listOwnClients,
  help: {
    usage: { zh: '活动 客户 五一活动', en: 'campaign clients May Day' },
    purpose: { zh: '活动里还没有联系的客户', en: 'who of mine is left in a campaign' },
  },
  phrases: {
    words: ['活动 客户', '活动客户', 'campaign clients'],
    lacks: asking({ zh: '哪个营销活动？', en: 'Which campaign?' }),
    read: (rest) => (rest ? { kind: 'understood', input: { named: rest } } : { kind: 'no' }),
  },
  input: ref,
  async load(tx, input, { who, at }) {
    const again = { command: 'campaign-clients', input, today: at.today }
    const campaign = await resolveCampaign(tx, who, input, again)
    if (campaign instanceof Refusal || campaign instanceof Choice) return campaign
    return { campaign, member: await fittingLeft(tx, campaign, who.id, at) }
  },
  reply: ({ campaign, member }, _input, { who }) => leftCard(campaign, member, who.language),
})
