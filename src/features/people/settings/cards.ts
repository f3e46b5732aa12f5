import type { Moment } from '../../../bot/moment.ts'
import { sayDay } from '../../../core/calendar/time.ts'
import type { Card } from '../../../core/card.ts'
import { speaker } from '../../../core/text.ts'
import type { Settings } from './store.ts'

/** What is set, in the language that is set, and how to change it. */
export function settingsCard({ morningAt, language, mutedUntil }: Settings, at: Moment): Card {
  const say = speaker(language)
  const muted = mutedUntil && mutedUntil >= at.today ? sayDay(mutedUntil, at.today, language) : null
  return {
    title: say('我的设置', 'My settings'),
    blocks: [
      {
        kind: 'fields',
        fields: [
          {
            label: say('晨会清单', 'Morning list'),
            value: morningAt ?? say('按全行时间', 'at the bank’s time'),
          },
          { label: say('语言', 'Language'), value: say('中文', 'English') },
          {
            label: say('静音', 'Muted'),
            value: muted ? say(`到 ${muted}`, `until ${muted}`) : say('没有', 'no'),
          },
        ],
      },
      {
        kind: 'text',
        text: say(
          '可以说"设置 晨会 8:30"、"设置 语言 英文"、"静音 至周五"。',
          'You can say "set morning 8:30", "set language Chinese", "mute until Friday".',
        ),
      },
    ],
  }
}
