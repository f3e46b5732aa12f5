import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import { resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import * as policy from '../policy.ts'
import { type Campaign, notRunning } from '../rules.ts'
import { campaignById } from '../store.ts'
import { tagFormCard } from './cards.ts'
import { runningFor } from './store.ts'

interface FormFacts {
  readonly campaigns: readonly Campaign[]
  readonly client: Client | null
}

/** The button "tag", and `打标` alone: the form. */
export const tagForm = query<
  { campaignId?: string | undefined; clientId?: string | undefined },
  FormFacts
>({
  name: 'tag-form',
  may: policy.openTagForm,
  help: {
    usage: { zh: '打标', en: 'tag' },
    purpose: { zh: '用表单在营销活动中打标', en: 'tag a client in a form' },
  },
  phrases: {
    words: ['打标', '打标签', 'tag'],
    read: (rest) => (rest ? { kind: 'no' } : { kind: 'understood', input: {} }),
  },
  input: z.object({ campaignId: z.uuid().optional(), clientId: z.uuid().optional() }),
  async load(tx, { campaignId, clientId }, { who, reach, at }) {
    const client = clientId
      ? await resolveClient(tx, { who, reach }, { clientId }, { command: 'tag-form', input: {} })
      : null
    if (client instanceof Refusal || client instanceof Choice) return client
    if (campaignId) {
      const campaign = await campaignById(tx, campaignId)
      if (!campaign) return policy.notInAudience({ name: '—' })
      const fault = policy.workCampaign.judge(who, campaign) ?? notRunning(campaign, at.today)
      return fault ?? { campaigns: [campaign], client }
    }
    const campaigns = await runningFor(tx, who, at.today)
    if (campaigns.length > 0) return { campaigns, client }
    return refuse('现在没有发给您的营销活动。', 'No campaign for you is running now.')
  },
  reply: ({ campaigns, client }, _input, { at, who }) =>
    tagFormCard(campaigns, client, at, who.language),
})
