import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { readPhone, sayPhone } from '../../../bot/grammar/phone.ts'
import { textCard } from '../../../core/card.ts'
import { refuse } from '../../../core/decision.ts'
import { nameKey } from '../../../core/identity/name-key.ts'
import { type Text, text } from '../../../core/text.ts'
import { undoRow } from '../../../core/undo-button.ts'
import type { Queries } from '../../../infra/database/index.ts'
import {
  type Relative,
  relativesOf,
  removeRelative,
  saveRelative,
} from '../../clients/file/rows-store.ts'
import { keepHistory } from '../../clients/file/store.ts'
import { clientRef, resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import * as policy from '../policy.ts'
import { relativePhrases } from './phrases.ts'

const input = z.object({
  ...clientRef,
  name: z.string().trim().min(1, '请写姓名。 Please give a name.').max(40),
  relation: z.string().trim().max(20).nullable().default(null),
  phone: z
    .string()
    .nullable()
    .default(null)
    .transform((value) => (value ? readPhone(value) : null)),
  removed: z.boolean().default(false),
})
type Input = z.infer<typeof input>

interface Facts {
  readonly client: Client
  readonly known: Relative | null
}

interface Saved extends Input {
  readonly client: Client
}

const WORDS: Record<Relative['kind'], readonly string[]> = {
  household: ['家人', '家属', '家庭', 'household', 'family'],
  guarantor: ['担保人', '担保', 'guarantor'],
}
const LABELS: Record<Relative['kind'], Text> = {
  household: text('家人', 'household'),
  guarantor: text('担保人', 'guarantor'),
}
const USAGE: Record<Relative['kind'], Text> = {
  household: text('家人 张三 配偶 李四 13900139000', 'household Zhang wife Li 13900139000'),
  guarantor: text('担保人 张三 王五 朋友 13900139000', 'guarantor Zhang Wang friend 13900139000'),
}

/** Somebody of a client's household, or a guarantor: on the file, changed there, or off it. */
const relativeCommand = (kind: Relative['kind']) =>
  command<Input, Facts, Saved>({
    name: kind === 'household' ? 'save-household' : 'save-guarantor',
    may: policy.keepFile,
    undoable: true,
    help: {
      usage: USAGE[kind],
      purpose: {
        zh: `登记${LABELS[kind].zh}：姓名、关系、电话；"${WORDS[kind][0]} 张三 删 李四"去掉`,
        en: `who belongs to the ${LABELS[kind].en}: name, relation, phone; "remove" takes them off`,
      },
    },
    phrases: relativePhrases(WORDS[kind]),
    input: input as unknown as z.ZodType<Input>,
    async load(tx, asked, asker) {
      const intent = {
        command: kind === 'household' ? 'save-household' : 'save-guarantor',
        input: asked,
      }
      const client = await resolveClient(tx, asker, asked, intent)
      if (!('id' in client)) return client
      return { client, known: await knownAs(tx, client.id, kind, asked.name) }
    },
    decide({ client, known }, asked) {
      const { name, relation, phone, removed } = asked
      const { zh, en } = LABELS[kind]
      if (removed && !known) {
        return refuse(
          `${client.name} 的${zh}里没有 ${name}。`,
          `${name} is not on the file of ${client.name} as ${en}.`,
        )
      }
      const same =
        known !== null &&
        (relation ?? known.relation) === known.relation &&
        (phone ?? known.phone) === known.phone
      return same && !removed
        ? refuse(
            `${client.name} 的${zh} ${name} 已经登记，没有变化。`,
            `${name} is on the file of ${client.name} already; nothing changed.`,
          )
        : { ...asked, name: known?.name ?? name, client }
    },
    async save(tx, saved, { who, actId, at }) {
      const { client, name, relation, phone, removed } = saved
      const by = { staffId: who.id, actId, now: at.now }
      await keepHistory(tx, { clientId: client.id, table: 'relative' }, by, async () => {
        if (removed) await removeRelative(tx, client.id, { kind, name })
        else await saveRelative(tx, client.id, { kind, name, relation, phone }, by)
      })
    },
    reply({ client, name, relation, phone, removed }, _facts, { say, shared }) {
      const { zh, en } = LABELS[kind]
      const who = [relation, name, phone && sayPhone(phone, shared)].filter(Boolean).join(' ')
      return textCard(
        removed
          ? say(
              `**${client.name}** 的${zh}里已去掉 ${name}。`,
              `${name} is off the file of **${client.name}**.`,
            )
          : say(`**${client.name}** 的${zh}：${who}`, `**${client.name}**, ${en}: ${who}`),
        undoRow(say),
      )
    },
  })

export const saveHousehold = relativeCommand('household')
export const saveGuarantor = relativeCommand('guarantor')

/** Whoever is on the file by that name in any spelling; null: nobody. */
async function knownAs(tx: Queries, clientId: string, kind: Relative['kind'], name: string) {
  const all = await relativesOf(tx, clientId)
  return all.find((each) => each.kind === kind && nameKey(each.name) === nameKey(name)) ?? null
}
