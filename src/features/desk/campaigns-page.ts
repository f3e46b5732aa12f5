import { html } from 'hono/html'
import { askerOf, scopeOf } from '../../bot/policy.ts'
import type { Services } from '../../bot/services.ts'
import { sayDay } from '../../core/calendar/time.ts'
import type { Actor } from '../../core/staff.ts'
import { speaker } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { audienceLabels } from '../campaigns/audience/store.ts'
import { dimensionLabel, partLabel, stepLabel } from '../campaigns/figures/labels.ts'
import {
  type Counts,
  DIMENSIONS,
  type Dimension,
  percent,
  STEPS,
} from '../campaigns/figures/rules.ts'
import { linesBy, linkCounts, needsFound, totalsOf } from '../campaigns/figures/store.ts'
import { statusLabel } from '../campaigns/labels.ts'
import { seeCampaign } from '../campaigns/policy.ts'
import type { Campaign } from '../campaigns/rules.ts'
import { campaignById, visibleCampaigns } from '../campaigns/store.ts'
import { productLabel } from '../catalogue/rules.ts'
import { seeClients } from '../staff/policy.ts'
import type { Reader } from './rules.ts'
import { deskPage, type Html, number, table, whole } from './shell-page.ts'

/** Lines of one table. */
const MOST = 30

/** The campaigns somebody may see, each with its figures within their scope. */
export async function campaignsPage(services: Services, tx: Queries, who: Reader) {
  const say = speaker(who.language)
  const { today } = services.moment()
  const campaigns = await visibleCampaigns(tx, who, today)
  const cards: unknown[] = []
  for (const campaign of campaigns) {
    const totals = await totalsOf(tx, campaign.id, scopeOf(askerOf(seeClients, who)))
    cards.push(html`<li><a class="card" href="/desk/campaigns/${campaign.id}">
<div class="head"><h2>${campaign.name}</h2><span class="tag">${statusLabel(campaign.status, say)}</span></div>
<p class="soft">${whole(`${sayDay(campaign.startsOn, today, who.language)} – ${sayDay(campaign.endsOn, today, who.language)}`)} · ${campaign.publisherName}</p>
${totalsList(campaign, totals, who)}</a></li>`)
  }
  const body =
    cards.length > 0
      ? html`<ul class="list">${cards}</ul>`
      : html`<section><p>${say('现在没有营销活动。', 'There is no campaign now.')}${
          who.role === 'risk'
            ? ''
            : say('在聊天里发"活动 新建"做一个。', ' Say "new campaign" in chat to plan one.')
        }</p></section>`
  return deskPage(services, who, 'campaigns', say('营销活动', 'Campaigns'), body)
}

/** Each step as a number, with its share of those reached and of the target. */
function totalsList(campaign: Campaign, totals: Counts, who: Actor) {
  const say = speaker(who.language)
  return html`<dl class="numbers">${STEPS.map((step) => {
    const share = step === 'reached' ? null : percent(totals[step], totals.reached)
    const target = step === 'responded' ? null : campaign.targets[step]
    const below = [
      share !== null && `${share}%`,
      target && say(`目标 ${target}`, `target ${target}`),
    ]
    return number(stepLabel(step, say), totals[step], below.filter(Boolean).join(' · '))
  })}</dl>`
}

const DRAWN: readonly Dimension[] = ['manager', 'day']

/** One campaign: plan, funnel, pictures and tables; null when this person may not see it. */
export async function campaignPage(
  services: Services,
  tx: Queries,
  who: Reader,
  id: string,
): Promise<Html | null> {
  const say = speaker(who.language)
  const campaign = await campaignById(tx, id)
  if (!campaign || seeCampaign.judge(who, campaign)) return null
  const scope = scopeOf(askerOf(seeClients, who))
  const [totals, needs, links, audience, ...dimensions] = await Promise.all([
    totalsOf(tx, id, scope),
    needsFound(tx, id, scope),
    linkCounts(tx, id, scope),
    audienceLabels(tx, campaign),
    ...DIMENSIONS.map(async (by) => ({ by, lines: await linesBy(tx, id, scope, by, MOST) })),
  ])
  const tables: unknown[] = []
  for (const { by, lines } of dimensions) {
    if (lines.length === 0) continue
    const rows = lines.map((line) => [
      line.label || say('未登记', 'not recorded'),
      ...STEPS.map((step) => line[step]),
    ])
    const columns = [partLabel(by, say), ...STEPS.map((step) => stepLabel(step, say))]
    const label = dimensionLabel(by, say)
    tables.push(
      html`<section><h2>${label}</h2>${
        DRAWN.includes(by) ? picture(campaign, by, label) : ''
      }${table(label, columns, rows)}</section>`,
    )
  }
  const { today, catalogue } = services.moment()
  const join = say('、', ', ')
  const limits = [...campaign.regions, ...campaign.industries, ...campaign.clusters]
  const facts = [
    `${sayDay(campaign.startsOn, today, who.language)} – ${sayDay(campaign.endsOn, today, who.language)}`,
    campaign.publisherName,
    audience.join(join),
    limits.join(join),
    campaign.products.map((code) => productLabel(catalogue, code, who.language)).join(join),
  ]
  const body = html`
<p class="soft"><span class="tag">${statusLabel(campaign.status, say)}</span> ${whole(facts.filter(Boolean).join(' · '))}</p>
<section>${totalsList(campaign, totals, who)}</section>
<div class="grid two"><section><h2>${say('漏斗', 'Funnel')}</h2>${picture(campaign, null, funnelAlt(totals, who))}</section>
<section><h2>${say('话术', 'Talking points')}</h2><p class="points">${campaign.talkingPoints}</p>
<h2 class="next">${say('发现的需求', 'Needs found')}</h2>${
    needs.length > 0
      ? table(
          say('发现的需求', 'Needs found'),
          [say('产品', 'Product'), say('数量', 'Count')],
          needs.map(({ product, count }) => [
            productLabel(catalogue, product, who.language),
            count,
          ]),
        )
      : html`<p class="soft">${say('还没有。', 'None yet.')}</p>`
  }
<h2 class="next">${say('活动的转介码', 'Its referral links')}</h2><dl class="numbers">
${number(say('转介码', 'Links'), links.links)}
${number(say('打开人次', 'Opened'), links.opened)}
${number(say('留下联系方式', 'Left details'), links.left)}
</dl></section></div>
<div class="grid two">${tables}</div>`
  return (await deskPage(services, who, 'campaigns', campaign.name, body)) as Html
}

const picture = ({ id }: Campaign, by: Dimension | null, alt: string) =>
  html`<img src="/desk/campaigns/${id}/picture.png${by ? `?by=${by}` : ''}" alt="${alt}" width="720" height="480" loading="lazy">`

const funnelAlt = (totals: Counts, who: Actor): string => {
  const say = speaker(who.language)
  return STEPS.map((step) => `${stepLabel(step, say)} ${totals[step]}`).join(say('，', ', '))
}
