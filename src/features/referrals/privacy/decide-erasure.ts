import { z } from 'zod'
import { type Context, command } from '../../../bot/command.ts'
import { textCard } from '../../../core/card.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { notFound } from '../../clients/rules.ts'
import { findVisible } from '../../clients/store.ts'
import { keepErased } from '../../risk/erased-store.ts'
import { hashable } from '../../risk/rules.ts'
import { silence } from '../../tasks/store.ts'
import * as policy from '../policy.ts'
import { askAnewCard, blockedCard, declinedCard, erasedCard } from './erasure-cards.ts'
import { type Confirmer, closeErasure, confirmersOf, lockErasure } from './erasure-store.ts'
import { BLOCKED_YEARS, type Erasure } from './rules.ts'
import { erase } from './store.ts'
import { keptByLaw, whyKept } from './why-kept.ts'

const input = z.object({ erasureId: z.uuid() })
type Input = z.infer<typeof input>

interface Facts {
  readonly asked: Erasure
  readonly confirmers: readonly Confirmer[]
}

/** A request that waits, and who may decide it. */
async function load(tx: Queries, { erasureId }: Input, { at }: Context): Promise<Facts | Refusal> {
  const asked = await lockErasure(tx, erasureId, at.timezone)
  return asked ? { asked, confirmers: await confirmersOf(tx, asked.askedBy) } : policy.notTheirs
}

const decide = ({ asked }: Facts, _input: Input, { at }: Context): Erasure | Refusal =>
  asked.expiresAt > at.now
    ? asked
    : refuse(
        `请求已过期，请让归属经理重新提出删除 ${asked.clientName}。`,
        `The request has lapsed; the owner of ${asked.clientName} may ask anew.`,
      )

interface Confirmed extends Facts {
  readonly kept: Refusal | null
  /** The law has it kept, so that it is blocked. */
  readonly blocks: boolean
}

/** Why nobody markets to somebody whose file is blocked. */
const BLOCKED = '本人要求删除，资料封存'

/** Whoever is above confirms; the file is deleted or blocked, unless something speaks against it by now. */
export const confirmErasure = command<Input, Confirmed, Erasure & { readonly blocks: boolean }>({
  name: 'confirm-erasure',
  may: policy.decideErasure,
  help: {
    usage: {
      zh: '（删除请求上的"确认"按钮）',
      en: '(the "Delete" or "Block" button of a request)',
    },
    purpose: {
      zh: '确认删除一位客户的资料，依法要保存的封存',
      en: 'confirm that a file is deleted, or blocked where the law has it kept',
    },
  },
  input,
  async load(tx, said, context) {
    const found = await load(tx, said, context)
    if (found instanceof Refusal) return found
    const { clientId, ownerId, askedBy } = found.asked
    if (ownerId !== askedBy) return { ...found, kept: null, blocks: false }
    const client = await findVisible(tx, context, clientId)
    const kept = client ? await whyKept(tx, client, context.bank) : notFound('—')
    return { ...found, kept, blocks: client !== null && (await keptByLaw(tx, client)) }
  },
  decide(facts, said, context) {
    const asked = decide(facts, said, context)
    if (asked instanceof Refusal) return asked
    return facts.kept ?? { ...asked, blocks: facts.blocks }
  },
  async save(tx, asked, { who, at, actId, bank, tell, beginWork }) {
    const { id, clientId, clientName, phone, askedBy, ownerId, blocks } = asked
    if (ownerId !== askedBy) {
      await closeErasure(tx, id, 'superseded', { staffId: who.id, now: at.now })
      await tell(ownerId, (language) => askAnewCard(asked, asked.askedByName, language))
      return
    }
    if (blocks) {
      await closeErasure(tx, id, 'blocked', { staffId: who.id, now: at.now })
      await silence(tx, clientId, BLOCKED, actId, at.now)
      await tell(askedBy, (language) => blockedCard(who.name, clientName, language))
      return
    }
    const phoneHash = phone && bank.keyedHash(hashable({ kind: 'phone', value: phone }))
    await closeErasure(tx, id, 'confirmed', { staffId: who.id, now: at.now, phoneHash })
    await keepErased(tx, bank.keyedHash, clientId, at.now)
    if (!(await erase(tx, clientId, at.now))) throw new Error('a file that is to be kept')
    beginWork()
    await tell(askedBy, (language) => erasedCard(who.name, asked.askedOn, at.today, language))
  },
  reply: ({ ownerId, askedBy, blocks }, _facts, { say }) =>
    textCard(
      ownerId === askedBy
        ? blocks
          ? say(
              `已封存，不再营销；业务结束满 ${BLOCKED_YEARS} 年自动删除。`,
              `Blocked: nobody markets to them, and it goes ${BLOCKED_YEARS} years after the end of their business.`,
            )
          : say(
              '已删除，不能恢复。转介统计里只留下不具名的次数。',
              'Deleted for good. Referral figures keep the count, without a name.',
            )
        : say(
            '客户的归属变了，没有删除；已请现在的归属经理核实后重新提出。',
            'The client has another owner now, so nothing was deleted; they are asked to check and to ask anew.',
          ),
    ),
})

/** Whoever is above does not agree; the file stays, and the owner hears of it. */
export const declineErasure = command<Input, Facts, Erasure>({
  name: 'decline-erasure',
  may: policy.decideErasure,
  help: {
    usage: { zh: '（删除请求上的"不同意"按钮）', en: '(the "Keep" button of a request)' },
    purpose: { zh: '不同意删除或封存一位客户的资料', en: "keep a client's file as it is" },
  },
  input,
  load,
  decide,
  async save(tx, { id, askedBy, clientName }, { who, at, tell }) {
    await closeErasure(tx, id, 'declined', { staffId: who.id, now: at.now })
    await tell(askedBy, (language) => declinedCard(who.name, clientName, language))
  },
  reply: ({ clientName, askedByName }, _facts, { say }) =>
    textCard(
      say(
        `没有删除 ${clientName} 的资料，已告诉 ${askedByName}。`,
        `The file of ${clientName} stays; ${askedByName} was told.`,
      ),
    ),
})
