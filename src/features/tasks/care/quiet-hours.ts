import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import type { Reading } from '../../../bot/words/reading.ts'
import { say as card } from '../../../core/card.ts'
import { undoRow } from '../../../core/undo-button.ts'
import { type ClientRef, clientRef, resolveClient } from '../../clients/public.ts'
import type { Client } from '../../clients/rules.ts'
import { readHours } from '../playbook/cells-rules.ts'
import { setQuietHours } from './contact-store.ts'

const HOURS = /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/

interface Input extends ClientRef {
  /** `12:00-14:00`; null lifts them. */
  readonly hours: string | null
}

/** When a client does not want to be called; the line on the list says it. */
export const quietHours = command<Input, Client, Input & { readonly client: Client }>({
  name: 'quiet-hours',
  roles: ['manager', 'lead'],
  undoable: true,
  help: {
    usage: { zh: '免打扰 张三 12:00-14:00', en: 'quiet Zhang 12:00-14:00' },
    purpose: {
      zh: '客户什么时段不接电话；"免打扰 张三 取消"去掉',
      en: 'when a client is not to be called; "quiet Zhang off" lifts it',
    },
  },
  phrases: { words: ['免打扰', '勿打', 'quiet'], read: readQuiet },
  input: z.object({ ...clientRef, hours: z.string().regex(HOURS).nullable() }),
  load: (tx, asked, { who }) =>
    resolveClient(tx, who, asked, { command: 'quiet-hours', input: asked }),
  allow: () => null,
  decide: (client, asked) => ({ ...asked, client }),
  save: (tx, { client, hours }, { actId }) => setQuietHours(tx, client.id, hours, actId),
  reply: ({ client, hours }, _facts, { say }) =>
    card(
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

/** Reads "张三 12:00-14:00" and "张三 取消". */
function readQuiet(rest: string): Reading<unknown> {
  const [named, ...words] = rest.split(/\s+/)
  const said = words.join('')
  if (!named || !said) return { kind: 'no' }
  if (/^(取消|去掉|无|off|none)$/i.test(said)) {
    return { kind: 'understood', input: { named, hours: null } }
  }
  const read = readHours(said.replace(/(\d{1,2})[点时]/g, '$1:00'))
  const [hours, ...more] = 'value' in read ? read.value : []
  if (hours && more.length === 0) {
    return { kind: 'understood', input: { named, hours: `${hours.from}-${hours.until}` } }
  }
  const question = {
    zh: '什么时段不打？写成 12:00-14:00。',
    en: 'When are they not to be called? Write it like 12:00-14:00.',
  }
  return {
    kind: 'asks',
    input: { named },
    doubts: [{ question, slots: ['hours'], expects: 'text' }],
  }
}
