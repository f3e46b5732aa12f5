import { z } from 'zod'
import { type Asked, requestKind } from '../../../bot/request-kind.ts'
import { day } from '../../../core/calendar/time.ts'
import type { Catalogue } from '../../../core/catalogue.ts'
import { refuse } from '../../../core/decision.ts'
import { type Text, text } from '../../../core/text.ts'
import { productLabel } from '../../catalogue/rules.ts'
import { secondPersons } from '../../requests/store.ts'
import type { Campaign, Plan } from '../rules.ts'
import { campaignById, lockCampaign, savePlan } from '../store.ts'

const amount = z.int().nullable()

/** What of a plan that runs is to be otherwise. */
const payload = z.object({
  campaignId: z.uuid(),
  endsOn: z.iso.date().transform(day),
  products: z.array(z.string()),
  talkingPoints: z.string(),
  targets: z.object({ reached: amount, interested: amount, applied: amount, granted: amount }),
  /** What changes, as it is read. */
  changes: z.object({ zh: z.string(), en: z.string() }),
})
export type RunningChange = z.infer<typeof payload>

/** A plan that marketing approved is to say something else: marketing confirms, the old words hold meanwhile. */
export const campaignChange = requestKind<RunningChange>({
  name: 'campaign-change',
  label: { zh: '活动', en: 'campaign' },
  payload,
  confirmers: (tx, { askedBy }) => secondPersons(tx, { askedBy, role: 'marketing' }),
  async describe(tx, { campaignId, changes }) {
    const name = (await campaignById(tx, campaignId))?.name ?? ''
    return text(
      `修改进行中的活动"${name}"：${changes.zh}`,
      `change the running campaign "${name}": ${changes.en}`,
    )
  },
  async fault(tx, { payload: { campaignId } }) {
    const campaign = await lockCampaign(tx, campaignId)
    return campaign && isGoing(campaign)
      ? null
      : refuse('活动已经结束，没有改动。', 'The campaign is over; nothing was changed.')
  },
  async carryOut(tx, { payload: change }: Asked<RunningChange>, { at }) {
    const campaign = await campaignById(tx, change.campaignId)
    if (!campaign) return
    const { endsOn, products, talkingPoints, targets } = change
    await savePlan(tx, { ...campaign, endsOn, products, talkingPoints, targets }, false, at.now)
  },
})

/** It has started, and is not over: whom it is for stays. */
export const isGoing = ({ status }: Campaign): boolean =>
  status === 'running' || status === 'paused'

/** What a change would have a running plan say that nobody approved; null: nothing. */
export function unapproved(
  before: Campaign,
  after: Pick<Plan, 'endsOn' | 'products' | 'talkingPoints'>,
  catalogue: Catalogue,
): Text | null {
  if (!isGoing(before)) return null
  const changes: Text[] = []
  if (after.talkingPoints !== before.talkingPoints) {
    const { talkingPoints } = after
    changes.push(text(`话术改为"${talkingPoints}"`, `talking points "${talkingPoints}"`))
  }
  if (after.products.some((product) => !before.products.includes(product))) {
    const [zh, en] = (['zh', 'en'] as const).map((language) =>
      after.products.map((each) => productLabel(catalogue, each, language)),
    )
    changes.push(text(`产品改为${zh?.join('、')}`, `products ${en?.join(', ')}`))
  }
  if (after.endsOn > before.endsOn) {
    changes.push(text(`延长到 ${after.endsOn}`, `until ${after.endsOn}`))
  }
  return changes.length === 0
    ? null
    : text(changes.map(({ zh }) => zh).join('；'), changes.map(({ en }) => en).join('; '))
}
