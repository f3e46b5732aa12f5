import { sayPhone } from '../../bot/grammar/phone.ts'
import type { Moment } from '../../bot/moment.ts'
import { serves } from '../../bot/policy.ts'
import { dayIn, daysBetween, sayDay } from '../../core/calendar/time.ts'
import type { Block, Button, Card, Field } from '../../core/card.ts'
import { sayYuan } from '../../core/money.ts'
import type { Actor } from '../../core/staff.ts'
import { type Say, speaker } from '../../core/text.ts'
import type { ClientResponse } from '../campaigns/tag/store.ts'
import { productLabel } from '../catalogue/rules.ts'
import { type Client, noMarketing } from '../clients/rules.ts'
import type { ClientHistory } from '../clients/store.ts'
import { outcomeLabel, taskLabel } from '../tasks/labels.ts'
import { tierWithPending } from '../tier-rules/labels.ts'

const sourceLabel = (client: Client, say: Say): string =>
  ({
    'walk-in': say('散客', 'walk-in'),
    list: say('名单', 'list'),
    cluster: say('集群', 'cluster'),
    industry: say('行业', 'industry'),
    referral: say('转介', 'referral'),
  })[client.source]

export function clientCard(
  { client, tasks, needs, outcomes, visits, before, sharedWith, responses, campaigns }: ClientView,
  at: Moment,
  who: Actor,
  shared: boolean,
): Card {
  const { language } = who
  const say = speaker(language)
  const tier = tierWithPending(client, language) ?? say('待判定', 'undecided')
  const fields: Field[] = [
    {
      label: say('分层', 'Tier'),
      value: client.provisional ? say(`${tier}（暂定）`, `${tier} (provisional)`) : tier,
    },
    { label: say('电话', 'Phone'), value: client.phone ? sayPhone(client.phone, shared) : '—' },
    { label: say('行业', 'Industry'), value: client.industry ?? '—' },
    { label: say('来源', 'Source'), value: sourceLabel(client, say) },
    {
      label: say('主办', 'Manager'),
      value: before
        ? say(
            `${client.ownerName}（${before.until.slice(5).replace('-', '/')} 前 ${before.name}）`,
            `${client.ownerName} (until ${before.until.slice(5)} ${before.name})`,
          )
        : client.ownerName,
    },
    {
      label: say('上次联系', 'Last touch'),
      value: client.lastContactOn
        ? say(
            `${daysBetween(client.lastContactOn, at.today)} 天前`,
            `${daysBetween(client.lastContactOn, at.today)} days ago`,
          )
        : say('还没有', 'never'),
    },
    { label: say('录入', 'Entered'), value: dayIn(client.enteredAt, at.timezone) },
  ]
  if (client.creditExpiresOn) {
    const value = sayDay(client.creditExpiresOn, at.today, language)
    fields.push({ label: say('授信到期', 'Credit ends'), value })
  }
  if (sharedWith.length > 0) {
    const names = sharedWith.map(({ name, backup }) =>
      backup ? say(`${name}（B 角）`, `${name} (backup)`) : name,
    )
    fields.push({ label: say('共享', 'Shared with'), value: names.join(say('、', ', ')) })
  }
  const blocks: Block[] = [{ kind: 'fields', fields }]
  const barred = barredLine(client, say)
  if (barred) blocks.push({ kind: 'text', text: barred })
  if (tasks.length > 0) {
    const items = tasks.map((task) => ({
      text: `**${sayDay(task.dueOn, at.today, language)}** ${taskLabel(task.kind, say)}`,
      ...(serves(who, task.managerId) && { buttons: [logButton(task.id, say)] }),
    }))
    blocks.push({ kind: 'list', heading: say('待办', 'To do'), items })
  }
  if (needs.length > 0) {
    const items = needs.map((need) => ({
      text: [
        productLabel(need.product, language),
        need.amount && sayYuan(need.amount, language),
        need.wantedOn && sayDay(need.wantedOn, at.today, language),
      ]
        .filter(Boolean)
        .join(' '),
    }))
    blocks.push({ kind: 'list', heading: say('需求', 'Needs'), items })
  }
  if (responses.length > 0) {
    const items = responses.map(({ campaign, latest, firstOn, result }) => ({
      text: [`**${campaign}**`, outcomeLabel(result ?? latest, say), firstOn.slice(5)].join(' · '),
    }))
    blocks.push({ kind: 'list', heading: say('营销活动', 'Campaigns'), items })
  }
  if (outcomes.length > 0) {
    const items = outcomes.map(({ kind, on, by, note }) => ({
      text: [`${on.slice(5)} ${outcomeLabel(kind, say)}`, note && `"${note}"`, by]
        .filter(Boolean)
        .join(' · '),
    }))
    blocks.push({ kind: 'list', heading: say('最近', 'Latest'), items })
  }
  if (visits.length > 0) {
    const items = visits.map(({ id, on, by, note, photo }) => ({
      text: `${on.slice(5)} "${note}" · ${by}`,
      ...(photo && { buttons: [photoButton(id, say)] }),
    }))
    blocks.push({ kind: 'list', heading: say('走访', 'Visits'), items })
  }
  const input = { clientId: client.id }
  const buttons: Button[] = [
    { label: say('分层依据', 'Tier and why'), intent: { command: 'tier', input } },
    { label: say('记需求', 'Need'), opensForm: true, intent: { command: 'need-form', input } },
    { label: say('转介码', 'Referral code'), intent: { command: 'refer', input } },
  ]
  for (const campaign of campaigns.slice(0, MOST_TAGS)) {
    buttons.push({
      label: say(`打标 ${campaign.name}`, `Tag ${campaign.name}`),
      opensForm: true,
      intent: { command: 'tag-form', input: { ...input, campaignId: campaign.id } },
    })
  }
  blocks.push({ kind: 'buttons', buttons })
  return { title: [client.name, client.businessName].filter(Boolean).join(' · '), blocks }
}

/** Campaigns that have a button of their own on the card. */
const MOST_TAGS = 2

const photoButton = (visitId: string, say: Say): Button => ({
  label: say('照片', 'Photo'),
  intent: { command: 'visit-photo', input: { visitId } },
})

const logButton = (taskId: string, say: Say): Button => ({
  label: say('登记', 'Log'),
  opensForm: true,
  intent: { command: 'outcome-form', input: { taskId } },
})

function barredLine(client: Client, say: Say): string | null {
  switch (noMarketing(client)) {
    case 'negative-list':
      return say('在负面清单上，不做营销。', 'On the negative list: no marketing.')
    case 'exit-tier':
      return say('F 淘汰客户，不做营销。', 'Tier F: no marketing.')
    case 'do-not-contact':
      return say(`勿扰：${client.doNotContact}`, `Do not contact: ${client.doNotContact}`)
    case null:
      return null
  }
}

/** What the card shows besides the file itself. */
export interface ClientView extends ClientHistory {
  readonly responses: readonly ClientResponse[]
  /** Campaigns in which the reader may tag this client now. */
  readonly campaigns: readonly { readonly id: string; readonly name: string }[]
}
