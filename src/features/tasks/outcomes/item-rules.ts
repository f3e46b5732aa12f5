import type { Moment } from '../../../bot/moment.ts'
import { type Day, sayTime, sayWhen } from '../../../core/calendar/time.ts'
import { Choice } from '../../../core/decision.ts'
import type { OutcomeKind } from '../../../core/outcome.ts'
import { type Language, speaker, type Text } from '../../../core/text.ts'
import { agreedWhen } from '../hours-rules.ts'
import type { OutcomeItem } from './rules.ts'

export const twiceFault = (client: string): Text => ({
  zh: `${client} 这一件说了两个结果，只记了第一个；要更正就把对的再说一次。`,
  en: `You gave two outcomes for ${client}; only the first was logged. To correct it, say the right one again.`,
})

export const pastFault = (date: string): Text => ({
  zh: `${date} 不能作为下次联系的日期，请给今天或以后的日期。`,
  en: `${date} cannot be the next date; give today or a later day.`,
})

/** What a kind asks for and was not said; null where all was. */
export function missingFault(
  { asks, label }: OutcomeKind,
  { nextDate, nextTime, amount }: OutcomeItem,
): Text | null {
  if (asks === 'day' && !nextDate && !nextTime) {
    return {
      zh: `"${label.zh}"要说是哪天，如"1 ${label.zh} 周三"，没有登记。`,
      en: `"${label.en}" needs a day, such as "1 ${label.en} Wednesday"; nothing was logged.`,
    }
  }
  if (asks === 'amount' && amount === null) {
    return {
      zh: `"${label.zh}"要说金额，如"1 ${label.zh} 50万"，没有登记。`,
      en: `"${label.en}" needs an amount, such as "1 ${label.en} 500000"; nothing was logged.`,
    }
  }
  return null
}

/** Of an hour of today that has gone by it is asked what was meant, with the rest kept; null: none has. */
export function askForHour(
  items: readonly OutcomeItem[],
  at: Moment,
  language: Language,
): Choice | null {
  const place = items.findIndex((item) => 'gone' in agreedWhen(item, at))
  const item = items[place]
  if (!item?.nextTime) return null
  const say = speaker(language)
  const meant = (label: string, nextDate: Day, nextTime: string | null) => ({
    label,
    intent: {
      command: 'log-outcome',
      input: { items: items.with(place, { ...item, nextDate, nextTime }) },
    },
  })
  const next = at.workdays.next(at.today)
  return new Choice(
    {
      zh: `今天${sayTime(item.nextTime, 'zh')}已经过去了，哪个时间再联系？都不是就把时间再说一次。`,
      en: `${sayTime(item.nextTime, 'en')} today has gone by. When is it? If it is neither, say it again with another hour.`,
    },
    [
      meant(
        sayWhen({ dueOn: next, dueTime: item.nextTime }, at.today, language),
        next,
        item.nextTime,
      ),
      meant(say('今天，不定钟点', 'today, at no hour'), at.today, null),
    ],
  )
}
