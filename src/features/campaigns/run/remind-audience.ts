import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { scopeOf } from '../../../bot/policy.ts'
import { textCard } from '../../../core/card.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import { remindedSaid } from '../../tasks/remind/cards.ts'
import { loadReminding, sendReminders } from '../../tasks/remind/remind-people.ts'
import {
  type Remindable,
  type Reminded,
  type Reminding,
  sortReminders,
} from '../../tasks/remind/rules.ts'
import { idleMembers, nudgeKey } from '../audience/idle-store.ts'
import * as policy from '../policy.ts'
import type { Campaign } from '../rules.ts'
import { type CampaignRef, resolveCampaign } from '../store.ts'
import { nudgeCard } from './nudge-cards.ts'

interface About {
  readonly campaign: Campaign
}

/** One tap: whoever of the audience has approached nobody yet is reminded, once a day; who and who not is said. */
export const remindAudience = command<CampaignRef, Reminding<Remindable> & About, Reminded & About>(
  {
    name: 'remind-campaign',
    may: policy.remindAudience,
    help: {
      usage: { zh: '活动 提醒 五一活动', en: 'campaign remind May Day' },
      purpose: {
        zh: '提醒活动里一位客户都没联系的人，一人一天一次',
        en: 'reminds those who approached nobody in a campaign, once a day',
      },
    },
    phrases: {
      words: ['活动 提醒', '活动提醒', 'campaign remind'],
      read: (rest) => ({ kind: 'understood', input: { named: rest } }),
    },
    input: z.object({
      campaignId: z.uuid().optional(),
      named: z.string().trim().max(40).optional(),
    }),
    async load(tx, input, asker) {
      const { who, at } = asker
      const again = { command: 'remind-campaign', input, today: at.today }
      const campaign = await resolveCampaign(tx, who, input, again)
      if (campaign instanceof Refusal || campaign instanceof Choice) return campaign
      const idle = await idleMembers(tx, campaign, scopeOf(asker), at)
      return { campaign, ...(await loadReminding(tx, idle, at)) }
    },
    decide({ campaign, ...reminding }, _input, { at }) {
      if (campaign.status !== 'running') {
        return refuse(
          `活动"${campaign.name}"没有在进行，没有提醒谁。`,
          `"${campaign.name}" is not running, so nobody was reminded.`,
        )
      }
      if (reminding.people.length === 0) {
        return refuse(
          `活动"${campaign.name}"在岗的都动了，不用提醒。`,
          `Everybody at work has begun with "${campaign.name}".`,
        )
      }
      const sorted = sortReminders(reminding, at)
      return sorted instanceof Refusal ? sorted : { ...sorted, campaign }
    },
    save: (tx, done, { who, at }) =>
      sendReminders(
        tx,
        done,
        (staffId) => nudgeKey(done.campaign.id, at.today, staffId),
        (_person, language) => nudgeCard(who.name, done.campaign, at.today, language),
        at,
      ),
    reply: (done, _facts, { who }) => textCard(remindedSaid(done, who.language)),
  },
)
