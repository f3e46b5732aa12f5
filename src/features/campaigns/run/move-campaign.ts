import { z } from 'zod'
import { type Context, command, query } from '../../../bot/command.ts'
import { type Day, sayDay } from '../../../core/calendar/time.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import type { Say } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { audienceLabels, reachOf } from '../audience/store.ts'
import { campaignCard } from '../cards.ts'
import { readMove } from '../phrases.ts'
import * as policy from '../policy.ts'
import {
  type AudienceCounts,
  afterMove,
  type Campaign,
  MOVE_NAMES,
  type Move,
  needsApproval,
  type Status,
} from '../rules.ts'
import {
  approvalAbove,
  type CampaignRef,
  campaignById,
  lockCampaign,
  resolveCampaign,
  setStatus,
} from '../store.ts'
import { broadcast, start } from './broadcast.ts'
import { askApprovalCard, decidedCard, pausedCard, returnFormCard } from './decision-cards.ts'
import { sendReports } from './report.ts'

const input = z.object({
  campaignId: z.uuid().optional(),
  named: z.string().max(40).optional(),
  move: z.enum(MOVE_NAMES),
  /** Of what would start on a day off: on it, or on the next workday. */
  when: z.enum(['now', 'next-workday']).optional(),
  /** Why a plan is returned. */
  reason: z.string().trim().max(300).default(''),
})
type Input = z.infer<typeof input>

interface Facts {
  readonly campaign: Campaign
  readonly move: Move
  /** Where the move leads. */
  readonly to: Status
  readonly reach: AudienceCounts
  readonly audienceLabels: readonly string[]
  /** Who is asked for approval. */
  readonly approvers: readonly string[]
  /** The day on which it starts. */
  readonly startsOn: Day
}

interface Decided extends Facts {
  readonly reason: string
}

/** Publishes, approves, returns, pauses, resumes, ends or withdraws a campaign. */
export const moveCampaign = command<Input, Facts, Decided>({
  name: 'move-campaign',
  may: policy.moveCampaign,
  help: {
    usage: { zh: '活动 暂停 五一活动', en: 'campaign pause May Day' },
    purpose: {
      zh: '发布、批准、退回、暂停、继续、结束、放弃一个活动',
      en: 'publish, approve, return, pause, resume, end or withdraw a campaign',
    },
  },
  phrases: { words: ['活动', 'campaign'], free: ['reason'], read: readMove },
  input,
  async load(tx, ref, { who, at, say }) {
    const again = { command: 'move-campaign', input: ref, today: at.today }
    const named = await resolveCampaign(tx, who, ref, again)
    if (named instanceof Refusal || named instanceof Choice) return named
    const campaign = (await lockCampaign(tx, named.id)) ?? named
    const reach = await reachOf(tx, campaign, at)
    const to = afterMove(campaign, ref.move, {
      needsApproval: needsApproval(who, reach, await approvalAbove(tx)),
      today: at.today,
    })
    if (to instanceof Refusal) return to
    const { today } = at
    const workdays = at.workdays.of(campaign.publisherPath)
    const next = workdays.next(today)
    const starts = to === 'approved' && campaign.startsOn <= today
    if (starts && !ref.when && !workdays.isWorkday(today) && next <= campaign.endsOn) {
      return onDayOff(campaign, ref.move, next, at, say)
    }
    const approvers = await tx.staff.findMany({ where: { role: 'marketing', active: true } })
    return {
      ...{ campaign, move: ref.move, to, reach },
      audienceLabels: await audienceLabels(tx, campaign),
      approvers: approvers.map(({ id }) => id),
      startsOn: starts && ref.when === 'next-workday' ? next : campaign.startsOn,
    }
  },
  decide,
  save,
  reply(decided, _facts, { who, at }) {
    const { to, audienceLabels, reach, startsOn } = decided
    const campaign = { ...decided.campaign, status: to, startsOn }
    return campaignCard(
      { campaign, reach, audienceLabels, moves: policy.movesOf(who, campaign) },
      at,
      who,
    )
  },
})

/** Everybody would get it on a day off: whoever publishes it says whether they shall. */
const onDayOff = (
  { id, name }: Campaign,
  move: Move,
  next: Day,
  { today }: Context['at'],
  say: Say,
): Choice => {
  const again = (when: Input['when']) => ({
    command: 'move-campaign',
    input: { campaignId: id, move, when },
  })
  return new Choice(
    {
      zh: `今天休息。"${name}"现在就发给大家，还是 ${sayDay(next, today, 'zh')} 上班再发？`,
      en: `Today is a day off. Does "${name}" go out now, or on ${sayDay(next, today, 'en')}?`,
    },
    [
      {
        label: say(`${sayDay(next, today, 'zh')} 再发`, sayDay(next, today, 'en')),
        intent: again('next-workday'),
      },
      { label: say('现在发', 'Now'), intent: again('now') },
    ],
  )
}

function decide(facts: Facts, { reason }: Input, { at }: Context): Decided | Refusal {
  const { campaign, move, to, startsOn } = facts
  if (move === 'return' && !reason) {
    return refuse(
      `请写退回的原因：活动 退回 ${campaign.name} 原因。`,
      `Please say why: campaign return ${campaign.name} reason.`,
    )
  }
  const starts = to === 'approved' && startsOn <= at.today
  return { ...facts, reason, to: starts ? 'running' : to }
}

async function save(tx: Queries, decided: Decided, context: Context): Promise<void> {
  const { campaign, move, to, reason, startsOn } = decided
  const { who, at, tell } = context
  const approvedBy =
    move === 'approve' || (move === 'publish' && to !== 'submitted') ? who.id : undefined
  await setStatus(tx, campaign.id, to, {
    ...(approvedBy && { approvedBy }),
    ...(move === 'end' && { endsOn: at.today }),
    startsOn,
  })
  const inThis = <T>(work: (tx: Queries) => Promise<T>) => work(tx)
  if (to === 'running' && move !== 'resume') await start(inThis, campaign, at)
  if (move === 'pause' || move === 'resume') {
    await broadcast(
      inThis,
      campaign,
      `${move}:${at.now.toISOString()}`,
      async () => (_member, language) => pausedCard(campaign, move, language),
      at,
    )
  }
  if (move === 'end') {
    const ended = await campaignById(tx, campaign.id)
    if (ended) await sendReports(inThis, ended, at)
  }
  if (to === 'submitted') {
    for (const approver of decided.approvers) {
      await tell(approver, (language) => askApprovalCard(decided, at.today, language))
    }
  }
  if ((move === 'approve' || move === 'return') && campaign.publisherId !== who.id) {
    await tell(campaign.publisherId, (language) =>
      decidedCard(campaign, { move, reason, by: who.name }, language),
    )
  }
}

/** The button "return": the form that asks why. */
export const returnForm = query<CampaignRef, Campaign>({
  name: 'return-form',
  may: policy.approveCampaigns,
  help: {
    usage: { zh: '活动 退回 五一活动 原因', en: 'campaign return May Day reason' },
    purpose: { zh: '退回一个待审批的活动', en: 'return a campaign with a reason' },
  },
  input: z.object({ campaignId: z.uuid().optional(), named: z.string().optional() }),
  load: (tx, ref, { who, at }) =>
    resolveCampaign(tx, who, ref, { command: 'return-form', input: ref, today: at.today }),
  reply: (campaign, _input, { who }) => returnFormCard(campaign, who.language),
})
