import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { dayField } from '../../../bot/grammar/fields.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import { type Day, sayDay } from '../../../core/calendar/time.ts'
import { textCard } from '../../../core/card.ts'
import { type Refusal, refuse } from '../../../core/decision.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { EARLIEST, LATEST } from '../../tasks/rules.ts'
import * as policy from '../policy.ts'
import { settingsCard } from './cards.ts'
import { readMorning, readMute, readSetting, SETTING_SHAPE } from './phrases.ts'
import { changeSettings, muteUntil, type Settings, settingsOf } from './store.ts'

const input = z.object({
  morningAt: z.string().max(20).nullable().optional(),
  language: z.enum(['zh', 'en']).optional(),
})
type Input = z.infer<typeof input>

/** What each person sets for themselves: when the list comes, and in which language. */
export const changeSetting = command<Input, Settings, Settings>({
  name: 'settings',
  may: policy.ownSettings,
  help: {
    usage: { zh: '设置 晨会 8:30 / 设置 语言 英文', en: 'set morning 8:30 / set language Chinese' },
    purpose: { zh: '清单几点来、用哪种语言', en: 'when your list comes, and your language' },
  },
  phrases: { words: ['设置', 'settings', 'set'], shape: SETTING_SHAPE, read: readSetting },
  input,
  load: (tx, _input, { who }) => settingsOf(tx, who.id),
  decide(settings, { morningAt, language }): Settings | Refusal {
    const time = morningAt ? readMorning(morningAt) : null
    if (morningAt && (!time || time < EARLIEST || time > LATEST)) {
      return refuse(
        `清单时间请在 ${EARLIEST} 到 ${LATEST} 之间，例如"设置 晨会 8:30"。`,
        `Choose a time from ${EARLIEST} to ${LATEST}, such as "set morning 8:30".`,
      )
    }
    return {
      ...settings,
      ...(morningAt !== undefined && { morningAt: time }),
      ...(language && { language }),
    }
  },
  save: (tx, settings, { who }) => changeSettings(tx, who.id, settings),
  reply: (settings, _facts, { at }) => settingsCard(settings, at),
})

/** Until when nothing was pushed, and is from now on. */
interface Muting {
  readonly before: Day | null
  readonly after: Day | null
}

/** No lists, reminders and digests for a while; news of clients still come. */
export const mute = command<{ until: Day | null }, Settings, Muting>({
  name: 'mute',
  may: policy.ownSettings,
  undoable: true,
  help: {
    usage: { zh: '静音 至周五', en: 'mute until Friday' },
    purpose: { zh: '一段时间不推送清单和提醒', en: 'no lists and reminders for a while' },
  },
  phrases: {
    words: ['静音', '免推送', 'mute'],
    read: readMute,
  },
  input: z.object({ until: dayField }),
  load: (tx, _input, { who }) => settingsOf(tx, who.id),
  decide: ({ mutedUntil }, { until }, { at }) => ({
    before: mutedUntil,
    after: until ?? at.today,
  }),
  save: (tx, muting, { who, actId }) => muteUntil(tx, who.id, muting, actId),
  reply: ({ after }, _facts, { at, say, who }) =>
    textCard(
      say(
        `已静音到 **${mutedLabel(after, at.today, who.language)}**（含）：不推送清单、提醒和汇总，投诉和新转介仍会告诉您。发"取消静音"恢复，发"今日"随时看清单。`,
        `Muted until **${mutedLabel(after, at.today, who.language)}**, that day included: no lists, reminders or digests; complaints and new referrals still reach you. Say "unmute" to end it, "today" for your list.`,
      ),
    ),
})

const mutedLabel = (day: Day | null, today: Day, language: Language): string =>
  day ? sayDay(day, today, language) : ''

export const unmute = command<unknown, Settings, Muting>({
  name: 'unmute',
  may: policy.ownSettings,
  undoable: true,
  help: {
    usage: { zh: '取消静音', en: 'unmute' },
    purpose: { zh: '恢复推送', en: 'lists and reminders again' },
  },
  phrases: { words: ['取消静音', '恢复推送', 'unmute'], read: wholeLine({}) },
  input: z.unknown(),
  load: (tx, _input, { who }) => settingsOf(tx, who.id),
  decide: ({ mutedUntil }) => ({ before: mutedUntil, after: null }),
  save: (tx, muting, { who, actId }) => muteUntil(tx, who.id, muting, actId),
  reply: (_settings, _facts, { who }) =>
    textCard(speaker(who.language)('已恢复推送。', 'Lists and reminders come again.')),
})
