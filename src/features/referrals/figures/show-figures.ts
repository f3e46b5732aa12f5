import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { pathOf } from '../../../bot/policy.ts'
import { heldFor } from '../entries/store.ts'
import { type Balance, balanceOf } from '../points/store.ts'
import * as policy from '../policy.ts'
import { ownCard, statisticsCard, type Waiting } from './cards.ts'
import { daysOf, readFigures, readPeriod } from './phrases.ts'
import { type Figures, GROUPINGS, total } from './rules.ts'
import { type Arrived, figuresOf, latestArrived } from './store.ts'

const period = z
  .string()
  .regex(/^(all|\d{4}-(0[1-9]|1[0-2]))$/)
  .optional()

const LATEST = 6

/** How my own referrals do, those of my clients included. */
export const myReferrals = query<
  { period?: string | undefined },
  {
    readonly figures: Figures
    readonly latest: readonly Arrived[]
    /** Who waits for a review and then for me. */
    readonly waiting: readonly Waiting[]
    /** Null where there is no rule of points for me. */
    readonly points: Balance | null
  }
>({
  name: 'my-referrals',
  may: policy.ownReferrals,
  help: {
    usage: { zh: '我的转介 · 我的转介 上月', en: 'my referrals · my referrals last month' },
    purpose: {
      zh: '我的转介：打开、留信息、联系、申请、放款',
      en: 'my referrals: opened, details left, contacted, applied, granted',
    },
  },
  phrases: {
    words: ['我的转介', '我的推荐', 'my referrals'],
    read(rest, { today }) {
      const asked = readPeriod(rest, today)
      if (rest && !asked) return { kind: 'no' }
      return { kind: 'understood', input: asked ? { period: asked } : {} }
    },
  },
  input: z.object({ period }),
  async load(tx, { period: asked }, { who, at }) {
    const span = { ...daysOf(asked ?? at.today.slice(0, 7)), timezone: at.timezone }
    const whose = { staffId: who.id }
    const [figures = total([], '')] = await figuresOf(tx, 'whole', whose, span)
    const latest = await latestArrived(tx, who.id, LATEST)
    const points = await balanceOf(tx, whose, at.today)
    return { figures, latest, waiting: await heldFor(tx, who.id, LATEST), points }
  },
  reply: ({ points, ...own }, { period: asked }, { at, who }) =>
    ownCard(own, points, asked ?? at.today.slice(0, 7), at, who.language),
})

const asked = z.object({ grouping: z.enum(GROUPINGS).default('person'), period })

/** How the referrals of my units do, by person, unit, campaign or month. */
export const referralFigures = query<z.infer<typeof asked>, readonly Figures[]>({
  name: 'referral-figures',
  may: policy.showFigures,
  help: {
    usage: {
      zh: '转介统计 · 转介统计 按活动 上月',
      en: 'referral figures · referral figures by campaign last month',
    },
    purpose: {
      zh: '转介排行，可按人、机构、活动、月份',
      en: 'referrals ranked by person, unit, campaign or month',
    },
  },
  phrases: {
    words: ['转介统计', '转介排行', '转介排名', 'referral figures', 'referral ranking'],
    read: (rest, { today }) => ({ kind: 'understood', input: readFigures(rest, today) }),
  },
  input: asked,
  load(tx, { grouping, period: month }, asker) {
    const { at } = asker
    const whole = grouping === 'month' ? 'all' : at.today.slice(0, 7)
    const span = { ...daysOf(month ?? whole), timezone: at.timezone }
    return figuresOf(tx, grouping, { path: pathOf(asker) }, span)
  },
  reply(all, { grouping, period: month }, { at, who }) {
    const whole = grouping === 'month' ? 'all' : at.today.slice(0, 7)
    return statisticsCard(all, grouping, month ?? whole, at, who.language)
  },
})
