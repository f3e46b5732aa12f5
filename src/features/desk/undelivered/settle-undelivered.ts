import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { drop, redrive } from '../../../bot/outbox/dead-letters.ts'
import { textCard } from '../../../core/card.ts'
import * as policy from '../policy.ts'

/** More are not shown on a page. */
export const MOST_SHOWN = 100

const input = z.object({
  ids: z.array(z.uuid()).max(MOST_SHOWN),
  how: z.enum(['send-again', 'drop']),
})
type Input = z.infer<typeof input>

/** Messages that were given up are sent again, or given up for good. */
export const settleUndelivered = command<Input, null, Input>({
  name: 'settle-undelivered',
  may: policy.settleUndelivered,
  help: {
    usage: { zh: '看板里的"未送达"', en: '"Undelivered" on the pages' },
    purpose: {
      zh: '没送达的消息再发一次，或不发了',
      en: 'sends again what was given up, or drops it',
    },
  },
  input,
  load: async () => null,
  decide: (_facts, meant) => meant,
  // What somebody else settled meanwhile is left as it is.
  async save(tx, { ids, how }, { at }) {
    await (how === 'drop' ? drop(tx, ids) : redrive(tx, ids, at.now))
  },
  reply: ({ how }, _facts, { say }) =>
    textCard(
      how === 'drop'
        ? say('不再发送。', 'They are dropped.')
        : say(
            '正在再发一次；一分钟后再看还有没有。',
            'They are sent again; look anew in a minute.',
          ),
    ),
})
