import { everyone, isBelow, may } from '../../bot/policy.ts'
import { refuse } from '../../core/decision.ts'
import type { Actor } from '../../core/staff.ts'
import { type Owned, seeClients } from '../staff/policy.ts'
import { APPROVALS, type Campaign, MOVE_NAMES, MOVES, type Move, type Plan } from './rules.ts'

/** Whether somebody at this place in the bank belongs to the audience. */
export const inAudience = (
  campaign: Pick<Plan, 'audiencePaths' | 'audienceStaff'>,
  who: { readonly id: string; readonly unitPath: string },
): boolean =>
  campaign.audienceStaff.includes(who.id) ||
  campaign.audiencePaths.some((path) => who.unitPath.startsWith(path))

export const notInAudience = ({ name }: Pick<Plan, 'name'>) =>
  refuse(
    `活动"${name}"没有发给您。发"活动"看您参加的活动。`,
    `You are not in the audience of "${name}". Say "campaigns" for yours.`,
  )

export const noCampaign = (named: string) =>
  refuse(
    `没有找到活动${named && `"${named}"`}。发"活动"看有哪些。`,
    `There is no campaign ${named && `"${named}" `}that you may see. Say "campaigns" for those there are.`,
  )

/**
 * A campaign is seen by who published it; unless it is a draft or was withdrawn, by marketing, risk
 * and, once it is approved, its audience; and by leads and heads of units that publish it or get it.
 * Everybody else hears that there is none.
 */
export const seeCampaign = may<Campaign>(everyone('bank'), (who, campaign) => {
  const { publisherId, publisherPath, status, audiencePaths } = campaign
  if (who.id === publisherId) return null
  if (status === 'draft' || status === 'withdrawn') return noCampaign('')
  if (who.role === 'marketing' || who.role === 'risk') return null
  if (inAudience(campaign, who)) return status === 'submitted' ? noCampaign('') : null
  const leads = who.role === 'lead' || who.role === 'head'
  return leads && [publisherPath, ...audiencePaths].some((path) => isBelow(who, path))
    ? null
    : noCampaign('')
})

/** Whoever sees clients is shown campaigns, and figures of the clients they see. */
export const showCampaign = may(seeClients.reach)

/** Leads, heads, marketing and risk get the figures as a workbook. */
export const exportFigures = may({
  lead: 'unit below',
  head: 'unit below',
  marketing: 'bank',
  risk: 'bank',
})

export const notYours = refuse(
  '只有发布人和营销管理部门可以修改这个活动。',
  'Only its publisher and marketing may change this campaign.',
)

/** Leads and heads plan campaigns for their units, marketing for the bank. */
export const planCampaigns = may({ lead: 'unit below', head: 'unit below', marketing: 'bank' })

/** Whoever answers for people, and marketing, remind those of the audience who did nothing. */
export const remindAudience = may(planCampaigns.reach)

/** A campaign is changed by its publisher and, once it is no draft, by marketing. */
export const changeCampaign = may<{ readonly campaign: Campaign }>(
  planCampaigns.reach,
  (who, { campaign }) => (mayChange(who, campaign) ? null : notYours),
)

/** The same of a plan that is saved over another; a new one is whoever's who may plan. */
export const saveCampaign = may<{ readonly before: Campaign | null }>(
  planCampaigns.reach,
  (who, { before }) => before && changeCampaign.judge(who, { campaign: before }),
)

/** Marketing approves and returns plans; every other move is the publisher's and marketing's. */
export const moveCampaign = may<{ readonly campaign: Campaign; readonly move: Move }>(
  planCampaigns.reach,
  (who, { campaign, move }) =>
    isTheirs(who, campaign, move)
      ? null
      : refuse(
          '这一步只有发布人或营销管理部门可以做。',
          'Only its publisher or marketing may do that.',
        ),
)

/** Marketing says which plans need approval, and returns them. */
export const approveCampaigns = may({ marketing: 'bank' })

/** The audience of a campaign works with it. */
export const workCampaign = may<Campaign>(
  { manager: 'serves', lead: 'unit below' },
  (who, campaign) => (inAudience(campaign, who) ? null : notInAudience(campaign)),
)

/** Its clients that nobody approached yet are shown to whoever's they are. */
export const listOwnClients = may<{ readonly campaign: Campaign }>(
  { manager: 'own book', lead: 'own book' },
  (who, { campaign }) => workCampaign.judge(who, campaign),
)

/** Clients are tagged by managers who serve them, and by the lead whose they are. */
export const tagClient = may<{ readonly client: Owned | { readonly name: string } }>(
  workCampaign.reach,
  (who, { client }) =>
    who.role === 'manager' || !('ownerId' in client) || client.ownerId === who.id
      ? null
      : refuse(
          `${client.name} 是${client.ownerName}的客户，请由${client.ownerName}打标。`,
          `${client.name} is a client of ${client.ownerName}, who can tag them.`,
        ),
)
export const openTagForm = may(workCampaign.reach)

export const mayChange = (who: Actor, campaign: Campaign): boolean =>
  who.id === campaign.publisherId || (who.role === 'marketing' && campaign.status !== 'draft')

const isTheirs = (who: Actor, campaign: Campaign, move: Move): boolean =>
  APPROVALS.includes(move) ? who.role === 'marketing' : mayChange(who, campaign)

/** The moves that this person may make with this campaign now, in the order of the buttons. */
export const movesOf = (who: Actor, campaign: Campaign): Move[] =>
  MOVE_NAMES.filter(
    (move) => MOVES[move].from.includes(campaign.status) && isTheirs(who, campaign, move),
  )
