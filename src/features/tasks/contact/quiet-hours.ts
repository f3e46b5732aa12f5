import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { readNumber } from '../../../bot/grammar/number.ts'
import type { Reading } from '../../../bot/grammar/reading.ts'
import { textCard } from '../../../core/card.ts'
import { undoRow } from '../../../core/undo-button.ts'
import { type ClientRef, clientRef, resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import * as policy from '../policy.ts'
import { setQuietHours } from './contact-store.ts'

const HOURS = /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/

/** `12:00-14:00` of "12点到2点", "中午十二点半-14:00", "12-14"; null for what names no hours. */
export function hoursSaid(said: string): string | null {
  const clock = said
    .replace(/\s+/g, '')
    .replace(
      /[一二三四五六七八九十两]{1,3}(?=[点时])/g,
      (number) => `${readNumber(number) ?? number}`,
    )
    .replace(/[点时]半/g, ':30')
    .replace(/[点时](\d{2})分?/g, ':$1')
    .replace(/[点时]整?/g, ':00')
  const [, , h1 = '', m1 = '00', afternoon, h2 = '', m2 = '00'] = clock.match(SPAN) ?? []
  const [from, until] = [Number(h1), Number(h2)]
  // 12点到2点 ends in the afternoon.
  const after = until < 12 && (afternoon || until <= from) && until + 12 > from
  const digits = (hour: number) => String(hour).padStart(2, '0')
  const hours = `${digits(from)}:${m1}-${digits(after ? until + 12 : until)}:${m2}`
  return h1 && HOURS.test(hours) ? hours : null
}

const SPAN = /^(中午|上午|早上)?(\d{1,2})(?::(\d{2}))?[-–~至到]+(下午)?(\d{1,2})(?::(\d{2}))?$/

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
  phrases: { words: ['免打扰', '勿打', 'quiet'], read: readQuiet },
  input: z.object({ ...clientRef, hours: hoursField.nullable() }),
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

/** Reads "张三 12:00-14:00" and "张三 取消". */
function readQuiet(rest: string): Reading<unknown> {
  const [named, ...words] = rest.split(/\s+/)
  const said = words.join('')
  if (!named || !said) return { kind: 'no' }
  if (/^(取消|去掉|无|off|none)$/i.test(said)) {
    return { kind: 'understood', input: { named, hours: null } }
  }
  const hours = hoursSaid(said)
  if (hours) return { kind: 'understood', input: { named, hours } }
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
