import type { BankSetting } from '../../../bot/services.ts'
import { type Refusal, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { isListed } from '../../risk/screen.ts'
import { keptFor } from './erasure-store.ts'
import { hasBusiness } from './store.ts'

/** Why a file is not deleted now, with what to do first; null: it may be. */
export async function whyKept(
  tx: Queries,
  client: {
    readonly id: string
    readonly name: string
    readonly kind: string
    readonly phone: string | null
    readonly negativeList: boolean
  },
  bank: BankSetting,
): Promise<Refusal | null> {
  const { id, name, kind, phone } = client
  const law = {
    zh: '要按合同和监管要求保存，不能在这里删除；客户不愿再被联系，请登记"勿扰"。',
    en: 'must be kept by contract and law. If they do not want to be called, log "do not contact".',
  }
  if (kind !== 'prospect') {
    return refuse(
      `${name} ${kind === 'existing' ? '是' : '曾是'}存量客户，资料${law.zh}`,
      `${name} ${kind === 'existing' ? 'is' : 'was'} an existing client, whose file ${law.en}`,
    )
  }
  if (await hasBusiness(tx, id)) {
    return refuse(
      `${name} 申请过业务，资料${law.zh}`,
      `${name} has applied for something, so the file ${law.en}`,
    )
  }
  const { complaint, review } = await keptFor(tx, id)
  if (complaint) {
    return refuse(
      `${name} 有未结的投诉，资料先不删；投诉办结后再提出。`,
      `${name} has an open complaint, so the file stays; ask again when it is settled.`,
    )
  }
  if (review) {
    return refuse(
      `${name} 的转介正在审核，资料先不删；审核之后再提出。`,
      `A referral of ${name} is under review, so the file stays; ask again after it.`,
    )
  }
  return client.negativeList || (await isListed(tx, bank, { phone }))
    ? refuse(
        `${name} 在负面清单上，资料不能删除；请问风险部门。`,
        `${name} is on the negative list, so the file stays; please ask risk.`,
      )
    : null
}
