import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import type { Card, FormField } from '../../../core/card.ts'
import { refuse } from '../../../core/decision.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { phonesOf } from '../../clients/identity/phones-store.ts'
import { type ClientRef, clientRef, resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import type { Register } from '../../registers/rules.ts'
import { offeredNames } from '../../registers/store.ts'
import * as policy from '../policy.ts'
import { columnsOf, type FileColumns } from '../store.ts'
import { type FieldName, fieldLabel, isIdField } from './rules.ts'

interface Facts {
  readonly client: Client
  readonly columns: FileColumns
  readonly phone: string | null
  /** Names to pick from. */
  readonly registers: Readonly<Record<Register, readonly string[]>>
}

/** The fields that most files lack, in the order in which they are filled in. */
const ASKED: readonly FieldName[] = [
  ...(['phone', 'otherPhone', 'address', 'resident', 'creditCode', 'licenceEndsOn'] as const),
  ...(['region', 'industry', 'cluster', 'wechat'] as const),
]

/** `改 张三` alone: the form, filled with what is on file. */
export const changeForm = query<ClientRef, Facts>({
  name: 'change-form',
  may: policy.keepFile,
  help: {
    usage: { zh: '改 张三', en: 'change Zhang' },
    purpose: { zh: '用表单更正客户资料', en: 'correct a client’s file in a form' },
  },
  phrases: {
    words: ['修改', '改', 'change', 'edit'],
    read: (rest) =>
      // 改成拒绝 is said of an outcome, 改期 of a task.
      rest && !/\s|^[成为]|^期$/.test(rest)
        ? { kind: 'understood', input: { named: rest } }
        : { kind: 'no' },
  },
  input: z.object(clientRef),
  async load(tx, ref, asker) {
    const client = await resolveClient(tx, asker, ref, { command: 'change-form', input: ref })
    if (!('id' in client)) return client
    const columns = await columnsOf(tx, client.id)
    const [first] = await phonesOf(tx, client.id)
    const phone = first?.state === 'ok' ? first.number : null
    return columns
      ? { client, columns, phone, registers: await offeredNames(tx) }
      : refuse('这位客户已不在档案里。', 'This client is no longer on file.')
  },
  reply: (facts, _input, { who, shared }) => formCard(facts, who.language, shared),
})

/** Where more than one person reads, numbers are left for whoever fills it in to say. */
function formCard(
  { client, columns, phone, registers }: Facts,
  language: Language,
  shared: boolean,
): Card {
  const say = speaker(language)
  const onFile = (field: FieldName): string | null => {
    if (field === 'phone') return phone
    if (isIdField(field)) return columns.idKind === field ? columns.idNumber : null
    return field.endsWith('Phone') ? null : (columns[field as keyof FileColumns] ?? null)
  }
  const fields = ASKED.map((name): FormField => {
    const secret = name === 'phone' || name === 'creditCode' || isIdField(name)
    const value = secret && shared ? null : onFile(name)
    return {
      name,
      label: fieldLabel(name)[language],
      type: 'text',
      required: false,
      ...(value !== null && { value }),
      ...(name in registers && { known: registers[name as Register] }),
      ...(name === 'phone' && {
        hint: say('不填为不改，"无"为清空', 'left blank it stays; "none" clears'),
      }),
    }
  })
  return {
    blocks: [
      {
        kind: 'form',
        form: {
          title: say(`改 ${client.name}`, `Change ${client.name}`),
          submit: say('保存', 'Save'),
          intent: { command: 'change-client', input: { clientId: client.id } },
          fields,
        },
      },
    ],
  }
}
