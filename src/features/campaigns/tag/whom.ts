import type { Context } from '../../../bot/command.ts'
import type { Asker } from '../../../bot/policy.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { type Answers, askSame } from '../../clients/identity/ask-same.ts'
import { clientIdOf, resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import { findByPhone } from '../../clients/store.ts'
import { wasErased } from '../../risk/erased-store.ts'
import { withholdNumber } from '../../risk/withhold-number.ts'
import type { Newcomer } from './cards.ts'

/** Whom a tag is about, as it was said; what else was said goes along with what is asked. */
interface Said {
  readonly clientId?: string | undefined
  readonly named?: string | undefined
  readonly phone: string | null
  readonly businessName: string | null
  readonly asNew: boolean
}

/** The client on file, or somebody new when a phone number is given that nobody has. */
export async function whoIsMeant(
  tx: Queries,
  input: Said,
  context: Context & Asker,
): Promise<Client | Newcomer | Refusal | Choice> {
  const { who, reach } = context
  const { named, phone, businessName } = input
  const clientId = clientIdOf(input)
  if (!clientId && !named) {
    return refuse(
      '请说客户的姓名：打标 活动名 张三 有意向。',
      'Please name the client: tag Campaign Zhang interested.',
    )
  }
  const again = { command: 'tag', input: { ...input, named: undefined } }
  if (!phone || clientId) {
    const client = await resolveClient(tx, { who, reach }, { clientId, named }, again)
    if (!(client instanceof Refusal)) return client
    return refuse(
      `您名下没有"${named ?? ''}"。新客户请带上手机和店名，比如：李四 13800138000 五金店 有意向。`,
      `You have no client "${named ?? ''}". For somebody new add phone and business, such as: Li 13800138000 hardware interested.`,
    )
  }
  const holder = await findByPhone(tx, phone)
  const found = holder && (await resolveClient(tx, { who, reach }, { clientId: holder.id }, again))
  const seen = found instanceof Refusal || found instanceof Choice ? null : found
  const withheld = seen ? null : await withholdNumber(tx, phone, holder, context)
  if (withheld) return withheld
  if (!holder && (await wasErased(tx, context.bank.keyedHash, { kind: 'phone', value: phone }))) {
    return refuse(
      '这个号码的客户要求删除过资料，没有登记。本人同意重新登记的，请先说"新客户 姓名 手机"，再打标。',
      'Whoever has this number had their file deleted, so nothing was entered. If they agree to be on file again, say "new name phone" first, then tag.',
    )
  }
  const newcomer = { name: named ?? '', phone, businessName: businessName || null }
  const asked = input.asNew
    ? null
    : await askSame(tx, newcomer, seen, { who, reach }, answersFor(input))
  if (asked) return asked
  return seen && !input.asNew ? seen : { ...newcomer, sharesWith: seen?.name ?? null }
}

const answersFor = (input: Said): Answers => ({
  same: ({ id }) => ({ command: 'tag', input: { ...input, clientId: id } }),
  another: { command: 'tag', input: { ...input, asNew: true } },
})
