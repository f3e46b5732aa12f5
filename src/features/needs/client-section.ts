import type { ClientSection } from '../../bot/client-section.ts'
import { sayDay } from '../../core/calendar/time.ts'
import { sayYuan } from '../../core/money.ts'
import { productLabel } from '../catalogue/rules.ts'
import { openNeedsOf } from './store.ts'

/** What a client wants. */
export const clientSection: ClientSection = {
  name: 'needs',
  heading: { zh: '需求', en: 'Needs' },
  async items(tx, { id }, { who: { language }, at }) {
    const needs = await openNeedsOf(tx, id)
    return needs.map(({ product, amount, wantedOn }) => ({
      text: [
        productLabel(at.catalogue, product, language),
        amount && sayYuan(amount, language),
        wantedOn && sayDay(wantedOn, at.today, language),
      ]
        .filter(Boolean)
        .join(' '),
    }))
  },
}
