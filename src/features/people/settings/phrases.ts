import { saidDay } from '../../../bot/grammar/day.ts'
import { readNumber } from '../../../bot/grammar/number.ts'
import type { Reading } from '../../../bot/grammar/reading.ts'
import { readTime } from '../../../bot/grammar/scan/kinds/times.ts'
import type { Moment } from '../../../bot/moment.ts'
import { addDays, type Day } from '../../../core/calendar/time.ts'
import type { Language } from '../../../core/text.ts'

export type SettingWords =
  | { morningAt: string | null }
  | { language: Language }
  | Record<string, never>

/** `08:30` of "8:30", "8点半", "八", when a list comes in the morning; null for what is no time of day. */
export function readMorning(said: string): string | null {
  const hour = said.replace(/^(?:早上|上午|at)\s*/i, '')
  const [plain] = hour.match(/^(?:\d{1,2}|[一二三四五六七八九十]{1,2})$/) ?? []
  return readTime(
    plain ? `上午${plain}点` : hour.replace(/^(?=[\d一二三四五六七八九十])(?!.*[ap]m)/i, '上午'),
  )
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  中文: 'zh',
  汉语: 'zh',
  chinese: 'zh',
  zh: 'zh',
  英文: 'en',
  英语: 'en',
  english: 'en',
  en: 'en',
}

/** 晨会改到8点半, as a whole line. */
export const SETTING_SHAPE = /^(晨会|早会)(?:时间)?(?:改到|改成|改为|调到|调成)/

/** Reads "晨会 8:30", "语言 英文", "晨会 默认"; nothing shows what is set. */
export function readSetting(rest: string): Reading<SettingWords> {
  if (!rest) return { kind: 'understood', input: {} }
  const [, what = '', value = ''] =
    rest.replace(SETTING_SHAPE, '$1 ').match(/^([^\s:\d]+)[\s:]*(.*)$/) ?? []
  if (/^(晨会|早会|清单|推送|时间|morning|time|list)$/i.test(what)) {
    if (/^(默认|取消|default)$/i.test(value))
      return { kind: 'understood', input: { morningAt: null } }
    const morningAt = readMorning(value)
    if (morningAt) return { kind: 'understood', input: { morningAt } }
    return {
      kind: 'asks',
      input: { morningAt: null },
      doubts: [
        {
          question: { zh: '几点推送清单？比如 8:30。', en: 'At what time? For example 8:30.' },
          slots: ['morningAt'],
          expects: 'text',
        },
      ],
    }
  }
  const time = readMorning(rest)
  if (time) return { kind: 'understood', input: { morningAt: time } }
  const language = LANGUAGES[value.toLowerCase()] ?? LANGUAGES[what.toLowerCase()]
  return language ? { kind: 'understood', input: { language } } : { kind: 'no' }
}

/** Reads "至周五", "3天", "until Friday"; without a day it is today. */
export function readMute(rest: string, at: Moment): Reading<{ until: Day | null }> {
  const said = rest.replace(/^(?:至|到|直到|until|till|to)\s*/i, '')
  if (!said) return { kind: 'understood', input: { until: at.today } }
  const span = said.match(/^(\d{1,2}|[一二两三四五六七八九十]{1,2})\s*(?:天|days?)$/i)
  const count = span ? readNumber(span[1] ?? '') : null
  if (count) return { kind: 'understood', input: { until: addDays(at.today, count - 1) } }
  const taken = saidDay(said, at)
  if (taken && 'day' in taken && taken.rest === '') {
    return { kind: 'understood', input: { until: taken.day } }
  }
  if (!taken) return { kind: 'no' }
  return {
    kind: 'asks',
    input: { until: null },
    doubts: [
      {
        question: {
          zh: '静音到哪天（含）？比如 周五。',
          en: 'Muted until which day, that one included?',
        },
        slots: ['until'],
        expects: 'day',
      },
    ],
  }
}
