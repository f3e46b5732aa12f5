import type { Doubt } from '../../../bot/grammar/reading.ts'
import type { Day } from '../../../core/calendar/time.ts'
import type { OutcomeKind } from '../../../core/outcome.ts'
import type { Text } from '../../../core/text.ts'

/** Asks for what a kind wants to be said beside it; null: it is there. */
export function askForUnsaid(
  subject: Text,
  { asks, label }: OutcomeKind,
  said: { readonly nextDate: Day | null; readonly amount: number | null },
): (Omit<Doubt, 'slots'> & { readonly field: 'amount' | 'nextDate' }) | null {
  if (asks === 'day' && !said.nextDate) {
    return {
      field: 'nextDate',
      expects: 'day',
      question: {
        zh: `${subject.zh}${label.zh}在哪天？比如 12月3日。其他内容已记下，只回日期即可。`,
        en: `On which day is "${label.en}" of ${subject.en}? For example 3 Dec. The rest is kept; just send the day.`,
      },
    }
  }
  if (asks === 'amount' && said.amount === null) {
    return {
      field: 'amount',
      expects: 'amount',
      question: {
        zh: `${subject.zh}${label.zh}多少？比如 50万。其他内容已记下，只回金额即可。`,
        en: `How much is "${label.en}" of ${subject.en}? For example 500000. The rest is kept; just send the amount.`,
      },
    }
  }
  return null
}
