import { type Refusal, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { REGISTER_LABELS } from '../../registers/labels.ts'
import { matchNames, nearNames } from '../../registers/store.ts'
import type { Campaign } from '../rules.ts'
import type { PlanInput } from './plan-fields.ts'

const PLACES = { region: 'regions', industry: 'industries', cluster: 'clusters' } as const

/** Why a plan cannot be kept: a name that no register has, with those like it, as nobody would fit; null: there is none. What stood there stays. */
export async function unknownPlace(
  tx: Queries,
  input: Pick<PlanInput, 'regions' | 'industries' | 'clusters'>,
  before: Campaign | null,
): Promise<Refusal | null> {
  for (const register of ['region', 'industry', 'cluster'] as const) {
    const field = PLACES[register]
    const names = input[field].filter((name) => !before?.[field].includes(name))
    const entries = await matchNames(tx, register, names)
    const unknown = names.find((_, place) => entries[place] === null)
    if (unknown === undefined) continue
    const { zh, en } = REGISTER_LABELS[register]
    const near = await nearNames(tx, register, unknown)
    const list = near.length > 0
    return refuse(
      `没有${zh}"${unknown}"，活动没有保存。${list ? `是不是 ${near.join('、')}？` : `说"${zh}"看都有哪些。`}`,
      `There is no ${en} "${unknown}", and the campaign was not saved. ${list ? `Do you mean ${near.join(', ')}?` : `Say "${PLACES[register]}" for all.`}`,
    )
  }
  return null
}
