import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { textCard } from '../../../core/card.ts'
import { undoRow } from '../../../core/undo-button.ts'
import {
  type ClientRef,
  clientRef,
  nobodyCalledSo,
  resolveClient,
} from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import * as policy from '../policy.ts'
import { setQuietHours } from './contact-store.ts'
import { hoursSaid, QUIET_PHRASES } from './quiet-words.ts'

const hoursField = z.string().transform((said, context) => {
  const hours = hoursSaid(said)
  if (hours) return hours
  context.addIssue('时段请写成 12:00-14:00。 Write the hours like 12:00-14:00.')
  return z.NEVER
})

interface Input extends ClientRef {
  /** `12:00-14:00`; null lifts them. */
  readonly hours: string | null
}

/** When a client does not want to be called; the line on the list says it. */
export const quietHours = command<Input, Client, Input & { readonly client: Client }>({
  name: 'quiet-hours',
  may: policy.silenceClient,
  undoable: true,
  help: {
    usage: { zh: '免打扰 张三 12:00-14:00', en: 'quiet Zhang 12:00-14:00' },
    purpose: {
      zh: '客户什么时段不接电话；"免打扰 张三 取消"去掉',
      en: 'when a client is not to be called; "quiet Zhang off" lifts it',
    },
  },
  phrases: QUIET_PHRASES,
  input: z.object({ ...clientRef, hours: hoursField.nullable() }),
  askedInVain: nobodyCalledSo,
  load: (tx, asked, asker) =>
    resolveClient(tx, asker, asked, { command: 'quiet-hours', input: asked }),
  decide: (client, asked) => ({ ...asked, client }),
  save: (tx, { client, hours }, { actId }) => setQuietHours(tx, client.id, hours, actId),
  reply: ({ client, hours }, _facts, { say }) =>
    textCard(
      hours
        ? say(
            `已记：**${client.name}** ${hours} 不打电话，任务上会提示。`,
            `Noted: **${client.name}** is not to be called ${hours}; the task says so.`,
          )
        : say(
            `已去掉 **${client.name}** 的免打扰时段。`,
            `**${client.name}** has no quiet hours now.`,
          ),
      undoRow(say),
    ),
})
