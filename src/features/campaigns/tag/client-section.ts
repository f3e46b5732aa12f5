import type { ClientSection } from '../../../bot/client-section.ts'
import { APPLIED_STAGES, findKind, type OutcomeKinds, type Stage } from '../../../core/outcome.ts'
import { outcomeLabel } from '../../tasks/labels.ts'
import { responsesOf, runningFor } from './store.ts'

/** Campaigns that have a button of their own on the card. */
const MOST_TAGS = 2

/** The result, unless what was said last goes as far and says it more closely. */
const furthest = (kinds: OutcomeKinds, latest: string, result: Stage | null): string => {
  const place = (stage: Stage | undefined) =>
    (APPLIED_STAGES as readonly (Stage | undefined)[]).indexOf(stage)
  return result && place(result) > place(findKind(kinds, latest)?.stage) ? result : latest
}

/** How a client responded to campaigns, and those in which the reader may tag the client now. */
export const clientSection: ClientSection = {
  name: 'campaigns',
  heading: { zh: '营销活动', en: 'Campaigns' },
  async items(tx, { id }, { at, say }) {
    const responses = await responsesOf(tx, id)
    return responses.map(({ campaign, latest, firstOn, result }) => ({
      text: [
        `**${campaign}**`,
        outcomeLabel(at.kinds, furthest(at.kinds, latest, result), say),
        firstOn.slice(5),
      ].join(' · '),
    }))
  },
  async buttons(tx, { id, ownerId }, { who, at, say }) {
    if (ownerId !== who.id && who.role !== 'manager') return []
    const campaigns = await runningFor(tx, who, at.today)
    return campaigns.slice(0, MOST_TAGS).map((campaign) => ({
      label: say(`打标 ${campaign.name}`, `Tag ${campaign.name}`),
      opensForm: true,
      intent: { command: 'tag-form', input: { clientId: id, campaignId: campaign.id } },
    }))
  },
}
