import { z } from 'zod'
import { command } from '../../bot/command.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import * as policy from './policy.ts'
import { LINK_MINUTES } from './rules.ts'
import { keepLink, newToken } from './sessions/store.ts'

/** `看板`: a link to the pages, good once, for the one who asked. */
export const showDesk = command<unknown, null, { token: string }>({
  name: 'desk',
  may: policy.readDesk,
  help: {
    usage: { zh: '看板', en: 'desk' },
    purpose: {
      zh: '活动、分层、任务、转介和移交的网页，用一次性链接打开',
      en: 'campaigns, tiers, work, referrals and hand-overs as pages, by a link good once',
    },
  },
  phrases: { words: ['看板', '报表', '网页', 'desk', 'dashboard', 'pages'], read: wholeLine({}) },
  input: z.unknown(),
  load: async () => null,
  decide: () => ({ token: newToken() }),
  save: (tx, { token }, { who, at }) => keepLink(tx, token, who.id, at.now),
  reply({ token }, _facts, { say, publicUrl, shared }) {
    if (shared) {
      return {
        blocks: [
          {
            kind: 'text',
            text: say(
              '看板的链接只发给您一个人：请在和我的单独会话里发"看板"。',
              'A link to your pages is for you alone: say "desk" to me in a direct message.',
            ),
          },
        ],
      }
    }
    return {
      title: say('看板', 'Your pages'),
      blocks: [
        { kind: 'link', label: say('打开看板', 'Open'), url: `${publicUrl}/desk/in/${token}` },
        {
          kind: 'text',
          text: say(
            `链接 ${LINK_MINUTES} 分钟内有效，只能打开一次，只给您本人；请不要转发。`,
            `Good for ${LINK_MINUTES} minutes, once, and for you alone; please do not forward it.`,
          ),
        },
      ],
    }
  },
})
