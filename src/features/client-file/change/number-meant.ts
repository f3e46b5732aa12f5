import { Choice, type Refusal, refuse } from '../../../core/decision.ts'
import type { Intent } from '../../../core/intent.ts'
import { text } from '../../../core/text.ts'
import type { ClientPhone } from '../../clients/identity/phones-store.ts'
import type { Client } from '../../clients/rules.ts'
import { type SaidFields, sayValue } from './rules.ts'

/** Fields that speak of a number on file, so that it need not be said where there is one. */
const OF_A_NUMBER = ['deadPhone', 'dropPhone'] as const

/** "改 张三 空号": the fields with the number that is meant. Several are asked about, none is refused. */
export function withNumberMeant(
  client: Pick<Client, 'name'>,
  fields: SaidFields,
  phones: readonly ClientPhone[],
  again: (fields: SaidFields) => Intent,
): SaidFields | Choice | Refusal {
  const open = OF_A_NUMBER.find((field) => fields[field] === '')
  if (!open) return fields
  const known = phones.filter(
    ({ person, state }) => person === null && (open === 'dropPhone' || state === 'ok'),
  )
  const [phone, other] = known
  if (!phone) {
    return refuse(
      `${client.name} 没有可用的号码了。问到新的就说"改 ${client.name} 电话 新号码"。`,
      `${client.name} has no number left. Say "change ${client.name} phone" with the new one.`,
    )
  }
  if (!other) return { ...fields, [open]: phone.number }
  return new Choice(
    text(`${client.name} 的哪个号码？`, `Which number of ${client.name}?`),
    known.map(({ number }) => ({
      label: sayValue('phone', number, false),
      intent: again({ ...fields, [open]: number }),
    })),
  )
}
