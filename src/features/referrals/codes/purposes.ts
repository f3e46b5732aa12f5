import type { Moment } from '../../../bot/moment.ts'
import { addDays, instantOf } from '../../../core/calendar/time.ts'
import { Choice, type Refusal, refuse } from '../../../core/decision.ts'
import type { Actor } from '../../../core/staff.ts'
import { inLanguage } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { visibleCampaigns } from '../../campaigns/store.ts'
import { takeProduct } from '../../catalogue/rules.ts'
import { IN_GENERAL, type Purpose } from '../store.ts'

/** Campaigns whose codes are given out: they run, or will. */
const OPEN = ['running', 'paused', 'approved']

/**
 * What a link is asked for in words: nothing (in general), a campaign that this person may see, or a
 * product. A link for a campaign ends with it. Several campaigns become a choice, whose options say
 * `again` the one that is meant.
 */
export async function purposeNamed(
  tx: Queries,
  who: Actor,
  words: string | undefined,
  again: (name: string) => { readonly command: string; readonly input: unknown },
  at: Moment,
): Promise<Purpose | Refusal | Choice> {
  const named = words?.trim()
  if (!named) return IN_GENERAL
  const open = (await visibleCampaigns(tx, who, at.today)).filter(({ status }) =>
    OPEN.includes(status),
  )
  const same = open.filter(({ name }) => name === named)
  const meant = same.length > 0 ? same : open.filter(({ name }) => name.includes(named))
  const [campaign, ...others] = meant
  if (campaign && others.length === 0) {
    const { id, name, endsOn } = campaign
    const expiresAt = instantOf(addDays(endsOn, 1), '00:00', at.timezone)
    return { campaignId: id, product: null, offer: name, expiresAt }
  }
  if (campaign) {
    return new Choice(
      {
        zh: `"${named}"有几个活动，要哪个的码？`,
        en: `Several campaigns match "${named}". Which?`,
      },
      meant.map(({ name }) => ({ label: name, intent: again(name) })),
    )
  }
  const product = takeProduct(at.catalogue, named)?.product
  if (product) {
    return { ...IN_GENERAL, product: product.code, offer: inLanguage(product.label, who.language) }
  }
  return refuse(
    `没有叫"${named}"的活动或产品。发"我的码"要通用的码，或带上名称，如"我的码 结算卡"。`,
    `There is no campaign or product "${named}". Say "my code" for a general one, or name one: "my code settlement card".`,
  )
}
