import { type Day, sayDay } from '../../../core/calendar/time.ts'
import { type Block, type Card, textCard } from '../../../core/card.ts'
import { type Language, speaker } from '../../../core/text.ts'
import type { AudienceCounts, Campaign } from '../rules.ts'

/** To marketing: a plan that waits for them, with whom it concerns. */
export function askApprovalCard(
  {
    campaign,
    reach,
    audienceLabels,
  }: {
    readonly campaign: Campaign
    readonly reach: AudienceCounts
    readonly audienceLabels: readonly string[]
  },
  today: Day,
  language: Language,
): Card {
  const say = speaker(language)
  const input = { campaignId: campaign.id }
  const buttons: Block = {
    kind: 'buttons',
    buttons: [
      {
        label: say('批准', 'Approve'),
        style: 'primary',
        intent: { command: 'move-campaign', input: { ...input, move: 'approve' } },
      },
      {
        label: say('退回', 'Return'),
        opensForm: true,
        intent: { command: 'return-form', input },
      },
      { label: say('查看', 'Look'), intent: { command: 'campaign', input } },
    ],
  }
  const audience = audienceLabels.join(say('、', ', '))
  const from = sayDay(campaign.startsOn, today, language)
  return textCard(
    say(
      `${campaign.publisherName} 请您审批活动"**${campaign.name}**"：${from}开始，发给${audience}共 ${reach.people} 人，合适的客户 ${reach.clients} 位。`,
      `${campaign.publisherName} asks you to approve "**${campaign.name}**": from ${from}, to ${audience}, ${reach.people} people, ${reach.clients} clients.`,
    ),
    buttons,
  )
}

/** To the publisher: what marketing decided. */
export function decidedCard(
  campaign: Campaign,
  decision: { readonly move: 'approve' | 'return'; readonly reason: string; readonly by: string },
  language: Language,
): Card {
  const say = speaker(language)
  const intent = { command: 'campaign', input: { campaignId: campaign.id } }
  return textCard(
    decision.move === 'approve'
      ? say(
          `${decision.by} 批准了活动"${campaign.name}"。`,
          `${decision.by} approved "${campaign.name}".`,
        )
      : say(
          `${decision.by} 退回了活动"${campaign.name}"：${decision.reason}。改好后可以再发布。`,
          `${decision.by} returned "${campaign.name}": ${decision.reason}. Mend it and publish again.`,
        ),
    { kind: 'buttons', buttons: [{ label: say('查看', 'Look'), intent }] },
  )
}

/** To the audience: it pauses, or goes on. */
export function pausedCard({ name }: Campaign, move: 'pause' | 'resume', language: Language): Card {
  const say = speaker(language)
  return textCard(
    move === 'pause'
      ? say(
          `活动"${name}"暂停，恢复前请先不要为它联系客户。`,
          `"${name}" pauses; please call nobody for it until it goes on.`,
        )
      : say(`活动"${name}"继续。`, `"${name}" goes on.`),
  )
}

export function returnFormCard(campaign: Campaign, language: Language): Card {
  const say = speaker(language)
  return {
    blocks: [
      {
        kind: 'form',
        form: {
          title: say(`退回"${campaign.name}"`, `Return "${campaign.name}"`),
          submit: say('退回', 'Return'),
          intent: { command: 'move-campaign', input: { campaignId: campaign.id, move: 'return' } },
          fields: [
            {
              name: 'reason',
              label: say('原因', 'Why'),
              type: 'long-text',
              required: true,
            },
          ],
        },
      },
    ],
  }
}
