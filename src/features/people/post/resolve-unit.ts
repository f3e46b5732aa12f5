import { type Asker, pathOf } from '../../../bot/policy.ts'
import { type Refusal, refuse } from '../../../core/decision.ts'
import { ROLE_LABEL, type Role } from '../../../core/staff.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { KIND_LABEL } from '../../staff/labels.ts'
import { kindsFor, worksIn } from '../../staff/rules.ts'
import { type Unit, unitsBelow } from '../portfolio/store.ts'

/** The unit that a code or name means, within reach, in which somebody of a role may work. */
export async function resolveUnit(
  tx: Queries,
  asker: Asker,
  named: string,
  role: Role,
): Promise<Unit | Refusal> {
  const [only, other] = await unitsBelow(tx, pathOf(asker), named)
  if (!only) {
    return refuse(`您的机构里没有"${named}"。`, `There is no "${named}" in your unit.`)
  }
  if (other) {
    return refuse(
      `您的机构里不止一个"${named}"，请写机构代码，如 ${only.code}、${other.code}。`,
      `There is more than one "${named}" in your unit; give its code, such as ${only.code} or ${other.code}.`,
    )
  }
  if (worksIn(role, only.kind)) return only
  const kinds = kindsFor(role).map((kind) => KIND_LABEL[kind])
  return refuse(
    `${only.name}不设${ROLE_LABEL[role].zh}，请写一个${kinds.map(({ zh }) => zh).join('、')}。`,
    `${ROLE_LABEL[role].en} cannot work in ${only.name}; give one of these: ${kinds.map(({ en }) => en.toLowerCase()).join(', ')}.`,
  )
}
