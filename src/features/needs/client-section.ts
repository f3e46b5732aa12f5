import type { ClientSection } from '../../bot/client-section.ts'
import { sayDay } from '../../core/calendar/time.ts'
import { sayYuan } from '../../core/money.ts'
import { type Say, speaker } from '../../core/text.ts'
import { productLabel } from '../catalogue/rules.ts'
import { type OpenNeed, openNeedsOf } from './store.ts'

/** What a client wants. */
export const clientSection: ClientSection = {
  name: 'needs',
  heading: { zh: '需求', en: 'Needs' },
  async items(tx, { id }, { who: { language }, at }) {
    const needs = await openNeedsOf(tx, id)
    return needs.map((need) => {
      const wants = [
        productLabel(at.catalogue, need.product, language),
        need.amount && sayYuan(need.amount, language),
        need.wantedOn && sayDay(need.wantedOn, at.today, language),
      ]
      return {
        text: [wants.filter(Boolean).join(' '), progressOf(need, speaker(language))]
          .filter(Boolean)
          .join(' · '),
      }
    })
  },
}

/** How far the department is that it went to, with what it said last. */
function progressOf({ handedOver, said }: OpenNeed, say: Say): string {
  const state = {
    sent: say('已移交', 'handed over'),
    accepted: say('条线已接收', 'accepted by the department'),
  }
  return [handedOver && state[handedOver], said?.split('\n').at(-1)]
    .filter(Boolean)
    .join(say('，', ', '))
}
