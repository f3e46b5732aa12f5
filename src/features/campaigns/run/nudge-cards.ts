import { type Day, sayDay } from '../../../core/calendar/time.ts'
import { type Card, textCard } from '../../../core/card.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { tagHint, whoIsLeft } from '../cards.ts'
import type { Campaign } from '../rules.ts'

/** To a member of the audience who has approached nobody yet. */
export function nudgeCard(by: string, campaign: Campaign, today: Day, language: Language): Card {
  const say = speaker(language)
  return textCard(
    say(
      `${by}提醒：活动"${campaign.name}"您还没有打标，到 ${sayDay(campaign.endsOn, today, 'zh')}。${tagHint(campaign, say)}`,
      `From ${by}: you have tagged nobody in "${campaign.name}" yet, which ends ${sayDay(campaign.endsOn, today, 'en')}. ${tagHint(campaign, say)}`,
    ),
    { kind: 'buttons', buttons: [whoIsLeft(campaign, say)] },
  )
}
