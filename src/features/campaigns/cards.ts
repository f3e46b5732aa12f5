import type { Moment } from '../../bot/moment.ts'
import { type Day, daysBetween, sayDay } from '../../core/calendar/time.ts'
import type { Block, Button, Card, Field, ListItem } from '../../core/card.ts'
import type { Actor } from '../../core/staff.ts'
import { type Language, type Say, speaker } from '../../core/text.ts'
import { productLabel } from '../catalogue/rules.ts'
import { sayFilter } from '../clients/filter/labels.ts'
import { tierWithPending } from '../tier-rules/labels.ts'
import type { Fitting } from './audience/store.ts'
import { moveLabel, skipLabel, statusLabel } from './labels.ts'
import { mayChange } from './policy.ts'
import { type AudienceCounts, type Campaign, type Move, SKIPS } from './rules.ts'

/** A campaign as its card shows it. */
export interface CampaignView {
  readonly campaign: Campaign
  readonly audienceLabels: readonly string[]
  /** Whom it concerns; null where the reader does not plan it. */
  readonly reach: AudienceCounts | null
  readonly moves: readonly Move[]
}

/** The plan, for those who make it with whom it concerns, and what one can do with it now. */
export function campaignCard(view: CampaignView, at: Moment, who: Actor): Card {
  const { campaign, reach, moves, audienceLabels } = view
  const say = speaker(who.language)
  const blocks: Block[] = [
    { kind: 'fields', fields: planFields(campaign, audienceLabels, at, say, who.language) },
    { kind: 'text', text: campaign.talkingPoints },
  ]
  if (reach) blocks.push({ kind: 'text', text: reachText(reach, say) })
  const input = { campaignId: campaign.id }
  const buttons: Button[] = moves.map((move, index) => ({
    label: moveLabel(move, say),
    ...(index === 0 && (move === 'publish' || move === 'approve') && { style: 'primary' as const }),
    ...(move === 'return' && { opensForm: true }),
    intent: {
      command: move === 'return' ? 'return-form' : 'move-campaign',
      input: { ...input, move },
    },
  }))
  if (
    campaign.status === 'running' ||
    campaign.status === 'paused' ||
    campaign.status === 'ended'
  ) {
    const intent = { command: 'campaign-figures', input }
    buttons.unshift({ label: say('数据', 'Figures'), intent })
  }
  if (mayChange(who, campaign) && campaign.status !== 'ended' && campaign.status !== 'withdrawn') {
    const intent = { command: 'change-campaign-form', input }
    buttons.push({ label: say('修改', 'Change'), opensForm: true, intent })
  }
  if (buttons.length > 0) blocks.push({ kind: 'buttons', buttons })
  return {
    title: `${campaign.name} · ${statusLabel(campaign.status, say)}`,
    subject: `campaign:${campaign.id}`,
    blocks,
  }
}

function planFields(
  campaign: Campaign,
  audience: readonly string[],
  { today, catalogue }: Moment,
  say: Say,
  language: Language,
): Field[] {
  const { regions, industries, clusters, segment, filter, controlShare, products, targets } =
    campaign
  const conditions = sayFilter(filter, { today, catalogue, language }).join(' · ')
  const chosen = segment ? [`${segment}${say('（', ' (')}${conditions}${say('）', ')')}`] : []
  const limits = [...chosen, ...regions, ...industries, ...clusters]
  const wanted = [
    targets.reached && say(`触达 ${targets.reached}`, `${targets.reached} reached`),
    targets.interested && say(`有意向 ${targets.interested}`, `${targets.interested} interested`),
    targets.applied && say(`申请 ${targets.applied}`, `${targets.applied} applied`),
    targets.granted && say(`放款 ${targets.granted}`, `${targets.granted} granted`),
  ].filter(Boolean)
  const join = say('、', ', ')
  const fields: Field[] = [
    { label: say('时间', 'When'), value: sayPeriod(campaign, today, language) },
    { label: say('发布人', 'Publisher'), value: campaign.publisherName },
    { label: say('对象', 'Audience'), value: audience.join(join) },
    { label: say('客户', 'Clients'), value: limits.join(join) || say('全部', 'all') },
  ]
  if (controlShare > 0) {
    const value = say(
      `留出 ${controlShare}% 不推荐，用来对比`,
      `${controlShare} % are held out, to compare with`,
    )
    fields.push({ label: say('对照', 'Control'), value })
  }
  if (products.length > 0) {
    const value = products.map((code) => productLabel(catalogue, code, language)).join(join)
    fields.push({ label: say('产品', 'Products'), value })
  }
  if (wanted.length > 0) fields.push({ label: say('目标', 'Targets'), value: wanted.join(join) })
  return fields
}

const sayPeriod = ({ startsOn, endsOn }: Campaign, today: Day, language: Language): string =>
  `${sayDay(startsOn, today, language)} – ${sayDay(endsOn, today, language)}`

/** "Who gets it, how many clients fit, N are skipped because …". */
function reachText(reach: AudienceCounts, say: Say): string {
  const skipped = SKIPS.filter((skip) => reach.skipped[skip] > 0)
  const total = skipped.reduce((sum, skip) => sum + reach.skipped[skip], 0)
  const reasons = skipped.map((skip) => `${skipLabel(skip, say)} ${reach.skipped[skip]}`)
  return [
    say(
      `发给 **${reach.people}** 人，名下合适的客户 **${reach.clients}** 位。`,
      `Goes to **${reach.people}** people; **${reach.clients}** of their clients fit.`,
    ),
    reach.unreachable > 0 &&
      say(
        `其中 ${reach.unreachable} 人还没有开通聊天账号，收不到。`,
        `${reach.unreachable} of them have no chat account and will not hear of it.`,
      ),
    total > 0 &&
      say(
        `另有 ${total} 位跳过：${reasons.join('、')}。`,
        `${total} more are skipped: ${reasons.join(', ')}.`,
      ),
  ]
    .filter(Boolean)
    .join('\n')
}

/** The campaigns somebody may see. */
export function campaignsCard(
  campaigns: readonly Campaign[],
  mayPlan: boolean,
  at: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const items = campaigns.map(
    (campaign): ListItem => ({
      text: `**${campaign.name}** · ${statusLabel(campaign.status, say)}\n${sayPeriod(campaign, at.today, language)}`,
      buttons: [
        {
          label: say('查看', 'Look'),
          intent: { command: 'campaign', input: { campaignId: campaign.id } },
        },
      ],
    }),
  )
  const blocks: Block[] = [
    items.length > 0
      ? { kind: 'list', items }
      : { kind: 'text', text: say('现在没有营销活动。', 'There is no campaign now.') },
  ]
  if (mayPlan) {
    const intent = { command: 'new-campaign-form', input: {} }
    blocks.push({
      kind: 'buttons',
      buttons: [{ label: say('新建活动', 'New campaign'), opensForm: true, intent }],
    })
  }
  return { title: say('营销活动', 'Campaigns'), blocks }
}

/** To each of the audience at the start: what it is about, and whom to call first. */
export function startCard(
  campaign: Campaign,
  { fitting, first }: { readonly fitting: number; readonly first: readonly Fitting[] },
  { today, catalogue }: Moment,
  language: Language,
): Card {
  const say = speaker(language)
  const products = campaign.products
    .map((code) => productLabel(catalogue, code, language))
    .join(say('、', ', '))
  const blocks: Block[] = [
    {
      kind: 'text',
      text: [`${sayPeriod(campaign, today, language)} · ${campaign.publisherName}`, products]
        .filter(Boolean)
        .join(' · '),
    },
    { kind: 'text', text: campaign.talkingPoints },
  ]
  if (first.length > 0) {
    blocks.push({
      kind: 'list',
      heading: say(
        `您有 ${fitting} 位合适的客户，先联系这 ${first.length} 位`,
        `${fitting} of your clients fit; begin with these ${first.length}`,
      ),
      items: first.map((client) => fittingItem(client, campaign, say, language)),
    })
  }
  blocks.push({ kind: 'text', text: tagHint(campaign, say) })
  return { title: say(`活动开始：${campaign.name}`, `Campaign: ${campaign.name}`), blocks }
}

function fittingItem(client: Fitting, { id }: Campaign, say: Say, language: Language): ListItem {
  const who = [`**${client.name}**`, client.businessName, tierWithPending(client, language)]
  const input = { campaignId: id, clientId: client.clientId }
  return {
    text: who.filter(Boolean).join(' · '),
    buttons: [
      {
        label: say('打标', 'Tag'),
        style: 'primary',
        opensForm: true,
        intent: { command: 'tag-form', input },
      },
      {
        label: say('客户', 'Client'),
        intent: { command: 'client', input: { clientId: client.clientId } },
      },
    ],
  }
}

export const tagHint = ({ name }: Campaign, say: Say): string =>
  say(
    `联系后回复"打标 ${name} 张三 有意向"；新客户加上手机和店名。`,
    `After each talk reply "tag ${name} Zhang interested"; for somebody new add phone and business.`,
  )

/** At half time and before the end: how one stands, and what is left. */
export function noticeCard(
  campaign: Campaign,
  own: { readonly reached: number; readonly interested: number; readonly left: number },
  today: Day,
  language: Language,
): Card {
  const say = speaker(language)
  const days = daysBetween(today, campaign.endsOn)
  return {
    title: say(`${campaign.name} 还有 ${days} 天`, `${campaign.name}: ${days} days left`),
    blocks: [
      {
        kind: 'text',
        text: say(
          `您已触达 **${own.reached}** 位，有意向 ${own.interested} 位；还有 **${own.left}** 位合适的客户没有联系。`,
          `You reached **${own.reached}**, ${own.interested} interested; **${own.left}** fitting clients are left.`,
        ),
      },
      { kind: 'text', text: tagHint(campaign, say) },
      { kind: 'buttons', buttons: [whoIsLeft(campaign, say)] },
    ],
  }
}

export const whoIsLeft = ({ id }: Campaign, say: Say): Button => ({
  label: say('看看还有谁', 'Who is left'),
  intent: { command: 'campaign-clients', input: { campaignId: id } },
})

/** Somebody's fitting clients that are not tagged yet. */
export function leftCard(
  campaign: Campaign,
  { fitting, first }: { readonly fitting: number; readonly first: readonly Fitting[] },
  language: Language,
): Card {
  const say = speaker(language)
  if (fitting === 0) {
    return {
      title: campaign.name,
      blocks: [
        {
          kind: 'text',
          text: say(
            '合适的客户都联系过了。新客户也可以打标，带上手机和店名即可。',
            'All fitting clients are tagged. Somebody new can be tagged too, with phone and business.',
          ),
        },
      ],
    }
  }
  return {
    title: campaign.name,
    blocks: [
      {
        kind: 'list',
        heading: say(`还有 ${fitting} 位没有联系`, `${fitting} are left`),
        items: first.map((client) => fittingItem(client, campaign, say, language)),
      },
      { kind: 'text', text: tagHint(campaign, say) },
    ],
  }
}
