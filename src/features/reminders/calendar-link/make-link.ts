import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { wholeLine } from '../../../bot/grammar/reading.ts'
import { textCard } from '../../../core/card.ts'
import { refuse } from '../../../core/decision.ts'
import * as policy from '../policy.ts'
import { endLink, hasLink, keepLink, LINK_DAYS, newToken } from './store.ts'

const OFF = refuse(
  '本行没有开通日历链接。发"日程"看约好的时间。',
  'The bank has not switched calendar links on. Say "agenda" for your appointments.',
)
const IN_ROOM = refuse(
  '日历链接只发给您一个人：请在和我的单独会话里说。',
  'A calendar link is for you alone: say it to me in a direct message.',
)

/** `日历链接`: my appointments for the calendar of my telephone. */
export const makeLink = command<unknown, null, { token: string }>({
  name: 'calendar-link',
  may: policy.ownCalendar,
  help: {
    usage: { zh: '日历链接', en: 'calendar link' },
    purpose: {
      zh: '把日程订阅到手机日历；只写时间、事由和"张先生/女士"',
      en: 'your agenda in the calendar of your telephone: hour, kind and Mr/Ms, nothing else',
    },
  },
  phrases: {
    words: ['日历链接', '日程链接', '日历订阅', '订阅日历', '订阅日程', 'calendar link'],
    read: wholeLine({}),
  },
  input: z.unknown(),
  load: async (_tx, _input, { bank, shared }) =>
    bank.calendarLinks ? (shared ? IN_ROOM : null) : OFF,
  decide: () => ({ token: newToken() }),
  save: (tx, { token }, { who, at }) => keepLink(tx, token, who.id, at.now),
  reply: ({ token }, _facts, { say, publicUrl }) => ({
    title: say('我的日历链接', 'My calendar link'),
    blocks: [
      { kind: 'link', label: say('订阅', 'Subscribe'), url: `${publicUrl}/agenda/${token}.ics` },
      {
        kind: 'text',
        text: say(
          `在手机日历里添加"订阅日历"，粘贴这个地址。谁有地址谁就能看，请不要转发；${LINK_DAYS} 天内有效，再发一次"日历链接"就换新的、旧的停用；不用了发"停用日历链接"。`,
          `Add it as a subscribed calendar on your telephone. Whoever has the address can read it, so do not forward it. It is good for ${LINK_DAYS} days; a new one ends it, and so does "end calendar link".`,
        ),
      },
      {
        kind: 'buttons',
        buttons: [
          {
            label: say('停用日历链接', 'End calendar link'),
            intent: { command: 'end-calendar-link', input: {} },
          },
        ],
      },
    ],
  }),
})

/** `停用日历链接`: the address shows nothing any more. */
export const dropLink = command<unknown, { ended: boolean }, { ended: boolean }>({
  name: 'end-calendar-link',
  may: policy.ownCalendar,
  help: {
    usage: { zh: '停用日历链接', en: 'end calendar link' },
    purpose: { zh: '手机日历不再能看您的日程', en: 'your telephone no longer reads your agenda' },
  },
  phrases: {
    words: ['停用日历链接', '停用日程链接', '取消日历订阅', '取消订阅日历', 'end calendar link'],
    read: wholeLine({}),
  },
  input: z.unknown(),
  load: async (tx, _input, { who }) => ({ ended: await hasLink(tx, who.id) }),
  decide: (facts) => facts,
  save: (tx, _ended, { who }) => endLink(tx, who.id),
  reply: ({ ended }, _facts, { say }) =>
    textCard(
      ended
        ? say('已停用，那个地址不再显示日程。', 'Ended; that address shows nothing any more.')
        : say('您没有日历链接。', 'You have no calendar link.'),
    ),
})
