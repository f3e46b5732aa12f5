import type { BankSetting } from '../../../bot/services.ts'
import { type Refusal, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { isListed } from '../../risk/screen.ts'
import { keptFor } from './erasure-store.ts'
import { hasBusiness } from './store.ts'

/** Whether somebody is or was a client of the bank, or applied for something: then the law has the file kept. */
export const keptByLaw = async (
  tx: Queries,
  { id, kind }: { readonly id: string; readonly kind: string },
): Promise<boolean> => kind !== 'prospect' || (await hasBusiness(tx, id))

/** Why a file is neither deleted nor blocked now, with what to do first; null: it may be. */
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
  const { id, name, phone } = client
  if (await keptByLaw(tx, client)) return null
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
