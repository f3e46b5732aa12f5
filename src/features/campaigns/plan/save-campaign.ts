import { z } from 'zod'
import { type Context, command, query } from '../../../bot/command.ts'
import { asking } from '../../../bot/grammar/commands/lacking.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import { newId } from '../../../core/ids.ts'
import type { Text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { ClientFilter } from '../../clients/filter/rules.ts'
import { offeredNames } from '../../registers/store.ts'
import { askForSecond, NOBODY } from '../../requests/ask.ts'
import { askedCard } from '../../requests/cards.ts'
import { namesOf, secondPersons } from '../../requests/store.ts'
import {
  audienceLabels,
  audienceNamed,
  audienceToPick,
  type NamedAudience,
  reachOf,
} from '../audience/store.ts'
import { campaignCard } from '../cards.ts'
import * as policy from '../policy.ts'
import {
  type AudienceCounts,
  type Campaign,
  changeFault,
  needsApproval,
  type Plan,
  planFault,
  SKIPS,
  type Status,
} from '../rules.ts'
import {
  approvalAbove,
  type CampaignRef,
  campaignNamed,
  lockCampaign,
  resolveCampaign,
  savePlan,
  wasApproved,
} from '../store.ts'
import { campaignChange, isGoing, unapproved } from './change-running.ts'
import { conditionsNamed, segmentNames } from './choose-segment.ts'
import { type PlanForm, planFormCard } from './form-cards.ts'
import { unknownPlace } from './known-places.ts'
import { type PlanInput, planInput } from './plan-fields.ts'
import { NEW, PLAN_PHRASES } from './plan-phrases.ts'

interface Facts {
  readonly id: string
  /** The campaign that is changed; null for a new one. */
  readonly before: Campaign | null
  readonly audience: NamedAudience
  readonly audienceLabels: readonly string[]
  /** Another campaign of this name; null when the name is free. */
  readonly takenBy: Campaign | null
  /** The conditions of the segment that it names; none where it names none. */
  readonly filter: ClientFilter
  readonly reach: AudienceCounts
  /** A change of it needs the approval of marketing, as the plan did. */
  readonly approved: boolean
  /** Who would be asked for that, by name. */
  readonly confirmers: readonly string[]
}

interface Saved {
  readonly campaign: Campaign
  readonly isNew: boolean
  /** What waits until marketing confirms it; null: all is done at once. */
  readonly waiting: { readonly changes: Text; readonly confirmers: readonly string[] } | null
}

/**
 * Keeps a plan as a draft, or changes one; the answer is who gets it and who is skipped. What a running plan
 * is to say otherwise than marketing approved waits for marketing.
 */
export const saveCampaign = command<PlanInput, Facts, Saved>({
  name: 'save-campaign',
  may: policy.saveCampaign,
  help: {
    usage: {
      zh: '活动 新建 五一活动 5/1-5/5 给 一队 客群 沉睡户 对照 10% 产品 结算卡 话术 上门问候',
      en: 'new campaign Spring 1 May to 5 May for Team1 segment Sleepers control 10% product settlement card say …',
    },
    purpose: { zh: '一句话做活动，先存草稿', en: 'plan a campaign in one line, as a draft' },
  },
  phrases: PLAN_PHRASES,
  input: planInput,
  load,
  decide,
  async save(tx, { campaign, isNew, waiting }, { who, at, tell }) {
    if (!waiting) return savePlan(tx, campaign, isNew, at.now)
    const { id: campaignId, endsOn, products, talkingPoints, targets } = campaign
    const { changes } = waiting
    const payload = { campaignId, endsOn, products, talkingPoints, targets, changes }
    const by = { askedBy: who.id, askedByName: who.name, reason: null }
    await askForSecond(tx, campaignChange, { subject: campaignId, payload, ...by }, { at, tell })
  },
  reply: ({ campaign, waiting }, { reach, audienceLabels }, { who, at }) =>
    waiting
      ? askedCard(waiting.confirmers, who.language)
      : campaignCard(
          { campaign, reach, audienceLabels, moves: policy.movesOf(who, campaign) },
          at,
          who,
        ),
})

async function load(tx: Queries, input: PlanInput, { who, at }: Context): Promise<Facts | Refusal> {
  const before = input.campaignId ? await lockCampaign(tx, input.campaignId) : null
  if (input.campaignId && !before) return policy.notYours
  const named = await campaignNamed(tx, input.name)
  const audience = await audienceNamed(tx, input.audience, who.unitPath)
  const members = { audiencePaths: audience.paths, audienceStaff: audience.staff }
  const filter = await conditionsNamed(tx, who, input.segment, before)
  if (filter instanceof Refusal) return filter
  const unknown = await unknownPlace(tx, input, before)
  if (unknown) return unknown
  const reach = await reachOf(tx, { ...members, ...input, filter }, at)
  const approved =
    needsApproval(who, reach, await approvalAbove(tx)) ||
    (who.role !== 'marketing' && before !== null && (await wasApproved(tx, before)))
  return {
    id: before?.id ?? newId(),
    before,
    audience,
    audienceLabels: await audienceLabels(tx, members),
    takenBy: named && named.id !== before?.id ? named : null,
    ...{ filter, reach, approved },
    confirmers: await namesOf(tx, await secondPersons(tx, { askedBy: who.id, role: 'marketing' })),
  }
}

function decide(facts: Facts, input: PlanInput, { who, at }: Context): Saved | Refusal {
  const { before, audience, takenBy } = facts
  if (audience.unclear.length > 0) {
    const named = audience.unclear.join('、')
    return refuse(
      `没有这个机构、团队或人，或者重名：${named}。重名的请写工号。`,
      `Not a unit or person, or the name of several: ${named}. For people of one name give the staff code.`,
    )
  }
  const plan: Plan = {
    ...input,
    filter: facts.filter,
    audiencePaths: audience.paths,
    audienceStaff: audience.staff,
    targets: {
      reached: input.targetReached,
      interested: input.targetInterested,
      applied: input.targetApplied,
      granted: input.targetGranted,
    },
  }
  const fault =
    planFault(plan, {
      takenBy: takenBy && `${takenBy.startsOn} 至 ${takenBy.endsOn}`,
      places: audience.places,
      today: at.today,
      who,
    }) ??
    (before && changeFault(before, plan))
  if (fault) return fault
  if (facts.reach.people === 0) {
    return refuse(
      `${facts.audienceLabels.join('、')} 里没有在岗的客户经理，请换个范围。`,
      `There are no client managers in ${facts.audienceLabels.join(', ')}; choose another audience.`,
    )
  }
  const { clients, skipped } = facts.reach
  const isEmpty = clients === 0 && SKIPS.every((skip) => skipped[skip] === 0)
  // Of one that has started, everybody may have been reached.
  if (input.segment && isEmpty && !(before && isGoing(before))) {
    return refuse(
      `客群"${input.segment}"在 ${facts.audienceLabels.join('、')} 里现在一位客户也没有，请换一个客群或范围。`,
      `Nobody of segment "${input.segment}" is in ${facts.audienceLabels.join(', ')} now; choose another segment or audience.`,
    )
  }
  const publisher = before ?? {
    publisherId: who.id,
    publisherName: who.name,
    publisherPath: who.unitPath,
  }
  const { publisherId, publisherName, publisherPath } = publisher
  const campaign = { ...plan, id: facts.id, publisherId, publisherName, publisherPath }
  const kept: Status =
    !before || (!isGoing(before) && who.role !== 'marketing') ? 'draft' : before.status
  const changes = facts.approved && before ? unapproved(before, plan, at.catalogue) : null
  if (changes && facts.confirmers.length === 0) return NOBODY
  return {
    campaign: { ...campaign, status: kept },
    isNew: before === null,
    waiting: changes && { changes, confirmers: facts.confirmers },
  }
}

/** The path of the whole bank. */
const rootOf = (unitPath: string): string => `/${unitPath.split('/')[1] ?? ''}/`

/** `活动 新建`: the form. */
export const newCampaignForm = query<unknown, Omit<PlanForm, 'at'>>({
  name: 'new-campaign-form',
  may: policy.planCampaigns,
  help: {
    usage: { zh: '活动 新建', en: 'new campaign' },
    purpose: { zh: '做一个营销活动，先预览再发布', en: 'plan a campaign; preview, then publish' },
  },
  phrases: {
    words: NEW,
    read: wholeLine({}),
  },
  input: z.unknown(),
  load: async (tx, _input, { who, reach }) => ({
    campaign: null,
    audience: await audienceLabels(tx, {
      audiencePaths: [reach === 'bank' ? rootOf(who.unitPath) : who.unitPath],
      audienceStaff: [],
    }),
    segments: await segmentNames(tx, who, null),
    audiences: await audienceToPick(tx, reach === 'bank' ? '/' : who.unitPath, who.id),
    registers: await offeredNames(tx),
  }),
  reply: (form, _input, { who, at }) => planFormCard({ ...form, at }, who.language),
})

/** `活动 修改 五一活动`, and the button: the form with what it says now. */
export const changeCampaignForm = query<
  CampaignRef,
  Omit<PlanForm, 'at'> & { readonly campaign: Campaign }
>({
  name: 'change-campaign-form',
  may: policy.changeCampaign,
  help: {
    usage: { zh: '活动 修改 五一活动', en: 'change campaign May Day' },
    purpose: { zh: '修改营销活动', en: 'change a campaign' },
  },
  phrases: {
    words: ['活动 修改', '活动修改', '修改活动', 'change campaign'],
    lacks: asking({ zh: '哪个营销活动？', en: 'Which campaign?' }),
    read: (rest) => (rest ? { kind: 'understood', input: { named: rest } } : { kind: 'no' }),
  },
  input: z.object({ campaignId: z.uuid().optional(), named: z.string().max(40).optional() }),
  async load(tx, ref, { who, reach, at }) {
    const again = { command: 'change-campaign-form', input: ref, today: at.today }
    const campaign = await resolveCampaign(tx, who, ref, again)
    if (campaign instanceof Refusal || campaign instanceof Choice) return campaign
    return {
      campaign,
      audience: await audienceLabels(tx, campaign, true),
      segments: await segmentNames(tx, who, campaign),
      audiences: await audienceToPick(tx, reach === 'bank' ? '/' : who.unitPath, who.id),
      registers: await offeredNames(tx),
    }
  },
  reply: (form, _input, { who, at }) => planFormCard({ ...form, at }, who.language),
})
