import type { Asker } from '../../bot/policy.ts'
import { pathOf } from '../../bot/policy.ts'
import { Choice, type Refusal, refuse } from '../../core/decision.ts'
import type { Intent } from '../../core/intent.ts'
import type { Actor } from '../../core/staff.ts'
import type { Queries } from '../../infra/database/index.ts'
import { LISTED } from './rules.ts'
import { branchOf, type Named, staffNamed } from './store.ts'

/**
 * The colleague that a name or staff code means, to whom this person may give work: active, with a
 * list of their own, and of the same branch. Several of a name become a choice whose options say
 * `intent` again with the staff code in `slot`.
 */
export async function resolveColleague(
  tx: Queries,
  who: Actor,
  said: string,
  intent: Intent,
  slot: string,
): Promise<Named | Refusal | Choice> {
  const branch = await branchOf(tx, who.unitPath)
  const found = await staffNamed(tx, said)
  const faults = found.map((each) => ({ each, fault: faultOf(each, who, branch) }))
  const fit = faults.flatMap(({ each, fault }) => (fault ? [] : [each]))
  const [only] = fit
  if (!only) return faults[0]?.fault ?? nobody(said)
  const exact = fit.length === 1 && only.exact
  if (exact) return only
  return new Choice(
    {
      zh: `您说的"${said}"是哪位？`,
      en: `Whom do you mean by "${said}"?`,
    },
    fit.map(({ name, code, unit }) => ({
      label: `${name} ${code} · ${unit}`,
      intent: { command: intent.command, input: { ...(intent.input as object), [slot]: code } },
    })),
  )
}

/** The member of the units within reach that a staff code or whole name means, here or gone; never oneself. */
export async function findMember(
  tx: Queries,
  asker: Asker,
  said: string,
): Promise<Named | Refusal> {
  const found = (await staffNamed(tx, said)).filter(
    ({ exact, id, unitPath }) => exact && id !== asker.who.id && unitPath.startsWith(pathOf(asker)),
  )
  const [only, other] = found
  if (!only) {
    return isAccount(said)
      ? NOBODYS_ACCOUNT
      : refuse(`您的团队里没有"${said}"。`, `There is no "${said}" in your unit.`)
  }
  return other
    ? refuse(
        `您的团队里不止一位"${said}"，请写工号。`,
        `There is more than one "${said}" in your unit; give the staff code.`,
      )
    : only
}

const nobody = (said: string): Refusal =>
  isAccount(said)
    ? NOBODYS_ACCOUNT
    : refuse(
        `没有找到同事"${said}"，请说姓名或工号。`,
        `There is no colleague "${said}"; give a name or a staff code.`,
      )

/** A mention stays as it was typed where nobody of the bank has that account. */
const isAccount = (said: string): boolean => said.startsWith('@')
const NOBODYS_ACCOUNT = refuse(
  '您@的账号还没有在这里绑定工号，认不出是哪位。请写姓名或工号；主管对我说"开通 工号"，本人绑定后就可以@。',
  'Whoever you named by @ has not enrolled here, so it is not known who that is. Give a name or a staff code; once their lead has said "enrol CODE" and they have enrolled, @ will do.',
)

/** Why this person cannot be given work; null when they can. */
function faultOf(each: Named, who: Actor, branch: string | null): Refusal | null {
  const { name } = each
  if (each.id === who.id) return refuse('这就是您自己。', 'That is you.')
  if (!each.active) {
    return refuse(`${name} 已离职，请换一位同事。`, `${name} has left; choose somebody else.`)
  }
  if (!branch || each.branch !== branch) {
    return refuse(
      `${name} 不在您的支行，请在本支行里选一位同事。`,
      `${name} is not of your branch; choose a colleague of your own branch.`,
    )
  }
  if (!LISTED.includes(each.role)) {
    return refuse(
      `${name} 不是客户经理，没有任务清单，请换一位客户经理。`,
      `${name} is not a client manager and has no list; choose a client manager.`,
    )
  }
  return null
}
